import type { HistoryEntry } from "../inspect/inventory.ts";

/** Bytes that a clone has to copy: at least and at most. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What one commit did to the live files; `all`: none of those before it is left. `undefined`: its metrics do not tell. */
interface Effect {
  readonly added: number;
  readonly removed: number | "all" | undefined;
}

/** Operations whose commits neither add nor remove a live file, whatever their metrics say. */
const METADATA_ONLY =
  /^(?:VACUUM (?:START|END)|COMPUTE STATS|ANALYZE|CLUSTER BY|(?:UN)?SET TBLPROPERTIES|UPGRADE PROTOCOL|DOMAIN METADATA CLEANUP|UPDATE (?:TABLE COMMENT|COLUMN METADATA FOR DELTA|SCHEMA)|ADD (?:COLUMNS|CONSTRAINT)|CHANGE COLUMNS?|RENAME COLUMN|DROP (?:COLUMNS|CONSTRAINT)|REPLACE COLUMNS|SET COLUMN (?:TAGS|MASK)|CREATE TABLE)$/u;

/** Operations that replace the whole table. */
const REPLACES = /^(?:(?:CREATE OR )?REPLACE TABLE(?: AS SELECT)?|TRUNCATE)$/u;

/** Source: operation metrics of DESCRIBE HISTORY in the Delta and Databricks documentation. All are decimal text. */
const ADDED = ["numAddedBytes", "numTargetBytesAdded", "numOutputBytes"];
const REMOVED = ["numRemovedBytes", "numTargetBytesRemoved"];

/** Operations that bring back files of older versions: a clone may still have them. */
const BRINGS_BACK = /^(?:RESTORE|CLONE|CONVERT)$/u;

/**
 * How many of the bytes that are live now came after version `cloned`, by the metrics of the commits since, newest first as the history
 * has them. Each commit adds what it wrote and removes either files that the clone has or files that came since; where it does not say
 * which, the bounds part. `size`: bytes live now. `undefined` when the commits since are not all there or one of them does not tell.
 */
export function bytesSince(
  entries: readonly HistoryEntry[],
  cloned: bigint,
  size: number,
): Bounds | undefined {
  const since = entries.filter(({ version }) => BigInt(version) > cloned).toReversed();
  const newest = entries[0];
  if (newest === undefined || BigInt(newest.version) - cloned !== BigInt(since.length)) return undefined;
  let bounds: Bounds = { least: 0, most: 0 };
  for (const entry of since) {
    const effect = effectOf(entry);
    if (effect === undefined) return undefined;
    bounds = after(bounds, effect);
  }
  return { least: Math.min(bounds.least, size), most: Math.min(bounds.most, size) };
}

/** What is removed may be all old, all new, or of both. */
function after({ least, most }: Bounds, { added, removed }: Effect): Bounds {
  if (removed === "all") return { least: added, most: added };
  if (removed === undefined) return { least: added, most: most + added };
  return { least: Math.max(0, least - removed) + added, most: most + added };
}

function effectOf(entry: HistoryEntry): Effect | undefined {
  const operation = entry.operation.toUpperCase();
  if (METADATA_ONLY.test(operation)) return { added: 0, removed: 0 };
  if (BRINGS_BACK.test(operation)) return undefined;
  const added = metric(entry, ADDED) ?? (REPLACES.test(operation) || addsNothing(entry) ? 0 : undefined);
  return added === undefined ? undefined : { added, removed: removedBy(entry, operation) };
}

function removedBy(entry: HistoryEntry, operation: string): Effect["removed"] {
  if (REPLACES.test(operation)) return "all";
  const { mode, predicate = "[]" } = entry.parameters;
  const known = metric(entry, REMOVED);
  if (known !== undefined) return known;
  if (mode === "Append" || operation === "COPY INTO" || removesNothing(entry)) return 0;
  return mode === "Overwrite" && predicate === "[]" && !isDynamic(entry) ? "all" : undefined;
}

function isDynamic({ parameters }: HistoryEntry): boolean {
  return Object.entries(parameters).some(
    ([key, value]) => /dynamic/iu.test(key + value) && value !== "false",
  );
}

/** A DELETE of whole files writes none. */
function addsNothing({ metrics }: HistoryEntry): boolean {
  return metrics["numAddedFiles"] === "0" || metrics["numTargetFilesAdded"] === "0";
}

function removesNothing({ metrics }: HistoryEntry): boolean {
  return metrics["numRemovedFiles"] === "0" || metrics["numTargetFilesRemoved"] === "0";
}

function metric({ metrics }: HistoryEntry, names: readonly string[]): number | undefined {
  const name = names.find((one) => /^\d+$/u.test(metrics[one] ?? ""));
  return name === undefined ? undefined : Number(metrics[name]);
}
