import type { CloneSource } from "@clone-xs/delta";
import { fullName } from "@clone-xs/unity";
import { requireSelect } from "../../authorization/index.ts";
import { icebergSource } from "../../iceberg/source.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { refuseUnshared } from "../../sharing/reading.ts";
import { parquetSource } from "../../tables/parquet-source.ts";
import { isGuarded, moment } from "../catalog/gather.ts";
import { type Resolved, resolveTable, keptSnapshotOf } from "../catalog/resolve-table.ts";
import { failure, unsupported } from "../errors.ts";
import { nameParts } from "../object-names.ts";
import type { Work } from "../work.ts";
import type { StatementOf } from "./statement.ts";
import { deltaPropertiesOf } from "./table-properties.ts";

type At = Awaited<ReturnType<typeof moment>>;

/** What a CLONE reads. */
export interface CloneSourceTable {
  /** As the clone's history names it. */
  readonly name: string;
  readonly format: "delta" | "parquet" | "iceberg";
  readonly snapshot: CloneSource;
  /** Absent for a directory. */
  readonly record?: TableRecord;
  /** Whether an older version was asked for. */
  readonly isPast: boolean;
}

/**
 * Finds and reads the source of a CLONE for the principal of the statement. Throws for views and whatever else is no table of files, for
 * guarded and unshared tables, and for versions that are not to be had.
 */
export async function sourceOf(
  work: Work,
  { source: reference, shallow, properties }: StatementOf<"clone">,
  target: Target,
): Promise<CloneSourceTable> {
  const found = resolveTable(work, reference, work.namespace, {
    text: work.input.text,
    span: reference.name,
  });
  if (found.kind === "record") requireSelect(work.viewer, found.name);
  const at = await moment(work, reference.timeTravel, work.input.text);
  if (shallow) refuseShallow(found);
  const iceberg = async (location: string): Promise<CloneSource> => {
    const table = work.context.deltaTable(target.location);
    const base = target.replaces && (await table.exists()) ? await table.snapshot() : undefined;
    const options = { properties: deltaPropertiesOf(properties), ...(base && { base }) };
    return icebergSource(work, location, options);
  };
  return found.kind === "path"
    ? directory(work, found, { at, iceberg })
    : registered(work, found, { at, iceberg });
}

/** Where the clone goes: what an earlier one made of an Iceberg table there stays. */
interface Target {
  readonly location: string;
  readonly replaces: boolean;
}

interface Reading {
  readonly at: At;
  readonly iceberg: (location: string) => Promise<CloneSource>;
}

async function directory(
  work: Work,
  { format, location }: Extract<Resolved, { kind: "path" }>,
  { at, iceberg }: Reading,
): Promise<CloneSourceTable> {
  const found = { name: `${format}.\`${location}\``, format, isPast: at !== undefined };
  if (format !== "delta") refuseTravel(format, at);
  switch (format) {
    case "parquet":
      return { ...found, snapshot: await parquetSource(work, { location }) };
    case "iceberg":
      return { ...found, snapshot: await iceberg(location) };
    case "delta":
      return { ...found, snapshot: await keptSnapshotOf(work.context.deltaTable(location), [location], at) };
  }
}

async function registered(
  work: Work,
  { record, name }: Extract<Resolved, { kind: "record" }>,
  { at, iceberg }: Reading,
): Promise<CloneSourceTable> {
  const { location, format } = record;
  if (record.view !== undefined || location === undefined) throw unsupportedSource(fullName(name), "View");
  if (isGuarded(record))
    throw failure(
      "UNSUPPORTED_FEATURE.ROW_COLUMN_ACCESS_CLONE",
      "0A000",
      `The feature is not supported: CLONE of table ${fullName(name)}, which has row filters or column masks.`,
    );
  const found = { name: fullName(name), record, isPast: at !== undefined };
  switch (format) {
    case "PARQUET": {
      refuseTravel("parquet", at);
      const snapshot = await parquetSource(work, { location, columns: record.columns ?? [] });
      return { ...found, format: "parquet", snapshot };
    }
    case "ICEBERG":
      refuseTravel("iceberg", at);
      return { ...found, format: "iceberg", snapshot: await iceberg(location) };
    case "DELTA": {
      refuseUnshared(record, at === undefined ? "rows" : "version");
      const snapshot = await keptSnapshotOf(work.context.deltaTable(location), nameParts(name), at);
      return { ...found, format: "delta", snapshot };
    }
    default:
      throw unsupportedSource(fullName(name), format ?? "unknown");
  }
}

/** Unity Catalog makes shallow clones of Delta tables only. */
function refuseShallow(found: Resolved): void {
  const format = found.kind === "path" ? found.format : found.record.format?.toLowerCase();
  if (format !== "parquet" && format !== "iceberg") return;
  const name = found.kind === "path" ? `${format}.\`${found.location}\`` : fullName(found.name);
  throw unsupportedSource(
    name,
    format,
    "Unity Catalog makes shallow clones of Delta tables only. Use DEEP CLONE.",
  );
}

function refuseTravel(format: "parquet" | "iceberg", at: At): void {
  if (at === undefined) return;
  throw unsupported(`time travel of ${format === "parquet" ? "a parquet" : "an Iceberg"} table`);
}

/** Source: Databricks error condition DELTA_CLONE_UNSUPPORTED_SOURCE. */
export function unsupportedSource(
  name: string,
  format: string,
  supported = "The supported formats are 'delta', 'iceberg' and 'parquet'.",
): Error {
  return failure(
    "DELTA_CLONE_UNSUPPORTED_SOURCE",
    "0AKDC",
    `Unsupported clone source '${name}', whose format is ${format}. ${supported}`,
  );
}
