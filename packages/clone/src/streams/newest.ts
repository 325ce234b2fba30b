import { WorkspaceError } from "@clone-xs/unity";
import { inParallel } from "../inspect/in-parallel.ts";
import { rowsByName } from "../inspect/rows.ts";
import type { Commit } from "./position.ts";
import type { StreamProgram } from "./program.ts";
import type { Send } from "./sync-table.ts";
import type { Template } from "./template.ts";

/** Statements under way at the same time. */
const PARALLEL = 4;

type Read = readonly (readonly [key: string, commit: Commit | Error])[];

/** The newest commit of each source, or why it cannot be told. A statement of several tables that fails is sent table by table. */
export async function newestCommits(
  { newest, tables }: Pick<StreamProgram, "newest" | "tables">,
  send: Send,
): Promise<ReadonlyMap<string, Commit | Error>> {
  const byKey = new Map(tables.map((table) => [table.key, table]));
  const batches = await inParallel(newest, PARALLEL, async ({ keys, statement }): Promise<Read> => {
    const read = await commits(statement, send);
    if (!(read instanceof Error)) return read;
    if (keys.length === 1 || passesByItself(read)) return keys.map((key) => [key, read] as const);
    const singles = await inParallel(keys, PARALLEL, async (key) => {
      const single = await commits(byKey.get(key)?.statements.newest ?? [], send);
      return single instanceof Error ? ([[key, single]] satisfies Read) : single;
    });
    return singles.flat();
  });
  return new Map(batches.flat());
}

async function commits(
  statement: Template,
  send: Send,
): Promise<readonly (readonly [key: string, commit: Commit])[] | Error> {
  try {
    return rowsByName(await send(statement, "history")).map((row) => [
      row.get("source_key") ?? "",
      { version: row.get("version") ?? "", at: row.get("at") ?? "" },
    ]);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Not about one of the tables: asking for each alone would not help. */
function passesByItself(error: Error): boolean {
  return (
    error instanceof WorkspaceError && error.code !== "STATEMENT_FAILED" && error.code !== "PERMISSION_DENIED"
  );
}
