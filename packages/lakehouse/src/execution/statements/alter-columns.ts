import {
  fieldFacts,
  type Snapshot,
  type StructField,
  type StructType,
  type TableDefinition,
} from "@clone-xs/delta";
import {
  type AddedColumn,
  type ColumnDefinition,
  type Expression,
  type Identifier,
  parseName,
  type QualifiedName,
  quoteIdentifier,
} from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { blankEnvironment } from "../catalog/blank.ts";
import { failure, quotedParts, unsupported } from "../errors.ts";
import { partsOf } from "../object-names.ts";
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
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { CLUSTERING, clusteredPaths } from "./clustering.ts";
import { isMapped, withMapping } from "./column-mapping.ts";
import { refuseDependents } from "./dependents.ts";
import { fieldIndex, withFieldAt, withFieldsOf } from "./field-path.ts";
import { placed } from "./alter-fields.ts";
import { checked, fieldOf, withField } from "./shape.ts";

/** ADD COLUMNS, and fields of structs: rows that are there have NULL in them. */
export async function addColumns(altered: Altered, columns: readonly AddedColumn[]): Promise<void> {
  const { work } = altered;
  const added = columns.map((column) => ({ ...column, field: addedField(column, work) }));
  return changeDefinition(altered, "ADD COLUMNS", (definition) => {
    const isNamed = isMapped(definition.properties);
    const schema = added.reduce(
      (sofar, { parents, position, field }) =>
        withFieldsOf(
          sofar,
          parents.map(({ text }) => text),
          (fields) => checked({ ...sofar, fields: placed(fields, field, position) }, isNamed).fields,
        ),
      definition.schema,
    );
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
  if (column.default !== undefined)
    throw failure(
      "WRONG_COLUMN_DEFAULTS_FOR_DELTA_ALTER_TABLE_ADD_COLUMN_NOT_SUPPORTED",
      "0AKDC",
      "Failed to execute the command because DEFAULT values are not supported when adding new columns to previously existing Delta tables; please add the column without a default value first, then run a second ALTER TABLE ALTER COLUMN SET DEFAULT command to apply for future inserted rows instead.",
    );
  if (column.generated !== undefined || column.identity !== undefined || column.mask !== undefined)
    throw unsupported("GENERATED or MASK of an added column");
  return fieldOf(column, work.input.text);
}

/** RENAME COLUMN: only the name to the user changes, so the columns must be mapped. */
export async function renameColumn(altered: Altered, column: QualifiedName, to: string): Promise<void> {
  const path = partsOf(column);
  const parents = path.slice(0, -1);
  const { name: first } = await columnNamed(altered, path[0] ?? "");
  await changeDefinition(altered, "RENAME COLUMN", (definition) => {
    checkRewritable(definition, "RENAME COLUMN", [first]);
    const named = withFieldAt(definition.schema, path, (field) => ({ ...field, name: to }));
    const schema = withFieldsOf(named, parents, (fields) => checked({ ...named, fields }, true).fields);
    const partitionColumns = (definition.partitionColumns ?? []).map((c) =>
      parents.length === 0 && same(c, first) ? to : c,
    );
    const properties = withStatsColumns(definition.properties, path, [...parents, to]);
    return { ...definition, schema, partitionColumns, properties };
  });
  if (parents.length === 0) renameInRecord(altered, first, to);
}

/** What the catalog knows of a column goes on under its new name. */
function renameInRecord(altered: Altered, name: string, to: string): void {
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

/** DROP COLUMNS, and fields of structs: the values stay in the files, and nobody finds them there. */
export async function dropColumns(
  altered: Altered,
  columns: readonly QualifiedName[],
  ifExists: boolean,
): Promise<void> {
  const { schema: found } = (await deltaTable(altered).snapshot()).metadata;
  const paths = columns.map(partsOf).filter((path) => !ifExists || hasField(found, path));
  const [firstPath] = paths;
  if (firstPath === undefined) return;
  const names = paths.flatMap(([name = "", ...more]) => (more.length === 0 ? [name] : []));
  refusePolicies(altered, names);
  await changeMetadata(altered.work, deltaTable(altered), {
    operation: "DROP COLUMNS",
    definition: (base) => {
      const definition = definitionOf(base);
      const tops = paths.map(([name = ""]) => name);
      checkRewritable(definition, "DROP COLUMN", tops);
      refuseLayout(base, names);
      return paths.reduce<TableDefinition>(
        (sofar, path) => ({
          ...sofar,
          schema: withoutField(sofar.schema, path),
          ...(sofar.properties && { properties: withStatsColumns(sofar.properties, path, undefined) }),
        }),
        definition,
      );
    },
  });
  changeRecord(altered);
  const { metastore } = altered.work.context;
  for (const name of names) {
    const tags = metastore.tags("table", fullName(altered.name), name).map((tag) => tag.name);
    metastore.unsetTags("table", fullName(altered.name), tags, name);
  }
}

function hasField(schema: StructType, path: readonly string[]): boolean {
  let fields: readonly StructField[] = schema.fields;
  return path.every((part) => {
    const field = fields.find(({ name }) => same(name, part));
    fields = field?.type.kind === "struct" ? field.type.fields : [];
    return field !== undefined;
  });
}

function withoutField(schema: StructType, path: readonly string[]): StructType {
  return withFieldsOf(schema, path.slice(0, -1), (fields) => {
    const index = fieldIndex(fields, path.at(-1) ?? "", path);
    if (fields.length === 1)
      throw failure("DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA", "0AKDC", "Cannot drop the last column.");
    return fields.filter((_, i) => i !== index);
  });
}

/** Throws for columns that say where the table's rows lie. */
function refuseLayout({ metadata, domainMetadata }: Snapshot, names: readonly string[]): void {
  const partition = metadata.partitionColumns.find((c) => among(names, c));
  if (partition !== undefined)
    throw failure(
      "DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN",
      "0AKDC",
      `Dropping partition columns (${partition}) is not allowed.`,
    );
  const clustered = clusteredPaths(domainMetadata.get(CLUSTERING)).map(([physical]) => physical);
  const used = metadata.schema.fields.find(
    (field) => among(names, field.name) && clustered.includes(fieldFacts(field).physicalName),
  );
  if (used !== undefined)
    throw failure(
      "DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN",
      "0AKDC",
      `Dropping clustering columns (${used.name}) is not allowed.`,
    );
}

const STATS_COLUMNS = "delta.dataSkippingStatsColumns";

/** The properties with a column among those with statistics called otherwise, or left out. */
function withStatsColumns(
  properties: Readonly<Record<string, string>> = {},
  path: readonly string[],
  to: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const list = properties[STATS_COLUMNS];
  if (list === undefined) return properties;
  const isOurs = (name: readonly string[]) => path.every((part, i) => same(part, name[i] ?? ""));
  const names = list.split(/,(?=(?:[^`]*`[^`]*`)*[^`]*$)/u).flatMap((text) => {
    const name = parseName(text);
    if (!isOurs(name)) return [text.trim()];
    return to === undefined ? [] : [[...to, ...name.slice(path.length)].map(plainName).join(".")];
  });
  return { ...properties, [STATS_COLUMNS]: names.join(",") };
}

function plainName(name: string): string {
  return /^\w+$/.test(name) ? name : quoteIdentifier(name);
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
function checkRewritable(definition: TableDefinition, operation: string, names: readonly string[]): void {
  if (!isMapped(definition.properties))
    throw failure(
      "DELTA_UNSUPPORTED_COLUMN_MAPPING_SCHEMA_CHANGE",
      "0AKDC",
      `${operation} is not supported for your Delta table. Please enable column mapping with mapping mode 'name'.`,
    );
  refuseDependents(definition, names);
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
