import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { DataType } from "@clone-xs/delta";
import type { Cell } from "../testing/generated/cells.ts";
import type { Column } from "../testing/generated/model.ts";
import type { Told } from "./answers.ts";

const manifest = resolve(import.meta.dirname, "../../../../tools/oracle/package.json");

/** What stands in a suite's title when chdb is not there; empty when it is. */
export const chdbMissing = existsSync(join(manifest, "../node_modules/chdb"))
  ? ""
  : " (skipped: chdb is not installed, see npm run setup -- --oracle)";

interface Session {
  query(sql: string, format: string): string;
  cleanup(): void;
}

/** ClickHouse in process, with its own reader of Delta tables (delta-kernel-rs). */
export interface Chdb {
  /** Rows of a version; `where` is a condition in ClickHouse's SQL. */
  rows(
    location: string,
    version: number,
    columns: readonly Column[],
    where?: string,
  ): readonly (readonly Told[])[];
  /** Rows of the changes from one version to another, with the type of the change and its version first. */
  changes(
    location: string,
    range: readonly [number, number],
    columns: readonly Column[],
  ): readonly (readonly Told[])[];
  close(): void;
}

/**
 * It reads only files below `folder`, which is at once its user_files_path and, because its check of local tables looks there, the
 * working directory.
 */
export function openChdb(folder: string): Chdb {
  process.chdir(folder);
  const { Session } = createRequire(manifest)("chdb") as {
    Session: new (path: undefined, options: { connectionArgs: string[] }) => Session;
  };
  const session = new Session(undefined, { connectionArgs: [`--user_files_path=${folder}/`] });
  const ask = (select: string, location: string, settings: string, where = "") => {
    const text = `SELECT ${select} FROM deltaLakeLocal(${quoted(location)}) ${where} SETTINGS ${SETTINGS}, ${settings}`;
    const lines = queried(session, text).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as readonly Told[]);
  };
  return {
    rows: (location, version, columns, where) =>
      ask(items(columns), location, `delta_lake_snapshot_version = ${version}`, where && `WHERE ${where}`),
    changes: (location, [from, to], columns) =>
      ask(
        `_change_type, toString(_commit_version), ${items(columns)}`,
        location,
        `delta_lake_snapshot_start_version = ${from}, delta_lake_snapshot_end_version = ${to}`,
      ),
    close: () => {
      session.cleanup();
      process.chdir(import.meta.dirname);
    },
  };
}

/** A query that fails may leave rows behind, which would be the next one's first: an idle one takes them away. */
function queried(session: Session, text: string): string {
  try {
    return session.query(text, "JSONCompactEachRow");
  } catch (error) {
    session.query("SELECT 1 WHERE 0", "JSONCompactEachRow");
    throw error;
  }
}

const SETTINGS = [
  "output_format_json_quote_64bit_integers = 1",
  "output_format_json_quote_decimals = 1",
  "output_format_json_quote_denormals = 1",
  "output_format_json_named_tuples_as_objects = 1",
  "output_format_decimal_trailing_zeros = 1",
  "session_timezone = 'UTC'",
].join(", ");

/** ClickHouse shows bytes as text, whatever they are. */
function items(columns: readonly Column[]): string {
  return columns
    .map(({ name, type }) => {
      const column = `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
      return type.kind === "primitive" && type.name === "binary" ? `hex(${column})` : column;
    })
    .join(", ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** What ClickHouse makes of a value: its arrays, maps and tuples are never NULL, they are empty then. */
export function asClickHouse(type: DataType, cell: Cell): Cell {
  switch (type.kind) {
    case "array":
      return ((cell ?? []) as readonly Cell[]).map((item) => asClickHouse(type.element, item));
    case "map":
      return ((cell ?? []) as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
        key,
        asClickHouse(type.value, value),
      ]);
    case "struct": {
      const of = (cell ?? {}) as { readonly [name: string]: Cell };
      return Object.fromEntries(type.fields.map((f) => [f.name, asClickHouse(f.type, of[f.name] ?? null)]));
    }
    default:
      return cell;
  }
}

/** Whether a type has structs in maps: under column mapping ClickHouse finds nothing in them, where delta-rs and Spark do. */
export function hasStructInMap(type: DataType, inMap = false): boolean {
  switch (type.kind) {
    case "array":
      return hasStructInMap(type.element, inMap);
    case "map":
      return hasStructInMap(type.key, true) || hasStructInMap(type.value, true);
    case "struct":
      return inMap || type.fields.some((f) => hasStructInMap(f.type));
    default:
      return false;
  }
}
