import { requireModifyOrManage, requireOwnerOrManage, type Target } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { tableNotFound, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { objectName, partsOf } from "../object-names.ts";
import { DONE, type Work } from "../work.ts";
import { type Altered, changeRecord, columnNamed } from "./altered.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { targetOf } from "./securable.ts";
import { commented, withField } from "./shape.ts";
import { changedNow, commentOf, type StatementOf } from "./statement.ts";

/** COMMENT ON any securable or column; NULL and '' remove it. */
export async function comment(work: Work, statement: StatementOf<"comment">): Promise<ExecutionResult> {
  const { on, comment: text } = statement;
  if (on.type === "COLUMN") {
    const parts = partsOf(on.name);
    const place = { text: work.input.text, span: on.name };
    const name = objectName(parts.slice(0, -1), work.namespace, place);
    const record = work.context.metastore.table(name);
    if (record === undefined) throw tableNotFound(parts.slice(0, -1), place);
    requireModifyOrManage(work.viewer, name);
    await commentColumns({ work, name, record }, [{ column: parts.at(-1) ?? "", text }]);
    return DONE;
  }
  const target = targetOf(work, on);
  if (target.type === "table") requireModifyOrManage(work.viewer, target.name);
  else requireOwnerOrManage(work.viewer, target);
  await commentSecurable(work, target, text);
  return DONE;
}

async function commentSecurable(work: Work, target: Target, text: string | null): Promise<void> {
  const { metastore } = work.context;
  const change = <R extends { readonly comment?: string }>(
    record: R | undefined,
    put: (record: R) => void,
  ) => {
    if (record !== undefined) put({ ...without(record), ...commentOf(text), ...changedNow(work) });
  };
  switch (target.type) {
    case "metastore":
      throw unsupported("COMMENT ON METASTORE");
    case "catalog":
      return change(metastore.catalog(target.name), (r) => metastore.putCatalog(r));
    case "schema":
      return change(metastore.schema(target.name), (r) => metastore.putSchema(r));
    case "function":
      return change(metastore.function(target.name), (r) => metastore.putFunction(r));
    case "volume":
      return change(metastore.volume(target.name), (r) => metastore.putVolume(r));
    case "table":
      await commentTable(work, metastore.table(target.name), text);
      return change(metastore.table(target.name), (r) => metastore.putTable(r));
  }
}

function without<R extends { readonly comment?: string }>(record: R): R {
  const { comment: _, ...rest } = record;
  return rest as R;
}

/** A Delta table keeps its comment in its own metadata too, where other engines see it. */
async function commentTable(work: Work, record: TableRecord | undefined, text: string | null): Promise<void> {
  if (record?.format !== "DELTA" || record.location === undefined) return;
  await changeMetadata(work, work.context.deltaTable(record.location), {
    operation: "SET TBLPROPERTIES",
    operationParameters: { properties: JSON.stringify({ comment: text ?? "" }) },
    definition: (base) => {
      const { description: _, ...rest } = definitionOf(base);
      return text === null || text === "" ? rest : { ...rest, description: text };
    },
  });
}

/** Comments of columns, in the table's schema or the view's column list: all of them at once. NULL and '' remove one. */
export async function commentColumns(altered: Altered, comments: readonly ColumnComment[]): Promise<void> {
  for (const { column } of comments) await columnNamed(altered, column);
  const { work, record } = altered;
  const commentFor = (name: string) => comments.findLast(({ column }) => same(column, name));
  const shown = <C extends { readonly name: string; readonly comment?: string }>(column: C): C => {
    const found = commentFor(column.name);
    return found === undefined ? column : { ...without(column), ...commentOf(found.text) };
  };
  if (record.format !== "DELTA" || record.location === undefined)
    return changeRecord(altered, ({ view, columns, ...rest }) => ({
      ...rest,
      ...(view !== undefined && { view: { ...view, columns: view.columns.map(shown) } }),
      ...(columns !== undefined && { columns: columns.map(shown) }),
    }));
  await changeMetadata(work, work.context.deltaTable(record.location), {
    operation: "CHANGE COLUMN",
    operationParameters: {
      column: JSON.stringify(comments.map(({ column, text }) => ({ name: column, comment: text ?? "" }))),
    },
    definition: (base) => ({
      ...definitionOf(base),
      schema: comments.reduce(
        (schema, { column, text }) => withField(schema, column, (f) => commented(f, text)),
        base.metadata.schema,
      ),
    }),
  });
  changeRecord(altered);
}

export interface ColumnComment {
  readonly column: string;
  readonly text: string | null;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
