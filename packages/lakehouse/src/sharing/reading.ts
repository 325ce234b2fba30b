import { fullName } from "@clone-xs/unity";
import type { TableRecord } from "../metastore/metastore.ts";
import { failure } from "../execution/errors.ts";

/** What a statement wants of a table beside its rows. */
export type Wanted = "rows" | "version" | "history" | "changes";

/**
 * Throws for what the provider of a shared table does not let its recipients read; tables of the metastore itself pass.
 * Source: Databricks error conditions DS_TIME_TRAVEL_NOT_PERMITTED, DS_CDF_NOT_SHARED.
 */
export function refuseUnshared(record: TableRecord | undefined, wanted: Wanted): void {
  const { shared } = record ?? {};
  if (record === undefined || shared === undefined) return;
  const name = fullName(record);
  if (shared.unavailable !== undefined)
    throw failure(
      "DELTA_SHARING_TABLE_NOT_AVAILABLE",
      "42501",
      `Table ${name} is in its share but cannot be read. ${shared.unavailable} Contact your data provider.`,
    );
  if (wanted === "rows" || shared.history) return;
  if (wanted === "changes") {
    if (shared.changeData) return;
    throw failure(
      "DS_CDF_NOT_SHARED",
      "0AKDC",
      `Unable to access change data feed because CDF is not shared on ${name}. Contact your data provider.`,
    );
  }
  throw failure(
    "DS_TIME_TRAVEL_NOT_PERMITTED",
    "0AKDC",
    `Time travel query is not permitted unless history is shared on ${name}. Contact your data provider.`,
  );
}
