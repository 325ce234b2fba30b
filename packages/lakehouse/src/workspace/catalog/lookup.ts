import type { DeltaTable } from "@clone-xs/delta";
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

/** What reading the catalog needs: the metastore through the eyes of one principal, and the tables' logs. */
export interface CatalogReader extends Viewer {
  readonly deltaTable: (location: string) => DeltaTable;
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
  return reader.metastore.tables(scope).filter((record) => sees(reader, { type: "table", name: record }));
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
      table: await describeTable(reader.deltaTable, record),
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
