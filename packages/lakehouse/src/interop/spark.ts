import type { Column } from "../testing/generated/model.ts";
import { type Told, toldRows } from "./answers.ts";
import { missing, openPython } from "./python.ts";

/** What stands in a suite's title when Spark is not there; empty when it is. */
export const sparkMissing = missing("spark", "Spark");

/** A local Spark with Delta's own classes. A table is named by its directory: delta.`/a/table`. */
export interface Spark {
  /** A statement's rows, by the names of its columns. Rejects with Spark's message. */
  readonly sql: (text: string) => Promise<readonly Readonly<Record<string, Told>>[]>;
  /** Rows of these columns, in order. */
  rows(from: string, columns: readonly Column[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Answer {
  readonly columns?: readonly (readonly [name: string, type: string])[];
  readonly rows?: readonly (readonly Told[])[];
  readonly error?: string;
}

export async function openSpark(): Promise<Spark> {
  const engine = await openPython<{ readonly sql: string }, Answer>("spark", "sql.py", {
    args: ["jars"],
    ready: "ready",
  });
  const ask = async (text: string) => {
    const { error, columns = [], rows = [] } = await engine.ask({ sql: text });
    if (error !== undefined) throw new Error(`Spark: ${error}`);
    return { columns, rows };
  };
  return {
    sql: async (text) => {
      const { columns, rows } = await ask(text);
      return rows.map((row) => Object.fromEntries(columns.map(([name], i) => [name, row[i] ?? null])));
    },
    rows: async (from, columns) => toldRows(columns, (await ask(`SELECT * FROM ${from}`)).rows),
    close: () => engine.close(),
  };
}
