import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireOwnerOrManage, type Target } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { failure, unresolvedColumn, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { objectName, partsOf } from "../object-names.ts";
import { DONE, type Work } from "../work.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { targetOf } from "./securable.ts";
import { commented, withField } from "./shape.ts";
import { changedNow, commentOf, type StatementOf } from "./statement.ts";

/** COMMENT ON any securable or column; NULL and '' remove it. */
export async function comment(work: Work, statement: StatementOf<"comment">): Promise<ExecutionResult> {
  const { on, comment: text } = statement;
  if (on.type === "COLUMN") {
    const parts = partsOf(on.name);
    const table = objectName(parts.slice(0, -1), work.namespace);
    await commentColumn(work, table, parts.at(-1) ?? "", text);
    return DONE;
  }
  const target = targetOf(work, on);
  requireOwnerOrManage(work.viewer, target);
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

/** The comment of one column, in the table's schema or the view's column list. */
export async function commentColumn(
  work: Work,
  name: ObjectName,
  column: string,
  text: string | null,
): Promise<void> {
  const { metastore, deltaTable } = work.context;
  const record = metastore.table(name);
  if (record === undefined)
    throw failure(
      "TABLE_OR_VIEW_NOT_FOUND",
      "42P01",
      `The table or view \`${fullName(name)}\` cannot be found.`,
    );
  requireOwnerOrManage(work.viewer, { type: "table", name });
  if (record.view !== undefined) {
    const columns = record.view.columns.map((c) =>
      same(c.name, column) ? { name: c.name, typeText: c.typeText, ...commentOf(text) } : c,
    );
    metastore.putTable({ ...record, ...changedNow(work), view: { ...record.view, columns } });
    return;
  }
  if (record.format !== "DELTA" || record.location === undefined) {
    const columns = (record.columns ?? []).map((c) =>
      same(c.name, column) ? { name: c.name, typeText: c.typeText, ...commentOf(text) } : c,
    );
    metastore.putTable({ ...record, ...changedNow(work), columns });
    return;
  }
  await changeMetadata(work, deltaTable(record.location), {
    operation: "CHANGE COLUMN",
    operationParameters: { column: JSON.stringify({ name: column, comment: text ?? "" }) },
    definition: (base) => {
      const { schema } = base.metadata;
      if (!schema.fields.some((f) => same(f.name, column)))
        throw unresolvedColumn(
          `\`${column}\``,
          schema.fields.map((f) => `\`${f.name}\``),
        );
      return { ...definitionOf(base), schema: withField(schema, column, (f) => commented(f, text)) };
    },
  });
  metastore.putTable({ ...record, ...changedNow(work) });
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
