import { fullName } from "@clone-xs/unity";
import { requireSelect } from "../../authorization/index.ts";
import { refuseUnshared } from "../../sharing/reading.ts";
import { resolveTable } from "../catalog/resolve-table.ts";
import { failure, quotedParts, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { historyColumns, historyRowsSql } from "../history.ts";
import { runQuery } from "../run.ts";
import { quoteName } from "../translate/quote.ts";
import { catalogText } from "../types/text.ts";
import { STRING } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { clusteringColumns, type Described, describe, providerOf } from "./described.ts";
import { constraintLine } from "./show-create-table.ts";
import type { StatementOf } from "./statement.ts";
import { typeJson } from "./type-json.ts";

const COLUMNS = ["col_name", "data_type", "comment"].map((name) => [name, STRING] as const);

type Row = readonly [string, string, string | null];

/** DESCRIBE TABLE, its EXTENDED form, and EXTENDED AS JSON. */
export async function describeTable(
  work: Work,
  statement: StatementOf<"describeTable">,
): Promise<ExecutionResult> {
  if (statement.target.timeTravel !== undefined) throw unsupported("DESCRIBE of an earlier version");
  const described = await describe(work, statement.target);
  if (statement.asJson) return table([["json_metadata", STRING]], [[JSON.stringify(jsonOf(described))]]);
  const rows: Row[] = described.columns.map((c) => [
    c.name,
    c.declared ?? catalogText(c.type),
    c.comment ?? null,
  ]);
  rows.push(...partitionRows(described), ...clusteringRows(described));
  if (statement.extended) rows.push(...constraintRows(described), ...detailRows(described));
  return table(COLUMNS, rows);
}

function section(title: string, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [["", "", ""], [title, "", ""], ...rows];
}

function partitionRows({ snapshot, columns }: Described): readonly Row[] {
  const names = snapshot?.metadata.partitionColumns ?? [];
  const rows = names.map((name): Row => {
    const column = columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
    return [name, typeNamed(columns, name), column?.comment ?? null];
  });
  return rows.length === 0
    ? []
    : [["# Partition Information", "", ""], ["# col_name", "data_type", "comment"], ...rows];
}

function clusteringRows({ snapshot, columns }: Described): readonly Row[] {
  const rows = clusteringColumns(snapshot).map((name): Row => [name, typeNamed(columns, name), null]);
  return rows.length === 0
    ? []
    : [["# Clustering Information", "", ""], ["# col_name", "data_type", "comment"], ...rows];
}

function typeNamed(columns: Described["columns"], name: string): string {
  const found = columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
  return found === undefined ? "" : (found.declared ?? catalogText(found.type));
}

function constraintRows({ record }: Described): readonly Row[] {
  return section(
    "# Constraints",
    (record?.constraints ?? []).map((c): Row => [c.name, constraintLine(c), ""]),
  );
}

function detailRows(described: Described): readonly Row[] {
  const { record, comment, location, properties } = described;
  const time = (at: number) => new Date(at).toUTCString();
  const rows: (Row | undefined)[] = [
    record && ["Catalog", record.catalog, ""],
    record && ["Database", record.schema, ""],
    record && ["Table", record.name, ""],
    record && ["Owner", record.owner, ""],
    record && ["Created Time", time(record.createdAt), ""],
    record && ["Last Access", "UNKNOWN", ""],
    record && ["Created By", record.createdBy, ""],
    ["Type", record?.tableType ?? "EXTERNAL", ""],
    comment === undefined ? undefined : ["Comment", comment, ""],
    location === undefined ? undefined : ["Location", location, ""],
    providerOf(described) === undefined ? undefined : ["Provider", providerOf(described) ?? "", ""],
    record?.location === undefined
      ? undefined
      : ["Is_managed_location", String(record.tableType.startsWith("MANAGED")), ""],
    record?.view && ["View Text", record.view.text, ""],
    record?.view && ["View Original Text", record.view.text, ""],
    record?.view && [
      "View Catalog and Namespace",
      `${record.view.namespace.catalog}.${record.view.namespace.schema}`,
      "",
    ],
    [
      "Table Properties",
      `[${Object.entries(properties)
        .map(([k, v]) => `${k}=${v}`)
        .join(",")}]`,
      "",
    ],
  ];
  return section(
    "# Detailed Table Information",
    rows.filter((row) => row !== undefined),
  );
}

/** The document of AS JSON, with the keys tools read. */
function jsonOf(described: Described): Readonly<Record<string, unknown>> {
  const { record, columns, snapshot, properties, comment, location } = described;
  return {
    ...(record && {
      table_name: record.name,
      catalog_name: record.catalog,
      schema_name: record.schema,
      namespace: [record.schema],
    }),
    columns: columns.map((c) => ({
      name: c.name,
      type: typeJson(c.type),
      nullable: c.nullable,
      ...(c.comment !== undefined && { comment: c.comment }),
      ...(c.default !== undefined && { default: c.default }),
    })),
    ...(snapshot &&
      snapshot.metadata.partitionColumns.length > 0 && {
        partition_columns: snapshot.metadata.partitionColumns,
      }),
    ...(clusteringColumns(snapshot).length > 0 && {
      clustering_information: { column_names: clusteringColumns(snapshot) },
    }),
    ...(location !== undefined && { location }),
    ...(providerOf(described) !== undefined && { provider: providerOf(described) }),
    ...(record && {
      owner: record.owner,
      type: record.tableType,
      created_by: record.createdBy,
      created_time: new Date(record.createdAt).toISOString(),
    }),
    ...(comment !== undefined && { comment }),
    table_properties: properties,
    ...(record?.view && {
      view_text: record.view.text,
      view_original_text: record.view.text,
      view_catalog_and_namespace: `${record.view.namespace.catalog}.${record.view.namespace.schema}`,
      view_query_output_columns: record.view.columns.map((c) => c.name),
    }),
    ...(record?.rowFilter && {
      row_filter: {
        function_name: functionJson(record.rowFilter.functionName),
        column_names: record.rowFilter.inputColumns,
      },
    }),
    ...(record &&
      record.columnMasks.length > 0 && {
        column_masks: record.columnMasks.map((m) => ({
          column_name: m.column,
          function_name: functionJson(m.functionName),
          using_column_names: m.usingColumns,
        })),
      }),
    ...(record &&
      record.constraints.length > 0 && {
        table_constraints: `[${record.constraints.map((c) => `(${c.name},${constraintLine(c)})`).join(", ")}]`,
      }),
  };
}

function functionJson(name: string) {
  const [catalog, schema, routine] = name.split(".");
  return { catalog_name: catalog, schema_name: schema, function_name: routine };
}

/** DESCRIBE HISTORY, newest first. */
export async function describeHistory(
  work: Work,
  statement: StatementOf<"describeHistory">,
): Promise<ExecutionResult> {
  const { target, limit } = statement;
  const found = resolveTable(work, target, work.namespace, { text: work.input.text, span: target.name });
  if (found.kind === "record") requireSelect(work.viewer, found.name);
  const location = found.kind === "path" ? found.location : found.record.location;
  if (location === undefined || (found.kind === "record" && found.record.format !== "DELTA"))
    throw failure(
      "DELTA_TABLE_ONLY_OPERATION",
      "0AKDD",
      `${found.kind === "record" ? quotedParts(fullName(found.name).split(".")) : location} is not a Delta table. DESCRIBE HISTORY is only supported for Delta tables.`,
    );
  if (found.kind === "record") refuseUnshared(found.record, "history");
  const entries = await work.context.deltaTable(location).history(limit === undefined ? {} : { limit });
  const columns = historyColumns().map((column, i) => ({ ...column, id: `c${i}` }));
  const items = columns.map((c) => `${quoteName(c.name)} AS ${c.id}`).join(", ");
  return runQuery(work, { sql: `SELECT ${items} FROM ${historyRowsSql(entries)}`, columns });
}
