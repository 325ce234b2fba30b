import type { Grantable } from "../metastore/metastore.ts";

const onTables = ["SELECT", "MODIFY", "APPLY_TAG", "MANAGE", "ALL_PRIVILEGES", "REFRESH", "BROWSE"];
const onFunctions = ["EXECUTE", "MANAGE", "ALL_PRIVILEGES", "APPLY_TAG", "BROWSE"];
const onVolumes = ["READ_VOLUME", "WRITE_VOLUME", "APPLY_TAG", "MANAGE", "ALL_PRIVILEGES", "BROWSE"];
const onSchemas = [
  ...new Set([...onTables, ...onFunctions, ...onVolumes]),
  "USE_SCHEMA",
  "CREATE_TABLE",
  "CREATE_VOLUME",
  "CREATE_FUNCTION",
  "CREATE_MODEL",
  "CREATE_MATERIALIZED_VIEW",
  "EXTERNAL_USE_SCHEMA",
];

/**
 * Privileges that each kind of securable takes; those of a child may be granted on its parents too, where they are inherited from.
 * Source: Unity Catalog privileges reference.
 */
export const APPLICABLE: Readonly<Record<Grantable, ReadonlySet<string>>> = {
  metastore: new Set([
    "CREATE_CATALOG",
    "CREATE_SHARE",
    "CREATE_RECIPIENT",
    "CREATE_PROVIDER",
    "USE_SHARE",
    "USE_RECIPIENT",
    "USE_PROVIDER",
    "SET_SHARE_PERMISSION",
  ]),
  catalog: new Set([...onSchemas, "USE_CATALOG", "CREATE_SCHEMA"]),
  schema: new Set(onSchemas),
  table: new Set(onTables),
  function: new Set(onFunctions),
  volume: new Set(onVolumes),
};
