import { requireUseCatalog, requireUseSchema, sees, type Target } from "../../authorization/index.ts";
import type { TableReference } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { catalogNotFound, schemaNotFound } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { partsOf, schemaName } from "../object-names.ts";
import { BOOLEAN, STRING, type Type } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { describe } from "./described.ts";
import { patternOf } from "./pattern.ts";
import type { StatementOf } from "./statement.ts";

type Show = StatementOf<"show">;

/** SHOW CATALOGS, SCHEMAS, TABLES, VIEWS, FUNCTIONS and VOLUMES: what the caller may see, by name. */
export function show(work: Work, statement: Show): ExecutionResult {
  const { metastore } = work.context;
  const like = patternOf(statement.like);
  const visible = (target: Target) => sees(work.viewer, target);
  switch (statement.what) {
    case "CATALOGS":
      return list(
        [["catalog", STRING]],
        metastore
          .catalogs()
          .filter((c) => visible({ type: "catalog", name: c.name }) && like(c.name))
          .map((c) => [c.name]),
      );
    case "SCHEMAS": {
      const catalog =
        statement.in === undefined ? work.namespace.catalog : partsOf(statement.in).join(".").toLowerCase();
      if (metastore.catalog(catalog) === undefined) throw catalogNotFound(catalog);
      if (!visible({ type: "catalog", name: catalog })) requireUseCatalog(work.viewer, catalog);
      const schemas = metastore
        .schemas(catalog)
        .filter((s) => visible({ type: "schema", name: s }))
        .map((s) => s.schema);
      return list(
        [["databaseName", STRING]],
        [...schemas, "information_schema"]
          .sort()
          .filter(like)
          .map((s) => [s]),
      );
    }
    case "TABLES": {
      const records = inSchema(work, statement).tables.filter(
        (t) => like(t.name) && visible({ type: "table", name: t }),
      );
      return list(
        [
          ["database", STRING],
          ["tableName", STRING],
          ["isTemporary", BOOLEAN],
        ],
        records.map((t) => [t.schema, t.name, "false"]),
      );
    }
    case "VIEWS": {
      const records = inSchema(work, statement).tables.filter(
        (t) => t.view !== undefined && like(t.name) && visible({ type: "table", name: t }),
      );
      return list(
        [
          ["namespace", STRING],
          ["viewName", STRING],
          ["isTemporary", BOOLEAN],
          ["isMaterialized", BOOLEAN],
        ],
        records.map((t) => [t.schema, t.name, "false", "false"]),
      );
    }
    case "FUNCTIONS": {
      const schema = inSchema(work, statement).name;
      const records = metastore
        .functions(schema)
        .filter((f) => like(f.name) && visible({ type: "function", name: f }));
      return list(
        [["function", STRING]],
        records.map((f) => [fullName(f)]),
      );
    }
    case "VOLUMES": {
      const schema = inSchema(work, statement).name;
      const records = metastore
        .volumes(schema)
        .filter((v) => like(v.name) && visible({ type: "volume", name: v }));
      return list(
        [
          ["database", STRING],
          ["volume_name", STRING],
        ],
        records.map((v) => [v.schema, v.name]),
      );
    }
  }
}

function list(
  columns: readonly (readonly [string, Type])[],
  rows: readonly (readonly string[])[],
): ExecutionResult {
  return table(columns, rows);
}

function inSchema(work: Work, statement: Show) {
  const { metastore } = work.context;
  const name =
    statement.in === undefined ? work.namespace : schemaName(partsOf(statement.in), work.namespace);
  if (metastore.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
  if (metastore.schema(name) === undefined) throw schemaNotFound([name.catalog, name.schema]);
  if (!sees(work.viewer, { type: "schema", name })) requireUseSchema(work.viewer, name);
  return { name, tables: metastore.tables(name) };
}

/** SHOW TBLPROPERTIES: all, or the one asked for. */
export async function showTableProperties(
  work: Work,
  { target, key }: StatementOf<"showTableProperties">,
): Promise<ExecutionResult> {
  const { properties, snapshot, record } = await describe(work, target);
  const protocol: readonly (readonly [string, string])[] =
    snapshot === undefined
      ? []
      : [
          ["delta.minReaderVersion", String(snapshot.protocol.minReaderVersion)],
          ["delta.minWriterVersion", String(snapshot.protocol.minWriterVersion)],
        ];
  const all = [...Object.entries(properties), ...protocol].sort(([a], [b]) => (a < b ? -1 : 1));
  const name = record === undefined ? "the table" : fullName(record);
  const rows =
    key === undefined
      ? all
      : [all.find(([k]) => k === key) ?? [key, `Table ${name} does not have property: ${key}`]];
  return table(
    [
      ["key", STRING],
      ["value", STRING],
    ],
    rows,
  );
}

/** SHOW COLUMNS. */
export async function showColumns(work: Work, target: TableReference): Promise<ExecutionResult> {
  const { columns } = await describe(work, target);
  return table(
    [["col_name", STRING]],
    columns.map((c) => [c.name]),
  );
}
