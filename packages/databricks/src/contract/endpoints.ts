/** One operation of the REST API: method and path template with `{parameters}`. */
export interface Endpoint {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: `/${string}`;
}

const UNITY = "/api/2.1/unity-catalog";
const SQL = "/api/2.0/sql";

/**
 * Every operation that client and embedded server share. The statement paths are also answered with a trailing slash
 * by the service; a `full_name` is `catalog`, `catalog.schema` or `catalog.schema.object`, unquoted.
 */
export const endpoints = {
  executeStatement: { method: "POST", path: `${SQL}/statements` },
  getStatement: { method: "GET", path: `${SQL}/statements/{statement_id}` },
  getStatementChunk: { method: "GET", path: `${SQL}/statements/{statement_id}/result/chunks/{chunk_index}` },
  cancelStatement: { method: "POST", path: `${SQL}/statements/{statement_id}/cancel` },
  closeStatement: { method: "DELETE", path: `${SQL}/statements/{statement_id}` },

  queryHistory: { method: "GET", path: `${SQL}/history/queries` },

  listWarehouses: { method: "GET", path: `${SQL}/warehouses` },
  getWarehouse: { method: "GET", path: `${SQL}/warehouses/{id}` },
  createWarehouse: { method: "POST", path: `${SQL}/warehouses` },
  editWarehouse: { method: "POST", path: `${SQL}/warehouses/{id}/edit` },
  deleteWarehouse: { method: "DELETE", path: `${SQL}/warehouses/{id}` },
  startWarehouse: { method: "POST", path: `${SQL}/warehouses/{id}/start` },
  stopWarehouse: { method: "POST", path: `${SQL}/warehouses/{id}/stop` },
  warehousePermissions: { method: "GET", path: "/api/2.0/permissions/warehouses/{id}" },

  metastoreSummary: { method: "GET", path: `${UNITY}/metastore_summary` },
  currentMetastoreAssignment: { method: "GET", path: `${UNITY}/current-metastore-assignment` },
  listCatalogs: { method: "GET", path: `${UNITY}/catalogs` },
  createCatalog: { method: "POST", path: `${UNITY}/catalogs` },
  getCatalog: { method: "GET", path: `${UNITY}/catalogs/{name}` },
  listSchemas: { method: "GET", path: `${UNITY}/schemas` },
  getSchema: { method: "GET", path: `${UNITY}/schemas/{full_name}` },
  listTables: { method: "GET", path: `${UNITY}/tables` },
  getTable: { method: "GET", path: `${UNITY}/tables/{full_name}` },
  tableExists: { method: "GET", path: `${UNITY}/tables/{full_name}/exists` },
  listTableSummaries: { method: "GET", path: `${UNITY}/table-summaries` },
  listFunctions: { method: "GET", path: `${UNITY}/functions` },
  getFunction: { method: "GET", path: `${UNITY}/functions/{full_name}` },
  listVolumes: { method: "GET", path: `${UNITY}/volumes` },
  getVolume: { method: "GET", path: `${UNITY}/volumes/{full_name}` },
  getPermissions: { method: "GET", path: `${UNITY}/permissions/{securable_type}/{full_name}` },
  updatePermissions: { method: "PATCH", path: `${UNITY}/permissions/{securable_type}/{full_name}` },
  getEffectivePermissions: {
    method: "GET",
    path: `${UNITY}/effective-permissions/{securable_type}/{full_name}`,
  },
  listQuotas: { method: "GET", path: `${UNITY}/resource-quotas/all-resource-quotas` },
  getQuota: {
    method: "GET",
    path: `${UNITY}/resource-quotas/{parent_securable_type}/{parent_full_name}/{quota_name}`,
  },

  listShares: { method: "GET", path: `${UNITY}/shares` },
  createShare: { method: "POST", path: `${UNITY}/shares` },
  getShare: { method: "GET", path: `${UNITY}/shares/{name}` },
  updateShare: { method: "PATCH", path: `${UNITY}/shares/{name}` },
  deleteShare: { method: "DELETE", path: `${UNITY}/shares/{name}` },
  getSharePermissions: { method: "GET", path: `${UNITY}/shares/{name}/permissions` },
  updateSharePermissions: { method: "PATCH", path: `${UNITY}/shares/{name}/permissions` },
  listRecipients: { method: "GET", path: `${UNITY}/recipients` },
  createRecipient: { method: "POST", path: `${UNITY}/recipients` },
  getRecipient: { method: "GET", path: `${UNITY}/recipients/{name}` },
  deleteRecipient: { method: "DELETE", path: `${UNITY}/recipients/{name}` },
  listProviders: { method: "GET", path: `${UNITY}/providers` },
  getProvider: { method: "GET", path: `${UNITY}/providers/{name}` },
  listProviderShares: { method: "GET", path: `${UNITY}/providers/{name}/shares` },
  listShareAssets: {
    method: "GET",
    path: "/api/2.1/data-sharing/providers/{provider_name}/shares/{share_name}",
  },

  me: { method: "GET", path: "/api/2.0/preview/scim/v2/Me" },
  wellKnownConfig: { method: "GET", path: "/.well-known/databricks-config" },
  oauthDiscovery: { method: "GET", path: "/oidc/.well-known/oauth-authorization-server" },
  oauthToken: { method: "POST", path: "/oidc/v1/token" },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** The `{parameters}` of a path template, by name. */
export type PathParameters<Path extends string> = { readonly [Name in ParameterOf<Path>]: string | number };

/**
 * Fills a path template, percent-encoding each value.
 * @example pathTo(endpoints.getTable, { full_name: "main.sales.ärger" }) // "/api/2.1/unity-catalog/tables/main.sales.%C3%A4rger"
 */
export function pathTo<const E extends Endpoint>(endpoint: E, parameters: PathParameters<E["path"]>): string {
  const values: Readonly<Record<string, string | number>> = parameters;
  return endpoint.path.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(String(values[name])));
}

/** The path template in the `:name` spelling of HTTP routers. */
export function routePattern(endpoint: Endpoint): string {
  return endpoint.path.replace(/\{(\w+)\}/gu, ":$1");
}
