import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { sees } from "../../authorization/index.ts";
import type { CatalogRecord, Metastore } from "../../metastore/metastore.ts";
import type { TableRows } from "../../tables/read.ts";
import { type Place, tableNotFound } from "../errors.ts";
import { objectName } from "../object-names.ts";
import { quoteName, quoteText } from "../translate/quote.ts";
import { duckType } from "../types/duckdb.ts";
import { isPrimitive } from "../types/types.ts";
import type { Work } from "../work.ts";
import { constraintViews } from "./constraints.ts";
import { grantViews } from "./grants.ts";
import { objectViews } from "./objects.ts";
import { routineViews } from "./routines.ts";
import { tableViews } from "./tables.ts";
import { isView, type RowMaker, VIEWS, type ViewName, type ViewRow } from "./views.ts";

const MAKERS: Readonly<Record<ViewName, RowMaker>> = {
  ...objectViews,
  ...tableViews,
  ...routineViews,
  ...grantViews,
  ...constraintViews,
};

/**
 * The rows of `<catalog>.information_schema.<view>`, or `system.information_schema.<view>` over all catalogs; `undefined` when the name is in
 * another schema. A missing catalog or view is TABLE_OR_VIEW_NOT_FOUND, as Databricks says it.
 */
export async function informationSchema(
  work: Work,
  parts: readonly string[],
  namespace: SchemaName,
  isPath: boolean,
  place: Place,
): Promise<{ readonly name: ObjectName; readonly rows: TableRows } | undefined> {
  if (isPath || parts.length > 3) return undefined;
  const name = objectName(parts, namespace, place);
  if (name.schema !== "information_schema") return undefined;
  const { metastore } = work.context;
  const all = name.catalog === "system";
  if ((!all && metastore.catalog(name.catalog) === undefined) || !isView(name.name))
    throw tableNotFound(parts, place);
  const catalogs = all ? known(metastore, name.name).map((c) => c.name) : [name.catalog];
  const visible = catalogs.filter((catalog) => sees(work.viewer, { type: "catalog", name: catalog }));
  return { name, rows: asRows(name.name, await MAKERS[name.name](work, visible)) };
}

/** What is in catalogs from shares is asked for one by one: a provider that is gone would spoil all of it. */
function known(metastore: Metastore, view: ViewName): readonly CatalogRecord[] {
  const catalogs = metastore.catalogs();
  return view === "catalogs" ? catalogs : catalogs.filter(({ share }) => share === undefined);
}

function asRows(view: ViewName, rows: readonly ViewRow[]): TableRows {
  const columns = VIEWS[view].map(([name, type]) => ({ name, type }));
  const ids = columns.map((_, i) => `i${i}`);
  const items = columns.map(({ name, type }, i) => `CAST(i${i} AS ${duckType(type)}) AS ${quoteName(name)}`);
  const cell = (value: string | number | undefined, isTime: boolean) => {
    if (value === undefined) return "NULL";
    if (typeof value === "number") return isTime ? `make_timestamptz(${value * 1000})` : String(value);
    return quoteText(value);
  };
  const lines = rows.map(
    (row) =>
      `(${columns.map(({ name, type }) => cell(row[name], isPrimitive(type, "timestamp"))).join(", ")})`,
  );
  const values = lines.length > 0 ? lines.join(", ") : `(${columns.map(() => "NULL").join(", ")})`;
  const where = lines.length > 0 ? "" : " WHERE false";
  return {
    columns,
    sql: `(SELECT ${items.join(", ")} FROM (VALUES ${values}) AS v(${ids.join(", ")})${where})`,
  };
}
