import { type ObjectName, type SchemaName, type Table, WorkspaceError } from "@clone-xs/unity";
import { sees, type Viewer } from "../../authorization/index.ts";
import type {
  CatalogRecord,
  FunctionRecord,
  SchemaRecord,
  TableRecord,
  VolumeRecord,
} from "../../metastore/metastore.ts";
import { describeTable } from "./describe-table.ts";
import { informationSchemaOf, informationSchemaViews, isInformationSchema } from "./information-schema.ts";
import { remembering } from "./remembering.ts";
import type { ShapeReader } from "./table-shapes.ts";

/** What reading the catalog needs: the metastore through the eyes of one principal, and the tables' logs. */
export interface CatalogReader extends Viewer {
  readonly shapeOf: ShapeReader;
}

/** Part of a listing in the order of names: what comes behind a name, so many at most. */
export interface Part {
  readonly after: string;
  readonly limit: number;
}

/** A table as described, with the record it came from. */
export interface DescribedTable {
  readonly record: TableRecord;
  readonly table: Table;
}

/** Logs that are read at the same time for a listing. */
const LOGS_AT_ONCE = 16;

export function visibleCatalogs(reader: CatalogReader): readonly CatalogRecord[] {
  return reader.metastore.catalogs().filter(({ name }) => sees(reader, { type: "catalog", name }));
}

/** Throws NOT_FOUND with the service's code; what the caller may not see does not exist for it. */
export function catalogOf(reader: CatalogReader, name: string): CatalogRecord {
  const record = reader.metastore.catalog(name);
  if (record === undefined || !sees(reader, { type: "catalog", name }))
    throw missing("CATALOG", `Catalog '${name}' does not exist.`);
  return record;
}

export function visibleSchemas(reader: CatalogReader, catalog: string): readonly SchemaRecord[] {
  const system = informationSchemaOf(catalogOf(reader, catalog));
  const made = reader.metastore
    .schemas(catalog)
    .filter(({ catalog, schema }) => sees(reader, { type: "schema", name: { catalog, schema } }));
  const place = made.findIndex(({ schema }) => Buffer.from(schema).compare(Buffer.from(system.schema)) > 0);
  return made.toSpliced(place === -1 ? made.length : place, 0, system);
}

export function schemaOf(reader: CatalogReader, name: SchemaName): SchemaRecord {
  const { catalog, schema } = name;
  const parent = catalogOf(reader, catalog);
  if (isInformationSchema(name)) return informationSchemaOf(parent);
  const record = reader.metastore.schema({ catalog, schema });
  if (record === undefined || !sees(reader, { type: "schema", name: { catalog, schema } }))
    throw missing("SCHEMA", `Schema '${catalog}.${schema}' does not exist.`);
  return record;
}

/** Records of the tables and views in a schema that the caller sees, by name; reads no log. */
export function visibleTables(reader: CatalogReader, scope: SchemaName): readonly TableRecord[] {
  schemaOf(reader, scope);
  if (isInformationSchema(scope)) return informationSchemaViews(catalogOf(reader, scope.catalog));
  const tables = reader.metastore.tables(scope);
  const viewer = remembering(reader, tables);
  return tables.filter((record) => sees(viewer, { type: "table", name: record }));
}

/**
 * A part of what {@link visibleTables} gives, and whether there is more: a page of a large schema costs what the page costs, not what the
 * schema does.
 */
export function visibleTablePart(
  reader: CatalogReader,
  scope: SchemaName,
  { after, limit }: Part,
): { readonly records: readonly TableRecord[]; readonly more: boolean } {
  schemaOf(reader, scope);
  if (isInformationSchema(scope)) {
    const views = informationSchemaViews(catalogOf(reader, scope.catalog)).filter(({ name }) => name > after);
    return { records: views.slice(0, limit), more: views.length > limit };
  }
  const records: TableRecord[] = [];
  for (let from = after; ; ) {
    const some = reader.metastore.tablesAfter(scope, { after: from, limit: limit + 1 });
    const viewer = remembering(reader, some);
    for (const record of some) {
      if (!sees(viewer, { type: "table", name: record })) continue;
      if (records.length === limit) return { records, more: true };
      records.push(record);
    }
    const last = some.at(-1);
    if (last === undefined || some.length <= limit) return { records, more: false };
    from = last.name;
  }
}

export function tableOf(reader: CatalogReader, name: ObjectName): TableRecord {
  schemaOf(reader, name);
  const record = isInformationSchema(name)
    ? informationSchemaViews(catalogOf(reader, name.catalog)).find(
        (view) => view.name === name.name.toLowerCase(),
      )
    : reader.metastore.table(name);
  if (record === undefined || !(isInformationSchema(name) || sees(reader, { type: "table", name })))
    throw missing("TABLE", `Table '${name.catalog}.${name.schema}.${name.name}' does not exist.`);
  return record;
}

/** Describes tables, some at a time, in the order given. */
export async function describeTables(
  reader: CatalogReader,
  records: readonly TableRecord[],
): Promise<readonly DescribedTable[]> {
  const described: DescribedTable[] = [];
  for (let index = 0; index < records.length; index += LOGS_AT_ONCE) {
    const some = records.slice(index, index + LOGS_AT_ONCE);
    const describe = async (record: TableRecord) => ({
      record,
      table: await describeTable(reader.shapeOf, record),
    });
    described.push(...(await Promise.all(some.map(describe))));
  }
  return described;
}

export function visibleFunctions(reader: CatalogReader, scope: SchemaName): readonly FunctionRecord[] {
  schemaOf(reader, scope);
  return reader.metastore
    .functions(scope)
    .filter((record) => sees(reader, { type: "function", name: record }));
}

export function functionOf(reader: CatalogReader, name: ObjectName): FunctionRecord {
  schemaOf(reader, name);
  const record = reader.metastore.function(name);
  if (record === undefined || !sees(reader, { type: "function", name }))
    throw missing(
      "ROUTINE",
      `Routine or Model '${name.catalog}.${name.schema}.${name.name}' does not exist.`,
    );
  return record;
}

export function visibleVolumes(reader: CatalogReader, scope: SchemaName): readonly VolumeRecord[] {
  schemaOf(reader, scope);
  return reader.metastore.volumes(scope).filter((record) => sees(reader, { type: "volume", name: record }));
}

export function volumeOf(reader: CatalogReader, name: ObjectName): VolumeRecord {
  schemaOf(reader, name);
  const record = reader.metastore.volume(name);
  if (record === undefined || !sees(reader, { type: "volume", name }))
    throw missing("VOLUME", `Volume '${name.catalog}.${name.schema}.${name.name}' does not exist.`);
  return record;
}

function missing(kind: string, message: string): WorkspaceError {
  return new WorkspaceError("NOT_FOUND", message, { errorClass: `${kind}_DOES_NOT_EXIST` });
}
