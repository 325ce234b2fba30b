import { join, id, sql, statement, unsafeText } from "@clone-xs/sql";
import { type StatementResult, type Statements, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { rowsByName } from "../inspect/rows.ts";
import { type ColumnSpelling, decideColumns, decideSync, type SourceCommit } from "./decide-sync.ts";
import { type Commit, STREAM_PROPERTY, TIME_PROPERTY, VERSION_PROPERTY } from "./position.ts";
import type { StreamProgram } from "./program.ts";
import type { MergeStatements, TableProgram } from "./table-program.ts";
import { fill, type HoleValues, type Template } from "./template.ts";

/** Sends one filled statement. */
export type Send = (text: Template, kind: SentKind, values?: HoleValues) => Promise<StatementResult>;
type SentKind = "select" | "history" | "describe" | "alter" | "clone" | "write";

export function sending(statements: Statements, signal: AbortSignal | undefined): Send {
  return (text, kind, values = {}) =>
    statements.execute(statement(kind, unsafeText(fill(text, values))), signal ? { signal } : {});
}

/** How a table came to its new position. */
export type Synced =
  | { readonly how: "nothing"; readonly position: Commit }
  | { readonly how: "advance" | "merge"; readonly position: Commit; readonly from: Commit }
  | { readonly how: "refresh"; readonly position: Commit; readonly from: Commit; readonly reason: string };

/**
 * Brings one copy to the commit `to` of its source. What it is at is read from the copy itself, and written there after the rows, so that a
 * tick that was cut short is done again: merging the same changes twice changes nothing. Where the change feed does not lead, the source is
 * cloned; so it is when merging failed before, `failures` times in a row. Throws STREAM_FAILED when the table is not this stream's, and what the workspace throws.
 */
export async function syncTable(
  table: TableProgram,
  to: Commit,
  { operations, failures }: { readonly operations: StreamProgram["operations"]; readonly failures: number },
  send: Send,
): Promise<Synced> {
  const position = await readPosition(table, send);
  if (position.version === to.version && position.at === to.at) return { how: "nothing", position };
  const commits = await commitsSince(table, position, to, send);
  const decision = decideSync({ method: table.method, position, to, commits, operations });
  if (decision.kind === "advance") {
    await keep(table, to, send);
    return { how: "advance", position: to, from: position };
  }
  const why =
    decision.kind === "refresh" ? decision.reason : await merged(table, { position, to, failures }, send);
  if (why === undefined) return { how: "merge", position: to, from: position };
  await send(table.statements.refresh, "clone", { to: to.version, at: to.at });
  return { how: "refresh", position: to, from: position, reason: why };
}

export async function readPosition({ target, mark, statements }: TableProgram, send: Send): Promise<Commit> {
  const rows = rowsByName(await send(statements.properties, "describe"));
  const properties = new Map(rows.map((row) => [row.get("key"), row.get("value")]));
  const [version, at] = [properties.get(VERSION_PROPERTY), properties.get(TIME_PROPERTY)];
  if (properties.get(STREAM_PROPERTY) !== mark || version == null || at == null)
    throw new CloneError("STREAM_FAILED", `${target} is not, or no longer, kept by this stream.`, {
      object: target,
    });
  return { version, at };
}

/** Commits that may have come after the one that was taken for the newest. */
const SLACK = 20n;

/** Commits of the source from the position on; without the position's own when the history no longer has it. */
export async function commitsSince(
  { statements }: TableProgram,
  { version }: Commit,
  to: Commit,
  send: Send,
): Promise<readonly SourceCommit[]> {
  const passed = BigInt(to.version) - BigInt(version);
  const limit = String((passed > 0n ? passed : 0n) + 1n + SLACK);
  const rows = rowsByName(await send(statements.since, "history", { from: version, limit }));
  return rows.map((row) => ({
    version: row.get("version") ?? "",
    at: row.get("at") ?? "",
    operation: row.get("operation") ?? "",
  }));
}

async function keep({ statements }: TableProgram, { version, at }: Commit, send: Send): Promise<void> {
  await send(statements.keep, "alter", { to: version, at });
}

interface Range {
  readonly position: Commit;
  readonly to: Commit;
  readonly failures: number;
}

/**
 * Merges the changes of a range; says why it cannot be done, if so. What may pass by itself is thrown, so that the next tick tries again; what
 * failed then too did not pass.
 */
async function merged(table: TableProgram, range: Range, send: Send): Promise<string | undefined> {
  const { merge } = table.statements;
  if (merge === undefined) return "it has no key";
  try {
    return await mergeChanges(table, merge, range, send);
  } catch (error) {
    if (!(error instanceof WorkspaceError) || error.code === "CANCELED") throw error;
    const passes = error.code !== "STATEMENT_FAILED" || error.retryable;
    if (passes && range.failures === 0) throw error;
    return firstLine(error.message);
  }
}

async function mergeChanges(
  table: TableProgram,
  { repeated, merge }: MergeStatements,
  { position, to }: Range,
  send: Send,
): Promise<string | undefined> {
  const { source_columns, target_columns, add_columns } = table.statements;
  const columns = spellings(await send(source_columns, "select", { to: to.version }));
  const decision = decideColumns(columns, spellings(await send(target_columns, "select")));
  if (decision.kind === "refresh") return decision.reason;
  if (decision.kind === "add")
    await send(add_columns, "alter", { definitions: definitions(decision.columns) });
  const range = { from: String(BigInt(position.version) + 1n), to: to.version };
  const [[count] = []] = (await send(repeated, "select", range)).rows;
  if (count !== "0") return "a key is there more than once";
  await send(merge, "write", { ...range, ...columnLists(columns) });
  await keep(table, to, send);
  return undefined;
}

function spellings({ columns }: StatementResult): readonly ColumnSpelling[] {
  return columns.map(({ name, typeText }) => ({ name, type: typeText }));
}

function definitions(columns: readonly ColumnSpelling[]): string {
  return join(columns.map(({ name, type }) => sql`${id(name)} ${unsafeText(type)}`)).text;
}

function columnLists(columns: readonly ColumnSpelling[]): HoleValues {
  const names = columns.map(({ name }) => id(name));
  return {
    assignments: join(names.map((name) => sql`t.${name} = s.${name}`)).text,
    names: join(names).text,
    values: join(names.map((name) => sql`s.${name}`)).text,
  };
}

export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
