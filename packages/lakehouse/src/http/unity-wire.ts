import {
  type CatalogInfo,
  type ColumnInfo,
  type FunctionInfo,
  type FunctionParameterInfo,
  type SchemaInfo,
  type TableConstraintInfo,
  type TableInfo,
  typeDetailsOf,
  viewNamespaceProperties,
  type VolumeInfo,
} from "@clone-xs/databricks/contract";
import { fileUri } from "@clone-xs/delta";
import type { Column, TableConstraint } from "@clone-xs/unity";
import type {
  CatalogRecord,
  FunctionRecord,
  Metastore,
  SchemaRecord,
  TableRecord,
  VolumeRecord,
} from "../metastore/metastore.ts";
import type { DescribedTable } from "../workspace/catalog/lookup.ts";
import { present } from "../workspace/catalog/present.ts";

/** Securables as the REST API shows them. What is not set is left out: the service never sends null or an empty map. */
export function catalogInfo(record: CatalogRecord, { id: metastore_id }: Metastore): CatalogInfo {
  return {
    name: record.name,
    full_name: record.name,
    id: record.id,
    catalog_type: catalogType(record),
    isolation_mode: "OPEN",
    browse_only: false,
    securable_type: "CATALOG",
    securable_kind: record.share === undefined ? "CATALOG_STANDARD" : "CATALOG_DELTASHARING",
    ...(record.share && { provider_name: record.share.provider, share_name: record.share.share }),
    metastore_id,
    ...stamps(record),
    ...propertiesOf(record),
  };
}

export function schemaInfo(record: SchemaRecord, metastore: Metastore): SchemaInfo {
  return {
    name: record.schema,
    catalog_name: record.catalog,
    full_name: `${record.catalog}.${record.schema}`,
    schema_id: record.id,
    catalog_type: catalogType(metastore.catalog(record.catalog)),
    securable_type: "SCHEMA",
    securable_kind: "SCHEMA_STANDARD",
    metastore_id: metastore.id,
    ...stamps(record),
    ...propertiesOf(record),
  };
}

export function tableInfo({ record, table }: DescribedTable, { id: metastore_id }: Metastore): TableInfo {
  const properties = {
    ...table.properties,
    ...(table.view?.namespace === undefined ? {} : viewNamespaceProperties(table.view.namespace)),
  };
  return {
    ...names(record),
    table_type: table.tableType,
    table_id: record.id,
    securable_type: "TABLE",
    metastore_id,
    columns: table.columns.map(columnInfo),
    ...stamps(record),
    ...propertiesOf({ properties }),
    ...present({
      comment: table.comment,
      data_source_format: table.format,
      storage_location: table.storageLocation,
      view_definition: table.view?.text,
      table_constraints: table.constraints.length === 0 ? undefined : table.constraints.map(constraintInfo),
      row_filter: table.rowFilter && {
        function_name: table.rowFilter.functionName,
        input_column_names: [...table.rowFilter.inputColumns],
      },
    }),
  };
}

function catalogType(record: CatalogRecord | undefined): string {
  return record?.share === undefined ? "MANAGED_CATALOG" : "DELTASHARING_CATALOG";
}

function columnInfo({
  name,
  position,
  typeText,
  nullable,
  comment,
  partitionIndex,
  mask,
}: Column): ColumnInfo {
  return {
    name,
    position,
    type_text: typeText,
    ...typeDetailsOf(typeText),
    nullable,
    ...present({
      comment,
      partition_index: partitionIndex,
      mask: mask && { function_name: mask.functionName, using_column_names: [...mask.usingColumns] },
    }),
  };
}

function constraintInfo(constraint: TableConstraint): TableConstraintInfo {
  const { name, rely } = constraint;
  if (constraint.kind === "primary_key")
    return { primary_key_constraint: { name, child_columns: [...constraint.columns], rely } };
  return {
    foreign_key_constraint: {
      name,
      child_columns: [...constraint.columns],
      parent_table: constraint.parentTable,
      parent_columns: [...constraint.parentColumns],
      rely,
    },
  };
}

export function functionInfo(record: FunctionRecord, { id: metastore_id }: Metastore): FunctionInfo {
  const isTable = record.returns.toUpperCase() === "TABLE";
  return {
    ...names(record),
    function_id: record.id,
    specific_name: record.name,
    routine_body: "SQL",
    routine_definition: record.definition,
    parameter_style: "S",
    is_deterministic: record.deterministic,
    is_null_call: false,
    security_type: "DEFINER",
    sql_data_access: "CONTAINS_SQL",
    data_type: isTable ? "TABLE_TYPE" : typeDetailsOf(record.returns).type_name,
    full_data_type: record.returns,
    metastore_id,
    ...stamps(record),
    ...present({
      input_params:
        record.parameters.length === 0 ? undefined : { parameters: record.parameters.map(parameterInfo) },
      return_params: record.returnColumns && { parameters: record.returnColumns.map(parameterInfo) },
    }),
  };
}

function parameterInfo(
  parameter: FunctionRecord["parameters"][number],
  position: number,
): FunctionParameterInfo {
  const { name, typeText, comment } = parameter;
  return {
    name,
    position,
    type_text: typeText,
    ...typeDetailsOf(typeText),
    parameter_mode: "IN",
    parameter_type: "PARAM",
    ...present({ parameter_default: parameter.default, comment }),
  };
}

export function volumeInfo(record: VolumeRecord, { id: metastore_id }: Metastore): VolumeInfo {
  return {
    ...names(record),
    volume_id: record.id,
    volume_type: record.volumeType,
    storage_location: fileUri(record.location),
    metastore_id,
    ...stamps(record),
  };
}

function names({ catalog, schema, name }: TableRecord | FunctionRecord | VolumeRecord) {
  return { name, catalog_name: catalog, schema_name: schema, full_name: `${catalog}.${schema}.${name}` };
}

function stamps(record: CatalogRecord | SchemaRecord | TableRecord | FunctionRecord | VolumeRecord) {
  return {
    owner: record.owner,
    created_at: record.createdAt,
    created_by: record.createdBy,
    updated_at: record.updatedAt,
    updated_by: record.updatedBy,
    ...present({ comment: record.comment }),
  };
}

function propertiesOf({ properties }: { readonly properties: Readonly<Record<string, string>> }) {
  return Object.keys(properties).length === 0 ? {} : { properties: { ...properties } };
}
