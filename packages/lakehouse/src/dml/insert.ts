import { appendFiles, type DeltaTable, overwriteTable, type Snapshot } from "@clone-xs/delta";
import type { Query } from "@clone-xs/sql";
import { snapshotOf } from "../execution/catalog/resolve-table.ts";
import { mentionedIn } from "../execution/catalog/walk.ts";
import { environmentFor } from "../execution/catalog/view.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { objectName, partsOf } from "../execution/object-names.ts";
import { engineError } from "../execution/run.ts";
import { afterGenerated } from "../execution/statements/identity.ts";
import { tableRows } from "../execution/statements/rows.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { writeFiles, type WrittenFiles } from "../tables/write.ts";
import { assign } from "./insert-columns.ts";
import { bytesOf, texts } from "./metrics.ts";
import { replaceRows } from "./replace-where.ts";
import { refuseAppendOnly, writeTarget } from "./target.ts";

/** INSERT INTO and INSERT OVERWRITE. */
export async function insert(work: Work, statement: StatementOf<"insert">): Promise<ExecutionResult> {
  const { replaceWhere } = statement;
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
  const base = await snapshotOf(target.table, target.parts);
  if (statement.overwrite) refuseAppendOnly(base);
  const environment = await environmentFor(work, statement.query);
  const query = environment.translate.query(statement.query, environment);
  const assignment = assign(statement, query, base, target.parts);
  const { files, rows } = await writeRows(work, base, tableRows(work, query, base.metadata, assignment));
  const schema = afterGenerated(base.metadata.schema, (column) => assignment.has(column), rows);
  const marked = schema === undefined ? {} : { schema };
  const metrics = { numFiles: files.length, numOutputRows: rows, numOutputBytes: bytesOf(files) };
  if (statement.overwrite)
    await overwriteTable(target.table, {
      base,
      files,
      ...marked,
      operationMetrics: texts(metrics),
      ...provenance(work),
    });
  else
    await appendFiles(target.table, {
      base,
      files,
      ...marked,
      readsTable: readsItself(work, statement.query, target.table),
      operationMetrics: texts(metrics),
      ...provenance(work),
    });
  return rows;
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
