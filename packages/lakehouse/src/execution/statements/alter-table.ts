import type { DeltaTable, Snapshot, TableDefinition } from "@clone-xs/delta";
import type { AlterTableAction, Identifier } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireApplyTag, requireOwnerOrManage } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { rowsOf, filesOf } from "../../tables/read.ts";
import { deltaTableOf, resolveRecord } from "../catalog/resolve-table.ts";
import { failure, quotedParts, tableExists, unresolvedColumn, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { runPlain } from "../run.ts";
import { cast } from "../translate/casts.ts";
import { quoteName } from "../translate/quote.ts";
import { BOOLEAN } from "../types/types.ts";
import { DONE, type Work } from "../work.ts";
import { setOwner } from "./alter-securable.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { commentColumn } from "./comment.ts";
import { constraintsOf } from "./constraints.ts";
import { viewOf } from "./create-view.ts";
import { overRow } from "./rows.ts";
import { checked, fieldOf, withField } from "./shape.ts";
import { changedNow, checkNewName, propertiesOf, requireNamespace, type StatementOf } from "./statement.ts";
import { deltaPropertiesOf } from "./table-properties.ts";

interface Altered {
  readonly work: Work;
  readonly name: ObjectName;
  readonly record: TableRecord;
}

/** ALTER TABLE and ALTER VIEW. */
export async function alterTable(work: Work, statement: StatementOf<"alterTable">): Promise<ExecutionResult> {
  const { name, record } = resolveRecord(work, statement.target);
  if (statement.view && record.view === undefined)
    throw failure(
      "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
      "42809",
      `The table ${quotedParts(nameParts(name))} does not support ALTER VIEW.`,
    );
  if (isTagging(statement.action)) requireApplyTag(work.viewer, { type: "table", name });
  else requireOwnerOrManage(work.viewer, { type: "table", name });
  await apply({ work, name, record }, statement.action);
  return DONE;
}

function isTagging(action: AlterTableAction): boolean {
  return /tags$/i.test(action.kind);
}

async function apply(altered: Altered, action: AlterTableAction): Promise<void> {
  const { work, name } = altered;
  const { metastore } = work.context;
  const column = (identifier: Identifier) => columnNamed(altered, identifier.text);
  switch (action.kind) {
    case "setProperties":
      return setProperties(altered, action.properties);
    case "unsetProperties":
      return unsetProperties(altered, action.keys, action.ifExists);
    case "setTags":
      return metastore.setTags("table", fullName(name), tagsOf(action.tags));
    case "unsetTags":
      return metastore.unsetTags("table", fullName(name), action.keys);
    case "setColumnTags":
      return metastore.setTags("table", fullName(name), tagsOf(action.tags), await column(action.column));
    case "unsetColumnTags":
      return metastore.unsetTags("table", fullName(name), action.keys, await column(action.column));
    case "columnComment":
      return commentColumn(work, name, action.column.text, action.comment);
    case "setMask":
      return setMask(altered, {
        column: await column(action.column),
        functionName: routineName(work, partsOf(action.function)),
        usingColumns: action.usingColumns.map((c) => c.text),
      });
    case "dropMask":
      return setMask(altered, { column: await column(action.column) });
    case "setRowFilter":
      return replace(altered, {
        rowFilter: {
          functionName: routineName(work, partsOf(action.function)),
          inputColumns: action.columns.map((c) => c.text),
        },
      });
    case "dropRowFilter":
      return replace(altered, { rowFilter: undefined });
    case "addColumns":
      return changeDefinition(altered, "ADD COLUMNS", (definition) => ({
        ...definition,
        schema: checked({
          ...definition.schema,
          fields: [...definition.schema.fields, ...action.columns.map((c) => addedField(c, work))],
        }),
      }));
    case "setNotNull":
      return setNotNull(altered, await column(action.column));
    case "dropNotNull": {
      const found = await column(action.column);
      return changeDefinition(altered, "CHANGE COLUMN", (d) => ({
        ...d,
        schema: withField(d.schema, found, (f) => ({ ...f, nullable: true })),
      }));
    }
    case "addConstraint":
      return addConstraint(altered, action.constraint);
    case "dropConstraint":
      return dropConstraint(altered, action.name.text, action.ifExists);
    case "rename":
      return rename(altered, objectName(partsOf(action.to), { catalog: name.catalog, schema: name.schema }));
    case "owner":
      return setOwner(work, { type: "table", name }, action.principal);
    case "viewQuery":
      return replace(altered, { view: await viewOf(work, name, action.query, []) });
  }
}

function tagsOf(tags: readonly { readonly key: string; readonly value: string }[]) {
  return tags.map(({ key, value }) => ({ name: key, value }));
}

function routineName(work: Work, parts: readonly string[]): string {
  const name = objectName(parts, work.namespace);
  if (work.context.metastore.function(name) === undefined)
    throw failure(
      "ROUTINE_NOT_FOUND",
      "42883",
      `The routine ${quotedParts(nameParts(name))} cannot be found. Verify the spelling and correctness of the schema and catalog.`,
    );
  return fullName(name);
}

/** Changes the record alone; an explicit `undefined` removes the key. */
function replace(
  { work, record }: Altered,
  change: { readonly [K in keyof TableRecord]?: TableRecord[K] | undefined },
): void {
  const { rowFilter, ...rest } = { ...record, ...change, ...changedNow(work) } as TableRecord;
  work.context.metastore.putTable(rowFilter === undefined ? rest : { ...rest, rowFilter });
}

function setMask(
  altered: Altered,
  mask: {
    readonly column: string;
    readonly functionName?: string;
    readonly usingColumns?: readonly string[];
  },
): void {
  const others = altered.record.columnMasks.filter(
    (m) => m.column.toLowerCase() !== mask.column.toLowerCase(),
  );
  const { column, functionName, usingColumns = [] } = mask;
  replace(altered, {
    columnMasks: functionName === undefined ? others : [...others, { column, functionName, usingColumns }],
  });
}

async function columnNamed({ work, record }: Altered, wanted: string): Promise<string> {
  const names =
    record.format === "DELTA" && record.location !== undefined
      ? (await work.context.deltaTable(record.location).snapshot()).metadata.schema.fields.map((f) => f.name)
      : (record.view?.columns ?? record.columns ?? []).map((c) => c.name);
  const found = names.find((n) => n.toLowerCase() === wanted.toLowerCase());
  if (found === undefined)
    throw unresolvedColumn(
      quotedParts([wanted]),
      names.map((n) => quotedParts([n])),
    );
  return found;
}

async function setProperties(
  altered: Altered,
  typed: Parameters<typeof deltaPropertiesOf>[0],
): Promise<void> {
  const { work, record } = altered;
  if (record.format !== "DELTA")
    return replace(altered, { properties: { ...record.properties, ...propertiesOf(typed) } });
  const properties = deltaPropertiesOf(typed);
  await changeMetadata(work, deltaTable(altered), {
    operation: "SET TBLPROPERTIES",
    operationParameters: { properties: JSON.stringify(properties) },
    definition: (base) => ({
      ...definitionOf(base),
      properties: { ...base.metadata.configuration, ...properties },
    }),
  });
  replace(altered, {});
}

async function unsetProperties(altered: Altered, keys: readonly string[], ifExists: boolean): Promise<void> {
  const { work, record } = altered;
  const rest = (from: Readonly<Record<string, string>>) => {
    const missing = keys.find((key) => !(key in from));
    if (missing !== undefined && !ifExists)
      throw failure(
        "UNSET_NONEXISTENT_PROPERTIES",
        "42K0J",
        `Attempted to unset non-existent properties [\`${missing}\`] in table ${quotedParts(nameParts(record))}.`,
      );
    return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
  };
  if (record.format !== "DELTA") return replace(altered, { properties: rest(record.properties) });
  await changeMetadata(work, deltaTable(altered), {
    operation: "UNSET TBLPROPERTIES",
    operationParameters: { properties: JSON.stringify(keys), ifExists: String(ifExists) },
    definition: (base) => ({ ...definitionOf(base), properties: rest(base.metadata.configuration) }),
  });
  replace(altered, {});
}

function deltaTable({ work, record }: Altered): DeltaTable {
  return deltaTableOf(work, record, "ALTER TABLE");
}

async function changeDefinition(
  altered: Altered,
  operation: string,
  change: (definition: TableDefinition) => TableDefinition,
): Promise<void> {
  await changeMetadata(altered.work, deltaTable(altered), {
    operation,
    definition: (base) => change(definitionOf(base)),
  });
  replace(altered, {});
}

function addedField(column: Parameters<typeof fieldOf>[0], work: Work) {
  if (!column.nullable)
    throw failure(
      "DELTA_ADD_COLUMN_NOT_NULL",
      "42K09",
      `NOT NULL is not supported for the new column \`${column.name.text}\`; existing rows have no value for it.`,
    );
  if (column.default !== undefined || column.generated !== undefined || column.mask !== undefined)
    throw unsupported("DEFAULT, GENERATED or MASK of an added column");
  return fieldOf(column, work.input.text);
}

async function setNotNull(altered: Altered, column: string): Promise<void> {
  await refuseRows(
    altered,
    `${quoteName(column)} IS NULL`,
    failure(
      "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
      "23502",
      `NOT NULL constraint violated for column: ${column}.`,
    ),
  );
  await changeDefinition(altered, "CHANGE COLUMN", (d) => ({
    ...d,
    schema: withField(d.schema, column, (f) => ({ ...f, nullable: false })),
  }));
}

/** Throws when a row of the table meets the condition (over a relation called `t`). */
async function refuseRows(altered: Altered, condition: string, error: Error): Promise<void> {
  const table = deltaTable(altered);
  const snapshot: Snapshot = await table.snapshot();
  const { sql } = rowsOf(snapshot, await filesOf(snapshot, table.environment.storage));
  const { rows } = await runPlain(
    altered.work,
    `SELECT CAST(count(*) AS VARCHAR) FROM ${sql} AS t WHERE ${condition}`,
  );
  if (rows[0]?.[0] !== "0") throw error;
}

async function addConstraint(
  altered: Altered,
  constraint: Extract<AlterTableAction, { kind: "addConstraint" }>["constraint"],
): Promise<void> {
  const { work, name, record } = altered;
  if (constraint.kind !== "check") {
    const added = constraintsOf(work, name, [constraint]);
    const [first] = added;
    if (first?.kind === "primary_key" && record.constraints.some((c) => c.kind === "primary_key"))
      throw failure(
        "INVALID_CONSTRAINT.MULTIPLE_PRIMARY_KEYS",
        "42P16",
        `Table ${quotedParts(nameParts(name))} has a primary key already.`,
      );
    if (record.constraints.some((c) => c.name.toLowerCase() === first?.name.toLowerCase()))
      throw constraintExists(first?.name ?? "");
    return replace(altered, { constraints: [...record.constraints, ...added] });
  }
  const text = work.input.text.slice(constraint.condition.start, constraint.condition.end);
  const key = `delta.constraints.${(constraint.name?.text ?? "").toLowerCase()}`;
  if (constraint.name === undefined) throw unsupported("a CHECK constraint without a name");
  const { metadata } = await deltaTable(altered).snapshot();
  if (key in metadata.configuration) throw constraintExists(constraint.name.text);
  const holds = cast(overRow(work, text, metadata), BOOLEAN).sql;
  await refuseRows(
    altered,
    `NOT coalesce(${holds}, false)`,
    failure(
      "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
      "23512",
      `Rows in ${fullName(name)} violate the new CHECK constraint (${text}).`,
    ),
  );
  await changeMetadata(work, deltaTable(altered), {
    operation: "ADD CONSTRAINT",
    operationParameters: { name: constraint.name.text, expr: text },
    definition: (base) => ({
      ...definitionOf(base),
      properties: { ...base.metadata.configuration, [key]: text },
    }),
  });
}

function constraintExists(name: string): Error {
  return failure(
    "DELTA_CONSTRAINT_ALREADY_EXISTS",
    "42710",
    `Constraint '${name}' already exists. Please delete the old constraint first.`,
  );
}

async function dropConstraint(altered: Altered, constraint: string, ifExists: boolean): Promise<void> {
  const { work, record } = altered;
  const same = (other: string) => other.toLowerCase() === constraint.toLowerCase();
  if (record.constraints.some((c) => same(c.name)))
    return replace(altered, { constraints: record.constraints.filter((c) => !same(c.name)) });
  const key = `delta.constraints.${constraint.toLowerCase()}`;
  const present =
    record.format === "DELTA" && key in (await deltaTable(altered).snapshot()).metadata.configuration;
  if (!present) {
    if (ifExists) return;
    throw failure(
      "DELTA_CONSTRAINT_DOES_NOT_EXIST",
      "42704",
      `Cannot drop nonexistent constraint ${constraint} from table ${quotedParts(nameParts(record))}. To avoid throwing an error, provide the parameter IF EXISTS.`,
    );
  }
  await changeMetadata(work, deltaTable(altered), {
    operation: "DROP CONSTRAINT",
    operationParameters: { name: constraint },
    definition: (base) => ({
      ...definitionOf(base),
      properties: Object.fromEntries(Object.entries(base.metadata.configuration).filter(([k]) => k !== key)),
    }),
  });
}

function rename({ work, name, record }: Altered, to: ObjectName): void {
  const { metastore } = work.context;
  checkNewName(to.name, "Table");
  metastore.transaction(() => {
    requireNamespace(work, to);
    if (metastore.table(to) !== undefined) throw tableExists(nameParts(to));
    metastore.renameTable(name, to);
    metastore.putTable({ ...record, ...changedNow(work), ...to });
  });
}
