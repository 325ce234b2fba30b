import type { Column } from "@clone-xs/unity";
import { type Database, text } from "./database.ts";

/** What listings show of a Delta table: read from its log once for each version, and kept here. */
export interface TableShape {
  readonly version: number;
  readonly columns: readonly Column[];
  readonly properties: Readonly<Record<string, string>>;
  readonly comment?: string;
}

/** Shapes by the table's directory, each under a mark of the log that it was read from. */
export interface ShapeStore {
  find(location: string): { readonly mark: string; readonly shape: TableShape } | undefined;
  put(location: string, mark: string, shape: TableShape): void;
}

/** Tables come and go; when more were left behind than this, all are read anew. */
const KEPT = 200_000;

/** Losing a shape costs a read of a log: the connection may be one that does not wait for the disk. */
export function shapeStore(database: Database): ShapeStore {
  const kept = Number(database.first("SELECT count(*) AS n FROM shapes")?.["n"]);
  if (kept > KEPT) database.run("DELETE FROM shapes");
  return {
    find(location) {
      const [row] = database.all("SELECT mark, shape FROM shapes WHERE location = ?", [location]);
      if (row === undefined) return undefined;
      return { mark: text(row, "mark"), shape: JSON.parse(text(row, "shape")) as TableShape };
    },
    put(location, mark, shape) {
      const sql = "INSERT OR REPLACE INTO shapes (location, mark, shape) VALUES (?, ?, ?)";
      database.run(sql, [location, mark, JSON.stringify(shape)]);
    },
  };
}
