import { fullName, type ObjectName } from "@clone-xs/unity";
import { holds, lacks, type Target } from "../authorization/index.ts";
import type { Metastore, TableRecord } from "../metastore/metastore.ts";

/** Why a table or view cannot be in a share, or `undefined` when it can. Source: "Create and manage shares", limitations. */
export function unshareable(record: TableRecord): string | undefined {
  const name = fullName(record);
  if (record.view !== undefined)
    return `View '${name}' cannot be shared: the embedded workspace does not share views.`;
  if (record.rowFilter !== undefined || record.columnMasks.length > 0)
    return `Table '${name}' cannot be shared because it has row filters or column masks.`;
  if (record.tableType.endsWith("SHALLOW_CLONE"))
    return `Table '${name}' cannot be shared because it is a shallow clone.`;
  if (record.format !== "DELTA")
    return `Table '${name}' cannot be shared: its format is ${record.format}, and only Delta tables can be shared.`;
  return undefined;
}

/** What the owner of a share lacks to share a table, or `undefined`. It has to hold this for as long as the table is shared. */
export function missingRight(metastore: Metastore, owner: string, table: ObjectName): string | undefined {
  const principal = metastore.principal(owner) ?? { name: owner, kind: "group", groups: [], admin: false };
  const { catalog, schema } = table;
  const needed: readonly (readonly [string, Target])[] = [
    ["USE_CATALOG", { type: "catalog", name: catalog }],
    ["USE_SCHEMA", { type: "schema", name: { catalog, schema } }],
    ["SELECT", { type: "table", name: table }],
  ];
  const missing = needed.find(([privilege, target]) => !holds({ metastore, principal }, privilege, target));
  return missing && lacks(...missing);
}

/** The name of a shared object; its parts cannot hold dots. */
export function objectNamed(name: string): ObjectName | undefined {
  const [catalog, schema, object, ...more] = name.toLowerCase().split(".");
  if (catalog === undefined || schema === undefined || object === undefined || more.length > 0)
    return undefined;
  return { catalog, schema, name: object };
}
