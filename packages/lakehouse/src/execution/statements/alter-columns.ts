import { fieldFacts, type StructField, type TableDefinition } from "@clone-xs/delta";
import { type ColumnDefinition, type Expression, type Identifier, parseExpression } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { blankEnvironment } from "../catalog/blank.ts";
import { mentionedIn } from "../catalog/walk.ts";
import { failure, quotedParts, unsupported } from "../errors.ts";
import { cast } from "../translate/casts.ts";
import { EMPTY_SCOPE } from "../translate/environment.ts";
import { quoteName } from "../translate/quote.ts";
import type { Work } from "../work.ts";
import {
  type Altered,
  changeDefinition,
  changeRecord,
  columnNamed,
  deltaTable,
  refuseRows,
} from "./altered.ts";
import { isMapped, withMapping } from "./column-mapping.ts";
import { checksOf } from "./enforced.ts";
import { checked, fieldOf, withField } from "./shape.ts";

/** ADD COLUMNS: rows that are there have NULL in them. */
export async function addColumns(altered: Altered, columns: readonly ColumnDefinition[]): Promise<void> {
  const { work } = altered;
  const added = columns.map((column) => addedField(column, work));
  return changeDefinition(altered, "ADD COLUMNS", (definition) => {
    const schema = { ...definition.schema, fields: [...definition.schema.fields, ...added] };
    checked(schema, isMapped(definition.properties));
    return withMapping({ ...definition, schema }, () => `col-${work.context.uuid()}`);
  });
}

function addedField(column: ColumnDefinition, work: Work): StructField {
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

/** RENAME COLUMN: only the name to the user changes, so the columns must be mapped. */
export async function renameColumn(altered: Altered, from: string, to: string): Promise<void> {
  const { name } = await columnNamed(altered, from);
  await changeDefinition(altered, "RENAME COLUMN", (definition) => {
    checkRewritable(definition, "RENAME COLUMN", [name]);
    const schema = withField(definition.schema, name, (field) => ({ ...field, name: to }));
    const partitionColumns = (definition.partitionColumns ?? []).map((c) => (same(c, name) ? to : c));
    return { ...definition, schema: checked(schema, true), partitionColumns };
  });
  const { metastore } = altered.work.context;
  const renamed = (column: string) => (same(column, name) ? to : column);
  metastore.transaction(() => {
    const table = fullName(altered.name);
    const tags = metastore.tags("table", table, name);
    metastore.unsetTags(
      "table",
      table,
      tags.map((tag) => tag.name),
      name,
    );
    metastore.setTags("table", table, tags, to);
    changeRecord(altered, ({ rowFilter, ...record }) => ({
      ...record,
      constraints: record.constraints.map((c) => ({ ...c, columns: c.columns.map(renamed) })),
      columnMasks: record.columnMasks.map((m) => ({
        ...m,
        column: renamed(m.column),
        usingColumns: m.usingColumns.map(renamed),
      })),
      ...(rowFilter && { rowFilter: { ...rowFilter, inputColumns: rowFilter.inputColumns.map(renamed) } }),
    }));
  });
}

/** DROP COLUMNS: the values stay in the files, and nobody finds them there. */
export async function dropColumns(
  altered: Altered,
  columns: readonly Identifier[],
  ifExists: boolean,
): Promise<void> {
  const names: string[] = [];
  for (const { text } of columns) {
    const found = columnNamed(altered, text).then(({ name }) => name);
    const name = await (ifExists ? found.catch(() => undefined) : found);
    if (name !== undefined) names.push(name);
  }
  if (names.length === 0) return;
  refusePolicies(altered, names);
  await changeDefinition(altered, "DROP COLUMNS", (definition) => {
    checkRewritable(definition, "DROP COLUMN", names);
    const partition = (definition.partitionColumns ?? []).find((c) => among(names, c));
    if (partition !== undefined)
      throw failure(
        "DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN",
        "0AKDC",
        `Dropping partition columns (${partition}) is not allowed.`,
      );
    const fields = definition.schema.fields.filter((f) => !among(names, f.name));
    if (fields.length === 0)
      throw failure("DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA", "0AKDC", "Cannot drop the last column.");
    return { ...definition, schema: { ...definition.schema, fields } };
  });
  const { metastore } = altered.work.context;
  for (const name of names) {
    const tags = metastore.tags("table", fullName(altered.name), name).map((tag) => tag.name);
    metastore.unsetTags("table", fullName(altered.name), tags, name);
  }
}

function refusePolicies({ record }: Altered, names: readonly string[]): void {
  const used = [
    ...record.columnMasks.flatMap((m) => [m.column, ...m.usingColumns]),
    ...(record.rowFilter?.inputColumns ?? []),
    ...record.constraints.flatMap((c) => c.columns),
  ].find((column) => among(names, column));
  if (used !== undefined)
    throw failure(
      "DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE",
      "42K09",
      `Cannot drop the column ${quotedParts([used])} of ${fullName(record)}: a mask, row filter or key uses it.`,
    );
}

/** Names can change only where files do not carry them, and where no stored expression does. */
function checkRewritable(
  { schema, properties = {} }: TableDefinition,
  operation: string,
  names: readonly string[],
): void {
  if (!isMapped(properties))
    throw failure(
      "DELTA_UNSUPPORTED_COLUMN_MAPPING_SCHEMA_CHANGE",
      "0AKDC",
      `${operation} is not supported for your Delta table. Please enable column mapping with mapping mode 'name'.`,
    );
  const texts = [
    ...checksOf(properties).map((check) => check.text),
    ...schema.fields.flatMap((field) => fieldFacts(field).generationExpression ?? []),
  ];
  const text = texts.find((stored) => columnsIn(stored).some((column) => among(names, column)));
  if (text !== undefined)
    throw failure(
      "DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE",
      "42K09",
      `Cannot change the column because this expression uses it: ${text}.`,
    );
}

function columnsIn(text: string): readonly string[] {
  return mentionedIn(parseExpression(text)).columns.flatMap((name) => name.parts.map((part) => part.text));
}

export async function setNotNull(altered: Altered, column: Identifier): Promise<void> {
  const { name } = await columnNamed(altered, column.text);
  await refuseRows(
    altered,
    `${quoteName(name)} IS NULL`,
    failure(
      "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
      "23502",
      `NOT NULL constraint violated for column: ${name}.`,
    ),
  );
  await changeColumn(altered, column, (field) => ({ ...field, nullable: false }));
}

/** SET DEFAULT: for rows that are written from now on. */
export async function setDefault(altered: Altered, column: Identifier, value: Expression): Promise<void> {
  const { work } = altered;
  const { type } = await columnNamed(altered, column.text);
  const environment = blankEnvironment(work, work.input.text);
  cast(environment.translate.expression(value, EMPTY_SCOPE, environment), type);
  const text = work.input.text.slice(value.start, value.end);
  const { protocol } = await deltaTable(altered).snapshot();
  if (!(protocol.writerFeatures ?? []).includes("allowColumnDefaults"))
    throw failure(
      "WRONG_COLUMN_DEFAULTS_FOR_DELTA_FEATURE_NOT_ENABLED",
      "0AKDE",
      "Failed to execute ALTER TABLE command because it assigned a column DEFAULT value, but the corresponding table feature was not enabled. Please retry the command again after executing ALTER TABLE tableName SET TBLPROPERTIES('delta.feature.allowColumnDefaults' = 'supported').",
    );
  await changeColumn(altered, column, (field) => ({
    ...field,
    metadata: { ...field.metadata, CURRENT_DEFAULT: text },
  }));
}

export function dropDefault(altered: Altered, column: Identifier): Promise<void> {
  return changeColumn(altered, column, (field) => {
    const { CURRENT_DEFAULT: _, ...metadata } = field.metadata;
    return { ...field, metadata };
  });
}

/** CHANGE COLUMN: one field of the schema, as it stands now. */
export async function changeColumn(
  altered: Altered,
  column: Identifier,
  change: (field: StructField) => StructField,
): Promise<void> {
  const { name } = await columnNamed(altered, column.text);
  return changeDefinition(altered, "CHANGE COLUMN", (definition) => ({
    ...definition,
    schema: withField(definition.schema, name, change),
  }));
}

function among(names: readonly string[], name: string): boolean {
  return names.some((other) => same(other, name));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
