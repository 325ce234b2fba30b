import { type Action, type AddFile, actionsOf, type DomainMetadata } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { type JsonObject, parseJson, printJson } from "../json.ts";
import { featuresOf } from "../protocol/features.ts";
import type { CommitRequest } from "./request.ts";

const DOMAIN = "delta.rowTracking";

/** Whether the table has row tracking once this commit is done. */
export function hasRowTracking({ base, actions }: CommitRequest): boolean {
  const protocol = actionsOf(actions, "protocol")[0] ?? base?.protocol;
  return protocol !== undefined && featuresOf(protocol).includes("rowTracking");
}

/**
 * The highest row id given out so far, after `domains` were written on top of `mark`; -1 for a table without
 * rows.
 */
export function rowIdMark(domains: Iterable<DomainMetadata>, mark = -1n): bigint {
  for (const { domain, configuration, removed } of domains) {
    if (domain !== DOMAIN || removed) continue;
    const value = (parseJson(configuration) as JsonObject)["rowIdHighWaterMark"];
    if (typeof value === "number" || typeof value === "bigint") mark = BigInt(value);
  }
  return mark;
}

/**
 * Gives every added file that has no row ids yet the next ones after `mark`, and notes the new mark.
 * Protocol: "Row Tracking", fresh row ids. Throws DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS for a file whose
 * number of rows is unknown.
 */
export function withRowIds(actions: readonly Action[], mark: bigint, version: number): readonly Action[] {
  let last = mark;
  const assigned = actions.map((action): Action => {
    if (!("add" in action) || action.add.baseRowId !== undefined) return action;
    const baseRowId = last + 1n;
    last += rowCount(action.add);
    return { add: { ...action.add, baseRowId, defaultRowCommitVersion: version } };
  });
  if (last === mark) return assigned;
  const configuration = printJson({ rowIdHighWaterMark: last });
  return [...assigned, { domainMetadata: { domain: DOMAIN, configuration, removed: false } }];
}

function rowCount({ path, stats }: AddFile): bigint {
  const count = stats === undefined ? undefined : (parseJson(stats) as JsonObject)["numRecords"];
  if (typeof count === "number" || typeof count === "bigint") return BigInt(count);
  throw new DeltaError(
    "DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS",
    `${path} has no row count, which row tracking needs`,
    {
      context: { path },
    },
  );
}
