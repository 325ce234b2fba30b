import { createHash } from "node:crypto";
import type { Table } from "@clone-xs/unity";

/** One data file of a table, as the `_metadata` column tells it. */
export interface DataFile {
  readonly path: string;
  /** Decimal text: 64-bit. */
  readonly size: string;
  readonly modified: string;
}

/** Formats whose rows change only when the list of their files does, so that the list stands in for a version. */
const LISTED_FORMATS = new Set(["PARQUET"]);

export function isKnownByFiles(table: Table): boolean {
  return LISTED_FORMATS.has((table.format ?? "").toUpperCase());
}

/**
 * What a table without versions is: equal for equal columns and files, in whatever order the files come. 64 hexadecimal digits, SHA-256
 * over the UTF-8 of one JSON array for each column, `["column",position,name,type]`, and each file, `["file",path,size,modified]`, sorted
 * by code unit and joined by line feeds. Paths are relative to the table's location, so that a table may be moved with its files;
 * `modified` is in epoch milliseconds.
 */
export function fingerprintOf(table: Table, files: readonly DataFile[]): string {
  const columns = table.columns.map(({ position, name, typeText }) => ["column", position, name, typeText]);
  const listed = files.map(({ path, size, modified }) => [
    "file",
    relative(path, table.storageLocation ?? ""),
    size,
    moment(modified),
  ]);
  const lines = [...columns, ...listed].map((item) => JSON.stringify(item)).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/** The path below the location; the whole path when it is elsewhere. Servers write `file:/x` and `file:///x` for the same. */
function relative(path: string, location: string): string {
  const root = `${plain(location).replace(/\/+$/u, "")}/`;
  const whole = plain(path);
  return root !== "/" && whole.startsWith(root) ? whole.slice(root.length) : whole;
}

function plain(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*):\/+/iu, "$1:/");
}

/** Epoch milliseconds of a timestamp with its zone: sessions of other zones write the same moment otherwise. */
function moment(text: string): string {
  return /(?:Z|[+-]\d\d:?\d\d)$/u.test(text) ? String(Date.parse(text)) : text;
}
