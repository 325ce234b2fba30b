import { appendFiles, overwriteTable, type Snapshot } from "@clone-xs/delta";
import { snapshotOf } from "../execution/catalog/resolve-table.ts";
import { environmentFor } from "../execution/catalog/view.ts";
import { failure, quotedParts, unresolvedColumn } from "../execution/errors.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { engineError } from "../execution/run.ts";
import { tableRows } from "../execution/statements/rows.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import type { TranslatedQuery } from "../execution/translate/environment.ts";
import { LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { writeFiles, type WrittenFiles } from "../tables/write.ts";
import { writeTarget } from "./target.ts";

/** INSERT INTO and INSERT OVERWRITE. */
export async function insert(work: Work, statement: StatementOf<"insert">): Promise<ExecutionResult> {
  const target = writeTarget(work, statement.target, "INSERT");
  const base = await snapshotOf(target.table, target.parts);
  const environment = await environmentFor(work, statement.query);
  const query = environment.translate.query(statement.query, environment);
  const assignment = assign(statement, query, base, target.parts);
  const written = await writeRows(work, base, tableRows(work, query, base.metadata, assignment));
  const metrics = {
    operationMetrics: {
      numFiles: String(written.files.length),
      numOutputRows: String(written.rows),
      numOutputBytes: String(written.files.reduce((bytes, file) => bytes + file.size, 0)),
    },
    ...provenance(work),
  };
  if (statement.overwrite) await overwriteTable(target.table, { base, files: written.files, ...metrics });
  else await appendFiles(target.table, { base, files: written.files, ...metrics });
  const rows = String(written.rows);
  return table(
    [
      ["num_affected_rows", LONG],
      ["num_inserted_rows", LONG],
    ],
    [[rows, rows]],
  );
}

/** Writes rows that already have the table's columns. */
async function writeRows(work: Work, { root, metadata }: Snapshot, query: string): Promise<WrittenFiles> {
  const options = work.signal === undefined ? {} : { signal: work.signal };
  try {
    return await work.context.engine.session(
      (session) => writeFiles(session, { root, metadata, query, uuid: work.context.uuid }),
      options,
    );
  } catch (error) {
    throw engineError(error);
  }
}

/** Which column of the query goes where: by name, by the column list, or by place. */
function assign(
  { columns, byName }: StatementOf<"insert">,
  query: TranslatedQuery,
  { metadata }: Snapshot,
  parts: readonly string[],
): ReadonlyMap<string, string> {
  const own = metadata.schema.fields.map((f) => f.name);
  const named = byName
    ? query.columns.map((c) => c.name)
    : columns.length > 0
      ? columns.map((c) => c.text)
      : own;
  for (const name of named)
    if (!own.some((o) => o.toLowerCase() === name.toLowerCase()))
      throw unresolvedColumn(
        quotedParts([name]),
        own.map((o) => quotedParts([o])),
      );
  if (named.length !== query.columns.length) throw arity(parts, named, query);
  if (new Set(named.map((n) => n.toLowerCase())).size !== named.length)
    throw failure(
      "DUPLICATE_ASSIGNMENTS",
      "42701",
      `The columns or variables ${named.join(", ")} appear more than once as assignment targets.`,
    );
  return new Map(named.map((name, i) => [name.toLowerCase(), query.columns[i]?.id ?? ""]));
}

function arity(parts: readonly string[], named: readonly string[], query: TranslatedQuery): Error {
  const [kind, words] =
    query.columns.length > named.length
      ? ["TOO_MANY_DATA_COLUMNS", "too many"]
      : ["NOT_ENOUGH_DATA_COLUMNS", "not enough"];
  return failure(
    `INSERT_COLUMN_ARITY_MISMATCH.${kind}`,
    "21S01",
    `Cannot write to ${quotedParts(parts)}, the reason is ${words} data columns:\nTable columns: ${named.map((n) => quotedParts([n])).join(", ")}.\nData columns: ${query.columns.map((c) => quotedParts([c.name])).join(", ")}.`,
  );
}
