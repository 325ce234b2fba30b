import type { Privilege } from "@clone-xs/unity";
import type { SecurableReference } from "../../inspect/inventory.ts";

/** Where a grant can stand and reach data. */
export type GrantLevel = Exclude<SecurableReference["level"], "column">;

export const ALL: Privilege = "ALL_PRIVILEGES";

/**
 * What changes the contents of a catalog: rows, files, and which objects there are. CREATE SCHEMA is no write to what a clone of
 * some schemas copies, so it counts only when the scope is the whole catalog.
 */
const WRITES: ReadonlySet<Privilege> = new Set([
  "MODIFY",
  "WRITE_VOLUME",
  "CREATE_TABLE",
  "CREATE_VOLUME",
  "CREATE_FUNCTION",
  "CREATE_MODEL",
  "CREATE_MATERIALIZED_VIEW",
]);

export function isWrite(privilege: Privilege, { wholeCatalog }: { readonly wholeCatalog: boolean }): boolean {
  return WRITES.has(privilege) || (wholeCatalog && privilege === "CREATE_SCHEMA");
}

/** Privileges that ALL PRIVILEGES neither contains nor, when it is revoked, takes along. Source: privileges reference, "ALL PRIVILEGES". */
const OUTSIDE_ALL: ReadonlySet<Privilege> = new Set([
  "MANAGE",
  "EXTERNAL_USE_SCHEMA",
  "EXTERNAL_USE_LOCATION",
]);

export function isOutsideAll(privilege: Privilege): boolean {
  return OUTSIDE_ALL.has(privilege);
}

const ON_SCHEMA = ["USE_SCHEMA", "SELECT", "EXECUTE", "READ_VOLUME", "REFRESH", "APPLY_TAG"];

/** What ALL PRIVILEGES gives at each level beside the writes. Source: privileges reference, securable by securable. */
export const READS_IN_ALL: Readonly<Record<GrantLevel, readonly Privilege[]>> = {
  catalog: ["USE_CATALOG", "BROWSE", ...ON_SCHEMA],
  schema: ON_SCHEMA,
  table: ["SELECT", "APPLY_TAG"],
  volume: ["READ_VOLUME"],
  function: ["EXECUTE"],
};

const ON_SCHEMA_WRITES = [...WRITES];

/** The writes that ALL PRIVILEGES gives at each level; none on functions. */
export const WRITES_IN_ALL: Readonly<Record<GrantLevel, readonly Privilege[]>> = {
  catalog: [...ON_SCHEMA_WRITES, "CREATE_SCHEMA"],
  schema: ON_SCHEMA_WRITES,
  table: ["MODIFY"],
  volume: ["WRITE_VOLUME"],
  function: [],
};
