import { appendFiles, type DeltaTable, overwriteTable, type Snapshot } from "@clone-xs/delta";
import type { Query } from "@clone-xs/sql";
import { snapshotOf } from "../execution/catalog/resolve-table.ts";
import { mentionedIn } from "../execution/catalog/walk.ts";
import { environmentFor } from "../execution/catalog/view.ts";
import { unsupported } from "../execution/errors.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { objectName, partsOf } from "../execution/object-names.ts";
import { engineError } from "../execution/run.ts";
import { afterGenerated } from "../execution/statements/identity.ts";
import { type Assignment, tableRows } from "../execution/statements/rows.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import type { TranslatedQuery } from "../execution/translate/environment.ts";
import { simple } from "../execution/translate/typed.ts";
import { LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { writeFiles, type WrittenFiles } from "../tables/write.ts";
import { adapted } from "./adapt.ts";
import { evolved } from "./evolve.ts";
import { assign, insertedColumns } from "./insert-columns.ts";
import { bytesOf, texts } from "./metrics.ts";
import { replaceRows } from "./replace-where.ts";
import { refuseAppendOnly, writeTarget } from "./target.ts";

/** INSERT INTO and INSERT OVERWRITE. */
export async function insert(work: Work, statement: StatementOf<"insert">): Promise<ExecutionResult> {
  const { replaceWhere, schemaEvolution } = statement;
  if (replaceWhere !== undefined && schemaEvolution)
    throw unsupported("INSERT WITH SCHEMA EVOLUTION … REPLACE WHERE");
  const inserted =
    replaceWhere === undefined
      ? await insertRows(work, statement)
      : await replaceRows(work, { ...statement, replaceWhere });
  return table(
    [
      ["num_affected_rows", LONG],
      ["num_inserted_rows", LONG],
    ],
    [[String(inserted), String(inserted)]],
  );
}

async function insertRows(work: Work, statement: StatementOf<"insert">): Promise<bigint> {
  const target = writeTarget(work, statement.target, "INSERT");
  const found = await snapshotOf(target.table, target.parts);
  if (statement.overwrite) refuseAppendOnly(found);
  const environment = await environmentFor(work, statement.query);
  const given = environment.translate.query(statement.query, environment);
  const { base, definition } = statement.schemaEvolution
    ? evolved(work, found, insertedColumns(statement, given, found))
    : { base: found };
  const assignment = assign(statement, given, base, target.parts);
  const query = statement.schemaEvolution ? adaptedQuery(given, base, assignment) : given;
  const { files, rows } = await writeRows(work, base, tableRows(work, query, base.metadata, assignment));
  const schema = afterGenerated(base.metadata.schema, (column) => assignment.has(column), rows);
  const metrics = { numFiles: files.length, numOutputRows: rows, numOutputBytes: bytesOf(files) };
  if (statement.overwrite)
    await overwriteTable(target.table, {
      base: found,
      files,
      ...(schema && { schema }),
      ...(definition && { evolution: definition }),
      operationMetrics: texts(metrics),
      ...provenance(work),
    });
  else
    await appendFiles(target.table, {
      base: found,
      files,
      ...(schema && { schema }),
      ...(definition && { definition }),
      readsTable: readsItself(work, statement.query, target.table),
      operationMetrics: texts(metrics),
      ...provenance(work),
    });
  return rows;
}

/** The query with structs as the table has them, their fields by name. */
function adaptedQuery(
  query: TranslatedQuery,
  { metadata }: Snapshot,
  assignment: Assignment,
): TranslatedQuery {
  const types = new Map(
    metadata.schema.fields.map(({ name, type }) => [assignment.get(name.toLowerCase()), type]),
  );
  const columns = query.columns.map((column) => {
    const type = types.get(column.id) ?? column.type;
    return { ...column, type, sql: adapted(simple(`q.${column.id}`, column.type), type).sql };
  });
  const items = columns.map(({ sql, id }) => `${sql} AS ${id}`);
  return { sql: `SELECT ${items.join(", ")} FROM (${query.sql}) AS q`, columns };
}

/** Whether a query names the very table that its rows go into; what views name is not followed. */
function readsItself(work: Work, query: Query, { root }: DeltaTable): boolean {
  return mentionedIn(query).tables.some(({ name, path }) => {
    if (path !== undefined || name.parts.length > 3) return path?.path === root;
    return work.context.metastore.table(objectName(partsOf(name), work.namespace))?.location === root;
  });
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
