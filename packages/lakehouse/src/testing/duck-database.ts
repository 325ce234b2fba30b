import { DuckDBInstance } from "@duckdb/node-api";

/** A database of DuckDB's own, to measure against. */
export interface DuckDatabase {
  readonly run: (text: string) => Promise<void>;
  close(): void;
}

/** Opens a database file, made when it is missing. */
export async function openDuckDatabase(file: string): Promise<DuckDatabase> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  return {
    run: async (text) => {
      await connection.run(text);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
