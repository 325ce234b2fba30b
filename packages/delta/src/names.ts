import type { PartitionValues } from "./actions.ts";

const NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

/**
 * A fresh name for a data file, relative to the root and not yet encoded for the log. As Spark names them:
 * `part-00003-<uuid>-c000.snappy.parquet`, and in partitions `a=1/part-00003-<uuid>.c000.snappy.parquet`.
 */
export function dataFileName({ uuid, task = 0, partitions = [], codec = "snappy" }: DataFileNaming): string {
  const stem = `part-${String(task).padStart(5, "0")}-${uuid}`;
  if (partitions.length === 0) return `${stem}-c000.${codec}.parquet`;
  return `${partitionDirectory(partitions)}/${stem}.c000.${codec}.parquet`;
}

/** A fresh name for a change data file: `_change_data/a=1/cdc-00000-<uuid>.c000.snappy.parquet`. */
export function changeFileName({
  uuid,
  task = 0,
  partitions = [],
  codec = "snappy",
}: DataFileNaming): string {
  const directory = partitions.length === 0 ? "" : `${partitionDirectory(partitions)}/`;
  return `_change_data/${directory}cdc-${String(task).padStart(5, "0")}-${uuid}.c000.${codec}.parquet`;
}

export interface DataFileNaming {
  readonly uuid: string;
  readonly task?: number;
  /** Partition columns in table order with their values. */
  readonly partitions?: readonly (readonly [column: string, value: string | null])[];
  readonly codec?: string;
}

/**
 * `a=1/b=x%3Ay`: Hive's directory of a partition. Null and the empty string are both {@link NULL_PARTITION}.
 */
export function partitionDirectory(
  partitions: readonly (readonly [column: string, value: string | null])[],
): string {
  return partitions
    .map(
      ([column, value]) =>
        `${escapeHive(column)}=${value === null || value === "" ? NULL_PARTITION : escapeHive(value)}`,
    )
    .join("/");
}

/**
 * Reads partition values back from the directories of a decoded relative path; names without `=` are skipped.
 */
export function partitionValuesOf(relativePath: string): PartitionValues {
  const directories = relativePath
    .split("/")
    .slice(0, -1)
    .filter((name) => name.includes("="));
  return Object.fromEntries(directories.map(partitionOf));
}

function partitionOf(directory: string): [string, string | null] {
  const at = directory.indexOf("=");
  const value = directory.slice(at + 1);
  return [unescapeHive(directory.slice(0, at)), value === NULL_PARTITION ? null : unescapeHive(value)];
}

/**
 * Printable characters that Hive escapes in partition directories: those with a meaning in paths, globs or
 * URIs. Controls are escaped too.
 */
const UNSAFE: ReadonlySet<string> = new Set("\"#%'*/:=?\\{[]^\u007f");

function escapeHive(text: string): string {
  return Array.from(text, (c) => (c < " " || UNSAFE.has(c) ? `%${hex(c)}` : c)).join("");
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
}

function unescapeHive(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
