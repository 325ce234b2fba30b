import { mkdir } from "node:fs/promises";
import {
  type AddFile,
  createTable as createDelta,
  type DeltaTable,
  overwriteTable,
  type StructField,
  type StructType,
  type TableDefinition,
} from "@clone-xs/delta";
import type { CreateTable } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireCreateTable, requireOwnerOrManage } from "../../authorization/index.ts";
import { icebergDefinition } from "../../iceberg/table.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { writeFiles } from "../../tables/write.ts";
import { environmentFor } from "../catalog/view.ts";
import { failure, tableExists, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { locationForNew } from "../paths.ts";
import { engineError } from "../run.ts";
import type { TranslatedQuery } from "../translate/environment.ts";
import { catalogText } from "../types/text.ts";
import { BOOLEAN, sameType } from "../types/types.ts";
import { DONE, type Work } from "../work.ts";
import { isMapped, withMapping } from "./column-mapping.ts";
import { clusteringDomain } from "./clustering.ts";
import { constraintsOf } from "./constraints.ts";
import { likeDefinition } from "./like.ts";
import { resolvePolicy } from "./policy.ts";
import { tableRows } from "./rows.ts";
import { checked, fieldOf, schemaOf } from "./shape.ts";
import {
  changedNow,
  checkNewName,
  commentOf,
  madeNow,
  propertiesOf,
  provenance,
  requireNamespace,
} from "./statement.ts";
import { deltaPropertiesOf } from "./table-properties.ts";

/** CREATE [OR REPLACE] TABLE, with columns, AS a query, or over what lies at a LOCATION. */
export async function createTable(work: Work, statement: CreateTable): Promise<ExecutionResult> {
  if (statement.name.path !== undefined)
    throw unsupported("CREATE TABLE by path; give it a name and a LOCATION");
  const name = objectName(partsOf(statement.name.name), work.namespace, {
    text: work.input.text,
    span: statement.name,
  });
  checkNewName(name.name, "Table");
  requireNamespace(work, name);
  requireCreateTable(work.viewer, name);
  const existing = work.context.metastore.table(name);
  if (existing !== undefined && statement.ifNotExists) return DONE;
  if (existing !== undefined && !statement.orReplace) throw tableExists(nameParts(name));
  if (existing !== undefined) requireOwnerOrManage(work.viewer, { type: "table", name });
  const format = statement.format ?? "DELTA";
  if (format !== "DELTA" && statement.like !== undefined)
    throw unsupported(`CREATE TABLE … LIKE USING ${format}`);
  if (format === "PARQUET") return createParquet(work, statement, name, existing);
  if (format === "ICEBERG") return createIceberg(work, statement, name, existing);
  if (format !== "DELTA") throw unsupported(`tables USING ${format}`);
  return createDeltaTable(work, statement, name, existing);
}

/** A parquet table is a directory somebody else writes; only its declaration is kept. */
async function createParquet(
  work: Work,
  statement: CreateTable,
  name: ObjectName,
  existing: TableRecord | undefined,
): Promise<ExecutionResult> {
  if (existing !== undefined) throw unsupported("replacing a table by a parquet table");
  if (statement.location === undefined) throw unsupported("managed tables USING PARQUET; give a LOCATION");
  if (statement.query !== undefined) throw unsupported("CREATE TABLE … USING PARQUET AS a query");
  const location = locationForNew(work, statement.location, "CREATE EXTERNAL TABLE");
  await mkdir(location, { recursive: true });
  const columns = statement.columns.map((column) => {
    const { name, type } = fieldOf(column, work.input.text);
    return { name, typeText: catalogText(type), ...commentOf(column.comment) };
  });
  register(work, undefined, {
    ...madeNow(work),
    ...name,
    ...commentOf(statement.comment),
    id: work.context.uuid(),
    tableType: "EXTERNAL",
    format: "PARQUET",
    location,
    locationUri: statement.location,
    columns,
    properties: propertiesOf(statement.properties),
    constraints: [],
    columnMasks: [],
  });
  return DONE;
}

/** An Iceberg table is somebody else's too, and says itself what its columns are. */
async function createIceberg(
  work: Work,
  statement: CreateTable,
  name: ObjectName,
  existing: TableRecord | undefined,
): Promise<ExecutionResult> {
  if (existing !== undefined) throw unsupported("replacing a table by an Iceberg table");
  if (statement.location === undefined) throw unsupported("managed tables USING ICEBERG; give a LOCATION");
  if (statement.query !== undefined || statement.columns.length > 0 || statement.partitionedBy.length > 0)
    throw unsupported("CREATE TABLE … USING ICEBERG with columns or a query: only what lies at a LOCATION");
  const location = locationForNew(work, statement.location, "CREATE EXTERNAL TABLE");
  const { metadata } = (await icebergDefinition(location)).snapshot;
  register(work, undefined, {
    ...madeNow(work),
    ...name,
    ...commentOf(statement.comment),
    id: work.context.uuid(),
    tableType: "EXTERNAL",
    format: "ICEBERG",
    location,
    locationUri: statement.location,
    columns: metadata.schema.fields.map((f) => ({ name: f.name, typeText: catalogText(f.type) })),
    properties: propertiesOf(statement.properties),
    constraints: [],
    columnMasks: [],
  });
  return DONE;
}

async function createDeltaTable(
  work: Work,
  statement: CreateTable,
  name: ObjectName,
  existing: TableRecord | undefined,
): Promise<ExecutionResult> {
  const { context } = work;
  const query = statement.query === undefined ? undefined : await translated(work, statement);
  const definition =
    statement.like === undefined
      ? definitionOf(work, statement, query, await lastColumnIdOf(work, statement, existing))
      : await likeDefinition(work, statement, statement.like);
  const policies = {
    columnMasks: [
      ...keptMasks(existing, definition, statement),
      ...(await masksOf(work, statement, definition)),
    ],
    ...(await rowFilterOf(work, statement, definition)),
  };
  const place = placeOf(work, statement, existing);
  const table = context.deltaTable(place.location);
  if (existing === undefined && (await table.exists())) await adopt(table, definition, statement);
  else {
    const files = query === undefined ? [] : await written(work, query, definition, place.location);
    await commit(work, table, {
      definition,
      files,
      replaces: existing !== undefined,
      asSelect: query !== undefined,
      isManaged: !place.external,
    });
  }
  register(work, existing, {
    ...(existing === undefined
      ? { ...madeNow(work), id: context.uuid() }
      : { ...existing, ...changedNow(work) }),
    ...name,
    ...commentOf(definition.description),
    tableType: place.external ? "EXTERNAL" : "MANAGED",
    format: "DELTA",
    location: place.location,
    ...(place.uri !== undefined && { locationUri: place.uri }),
    properties: {},
    constraints: constraintsOf(work, name, statement.constraints),
    ...policies,
  });
  return DONE;
}

/** Replacing a table keeps the masks of columns that it has again, unless the statement gives them others. */
function keptMasks(
  existing: TableRecord | undefined,
  { schema }: TableDefinition,
  { columns }: CreateTable,
): TableRecord["columnMasks"] {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const remasked = columns.filter((c) => c.mask !== undefined);
  return (existing?.columnMasks ?? []).filter(
    ({ column }) =>
      schema.fields.some((f) => same(f.name, column)) && !remasked.some((c) => same(c.name.text, column)),
  );
}

/** The highest id that a mapped column of the replaced table has had: it is never given again. */
async function lastColumnIdOf(
  work: Work,
  statement: CreateTable,
  existing: TableRecord | undefined,
): Promise<Readonly<Record<string, string>>> {
  const key = "delta.columnMapping.maxColumnId";
  if (existing?.location === undefined || !isMapped(propertiesOf(statement.properties))) return {};
  const { metadata } = await work.context.deltaTable(existing.location).snapshot();
  const last = metadata.configuration[key];
  return last === undefined ? {} : { [key]: last };
}

async function translated(work: Work, statement: CreateTable): Promise<TranslatedQuery> {
  const environment = await environmentFor(work, statement.query);
  if (statement.query === undefined) throw new RangeError("no query");
  return environment.translate.query(statement.query, environment);
}

interface Place {
  readonly location: string;
  readonly external: boolean;
  readonly uri?: string;
}

/** Where the table's files go. A replaced table stays where it is. */
function placeOf(work: Work, { location }: CreateTable, existing: TableRecord | undefined): Place {
  const { locations, uuid } = work.context;
  if (existing === undefined) {
    if (location === undefined) return { location: locations.newTableDirectory(uuid()), external: false };
    return {
      location: locationForNew(work, location, "CREATE EXTERNAL TABLE"),
      external: true,
      uri: location,
    };
  }
  if (
    existing.format !== "DELTA" ||
    existing.location === undefined ||
    existing.tableType.endsWith("SHALLOW_CLONE")
  )
    throw failure(
      "UNSUPPORTED_FEATURE.REPLACE_TABLE",
      "0A000",
      `Cannot replace ${fullName(existing)}, which is no plain Delta table (${existing.tableType}); drop it first.`,
    );
  if (location !== undefined && locations.resolve(location) !== existing.location)
    throw unsupported("replacing a table at another LOCATION");
  return {
    location: existing.location,
    external: existing.tableType === "EXTERNAL",
    ...(existing.locationUri !== undefined && { uri: existing.locationUri }),
  };
}

function definitionOf(
  work: Work,
  statement: CreateTable,
  query: TranslatedQuery | undefined,
  lastColumnId: Readonly<Record<string, string>>,
): TableDefinition {
  const { text } = work.input;
  if (query !== undefined && statement.columns.length > 0)
    throw unsupported("CREATE TABLE with columns AS a query");
  const keys = statement.constraints.flatMap((c) => (c.kind === "primaryKey" ? c.columns : []));
  // Columns of a primary key are NOT NULL without saying so.
  const keyed = (field: StructField): StructField =>
    keys.some((k) => k.text.toLowerCase() === field.name.toLowerCase())
      ? { ...field, nullable: false }
      : field;
  const typed = deltaPropertiesOf(statement.properties);
  const schema =
    query === undefined
      ? { kind: "struct" as const, fields: statement.columns.map((column) => keyed(fieldOf(column, text))) }
      : schemaOf(query.columns);
  checked(schema, isMapped(typed));
  const columnNamed = (name: string) => fieldNamed(schema, name).name;
  const checks = statement.constraints.flatMap((c, i) =>
    c.kind === "check"
      ? [
          [
            `delta.constraints.${(c.name?.text ?? `check_${i + 1}`).toLowerCase()}`,
            text.slice(c.condition.start, c.condition.end),
          ] as const,
        ]
      : [],
  );
  const definition = {
    schema,
    partitionColumns: statement.partitionedBy.map((c) => columnNamed(c.text)),
    properties: {
      ...lastColumnId,
      ...defaultFeature(statement),
      ...typed,
      ...Object.fromEntries(checks),
    },
    ...(statement.comment !== undefined && { description: statement.comment }),
  };
  return clustered(
    withMapping(definition, () => `col-${work.context.uuid()}`),
    statement.clusterBy.map(partsOf),
  );
}

function clustered(definition: TableDefinition, columns: readonly (readonly string[])[]): TableDefinition {
  if (columns.length === 0) return definition;
  return { ...definition, domains: [clusteringDomain(definition.schema, columns)] };
}

/** Column defaults need their feature; it is switched on with the first one. */
function defaultFeature(statement: CreateTable): Readonly<Record<string, string>> {
  return statement.columns.some((c) => c.default !== undefined)
    ? { "delta.feature.allowColumnDefaults": "supported" }
    : {};
}

/** An existing Delta table at the location is taken as it is; declared columns must be its own. */
async function adopt(table: DeltaTable, { schema }: TableDefinition, statement: CreateTable): Promise<void> {
  const { metadata, numFiles } = await table.snapshot();
  if (statement.query !== undefined)
    throw failure(
      "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION",
      "42601",
      `Cannot create table ('${statement.location}'): the location holds a Delta table of ${numFiles} files.`,
    );
  const same =
    schema.fields.length === metadata.schema.fields.length &&
    schema.fields.every((f, i) => {
      const other = metadata.schema.fields[i];
      return (
        other !== undefined &&
        f.name.toLowerCase() === other.name.toLowerCase() &&
        sameType(f.type, other.type)
      );
    });
  if (schema.fields.length > 0 && !same)
    throw failure(
      "DELTA_CREATE_TABLE_SCHEME_MISMATCH",
      "42KD7",
      `The specified schema does not match the existing schema at ${statement.location}.`,
    );
}

async function written(
  work: Work,
  query: TranslatedQuery,
  definition: TableDefinition,
  root: string,
): Promise<readonly AddFile[]> {
  const metadata = {
    schema: definition.schema,
    partitionColumns: definition.partitionColumns ?? [],
    configuration: definition.properties ?? {},
  };
  const assignment = new Map(query.columns.map((c) => [c.name.toLowerCase(), c.id]));
  const rows = tableRows(work, query, metadata, assignment);
  try {
    const { files } = await work.context.engine.session(
      (session) => writeFiles(session, { root, metadata, query: rows, uuid: work.context.uuid }),
      work.signal === undefined ? {} : { signal: work.signal },
    );
    return files;
  } catch (error) {
    throw engineError(error);
  }
}

async function commit(
  work: Work,
  table: DeltaTable,
  {
    definition,
    files,
    replaces,
    asSelect,
    isManaged,
  }: {
    readonly definition: TableDefinition;
    readonly files: readonly AddFile[];
    readonly replaces: boolean;
    readonly asSelect: boolean;
    readonly isManaged: boolean;
  },
): Promise<void> {
  const suffix = asSelect ? " AS SELECT" : "";
  if (replaces) {
    const operation = `CREATE OR REPLACE TABLE${suffix}`;
    await overwriteTable(table, {
      base: await table.snapshot(),
      files,
      definition,
      operation,
      ...provenance(work),
    });
    return;
  }
  await createDelta(table, {
    ...definition,
    files,
    isManaged,
    operation: `CREATE TABLE${suffix}`,
    ...provenance(work),
  });
}

/** Makes the finished table visible. Throws when somebody else took the name meanwhile; the directory is then swept. */
export function register(work: Work, expected: TableRecord | undefined, record: TableRecord): void {
  const { metastore } = work.context;
  metastore.transaction(() => {
    if (metastore.table(record)?.id !== expected?.id) throw tableExists(nameParts(record));
    requireNamespace(work, record);
    metastore.putTable(record);
  });
}

/** The masks that columns are declared with. Throws for what a read could not call. */
async function masksOf(
  work: Work,
  { columns }: CreateTable,
  { schema }: TableDefinition,
): Promise<TableRecord["columnMasks"]> {
  const masks = columns.map(async ({ name, mask }) => {
    if (mask === undefined) return [];
    const masked = fieldNamed(schema, name.text);
    const using = mask.usingColumns.map(({ text }) => fieldNamed(schema, text));
    const policy = { function: mask.function, args: [masked, ...using], result: masked.type };
    const functionName = await resolvePolicy(work, policy);
    return [{ column: masked.name, functionName, usingColumns: using.map((f) => f.name) }];
  });
  return (await Promise.all(masks)).flat();
}

async function rowFilterOf(
  work: Work,
  { rowFilter }: CreateTable,
  { schema }: TableDefinition,
): Promise<Pick<TableRecord, "rowFilter">> {
  if (rowFilter === undefined) return {};
  const args = rowFilter.columns.map(({ text }) => fieldNamed(schema, text));
  const functionName = await resolvePolicy(work, { function: rowFilter.function, args, result: BOOLEAN });
  return { rowFilter: { functionName, inputColumns: args.map((f) => f.name) } };
}

function fieldNamed(schema: StructType, name: string): StructField {
  const found = schema.fields.find((f) => f.name.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw failure(
      "COLUMN_NOT_DEFINED_IN_TABLE",
      "42703",
      `The column \`${name}\` is not defined in the table. Defined table columns: ${schema.fields.map((f) => `\`${f.name}\``).join(", ")}.`,
    );
  return found;
}
