import {
  endpoints,
  type EffectivePermissionsResponse,
  type MetastoreSummaryResponse,
  routePattern,
  UpdatePermissionsRequest,
} from "@clone-xs/databricks/contract";
import type { EffectivePrivilege, ObjectName, SchemaName, SecurableType } from "@clone-xs/unity";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { GrantChange } from "../authorization/index.ts";
import {
  catalogOf,
  describeTables,
  functionOf,
  schemaOf,
  tableOf,
  visibleCatalogs,
  visibleFunctions,
  visibleSchemas,
  visibleTablePart,
  visibleTables,
  visibleVolumes,
  volumeOf,
} from "../workspace/catalog/lookup.ts";
import { directGrants, effectiveGrants, updateGrants } from "../workspace/catalog/permissions.ts";
import { METASTORE_NAME } from "../workspace/catalog/unity-reads.ts";
import { DEFAULT_CATALOG } from "../workspace/first-run.ts";
import { organizationId, readerOf, type ServerContext } from "./context.ts";
import { pageOf, partOf } from "./paging.ts";
import { answer, optional, pageQuery, param, required } from "./parameters.ts";
import { invalidParameter } from "./refusal.ts";
import { quotaRoutes } from "./quotas.ts";
import { catalogInfo, functionInfo, schemaInfo, tableInfo, volumeInfo } from "./unity-wire.ts";

/** Pages of the server's choice: tables carry their columns and come in small ones. */
const PAGE_SIZE = {
  catalogs: 1000,
  schemas: 1000,
  tables: 50,
  functions: 100,
  volumes: 10_000,
  summaries: 10_000,
  principals: 150,
};

/** Reads of the Unity Catalog API 2.1, and permission changes. Objects are made by SQL. */
export function unityRoutes(app: FastifyInstance, context: ServerContext): void {
  const { metastore } = context;
  const reader = (request: FastifyRequest) => readerOf(context, request);

  app.get(
    endpoints.metastoreSummary.path,
    (): MetastoreSummaryResponse => ({
      metastore_id: metastore.id,
      name: METASTORE_NAME,
      cloud: "embedded",
      region: "local",
      global_metastore_id: metastore.globalId,
      owner: metastore.fact("owner", () => ""),
      privilege_model_version: "1.0",
    }),
  );
  app.get(endpoints.currentMetastoreAssignment.path, () => ({
    metastore_id: metastore.id,
    workspace_id: organizationId(context),
    default_catalog_name: DEFAULT_CATALOG,
  }));

  app.get(endpoints.listCatalogs.path, (request) => {
    const page = pageOf(visibleCatalogs(reader(request)), pageQuery(request), {
      keyOf: ({ name }) => name,
      pageSize: PAGE_SIZE.catalogs,
    });
    return answer("catalogs", page, (record) => catalogInfo(record, metastore));
  });
  app.get(routePattern(endpoints.getCatalog), (request) =>
    catalogInfo(catalogOf(reader(request), param(request, "name")), metastore),
  );

  app.get(endpoints.listSchemas.path, (request) => {
    const page = pageOf(
      visibleSchemas(reader(request), required(request, "catalog_name")),
      pageQuery(request),
      {
        keyOf: ({ schema }) => schema,
        pageSize: PAGE_SIZE.schemas,
      },
    );
    return answer("schemas", page, (record) => schemaInfo(record, metastore));
  });
  app.get(routePattern(endpoints.getSchema), (request) =>
    schemaInfo(schemaOf(reader(request), schemaName(request)), metastore),
  );

  app.get(endpoints.listTables.path, (request) => listTables(context, request));
  app.get(routePattern(endpoints.getTable), (request) => getTable(context, request));
  app.get(routePattern(endpoints.tableExists), (request) => {
    const name = objectName(request);
    return { table_exists: visibleTables(reader(request), name).some((table) => table.name === name.name) };
  });
  app.get(endpoints.listTableSummaries.path, (request) => {
    const page = pageOf(tableSummaries(context, request), pageQuery(request), {
      keyOf: ({ full_name }) => full_name,
      pageSize: PAGE_SIZE.summaries,
    });
    return answer("tables", page, (summary) => summary);
  });

  app.get(endpoints.listFunctions.path, (request) =>
    answer(
      "functions",
      objectPage(request, visibleFunctions(reader(request), scope(request)), "functions"),
      (record) => functionInfo(record, metastore),
    ),
  );
  app.get(routePattern(endpoints.getFunction), (request) =>
    functionInfo(functionOf(reader(request), objectName(request)), metastore),
  );
  app.get(endpoints.listVolumes.path, (request) =>
    answer(
      "volumes",
      objectPage(request, visibleVolumes(reader(request), scope(request)), "volumes"),
      (record) => volumeInfo(record, metastore),
    ),
  );
  app.get(routePattern(endpoints.getVolume), (request) =>
    volumeInfo(volumeOf(reader(request), objectName(request)), metastore),
  );

  permissionRoutes(app, context);
  quotaRoutes(app, context);
}

async function listTables(context: ServerContext, request: FastifyRequest) {
  const reader = readerOf(context, request);
  const page = partOf(pageQuery(request), PAGE_SIZE.tables, (part) => {
    const { records, more } = visibleTablePart(reader, scope(request), part);
    const last = records.at(-1);
    return { items: records, ...(more && last !== undefined ? { last: last.name } : {}) };
  });
  const described = await describeTables(reader, page.items);
  return answer("tables", { ...page, items: described }, (found) => tableInfo(found, context.metastore));
}

async function getTable(context: ServerContext, request: FastifyRequest) {
  const reader = readerOf(context, request);
  const [found] = await describeTables(reader, [tableOf(reader, objectName(request))]);
  return found === undefined ? {} : tableInfo(found, context.metastore);
}

function permissionRoutes(app: FastifyInstance, context: ServerContext): void {
  const place = (request: FastifyRequest) =>
    [readerOf(context, request), securableType(request), param(request, "full_name")] as const;
  const only = <T extends { readonly principal: string }>(request: FastifyRequest, grants: readonly T[]) => {
    const principal = optional(request, "principal");
    return principal === undefined ? grants : grants.filter((grant) => grant.principal === principal);
  };

  app.get(routePattern(endpoints.getPermissions), (request) =>
    answer(
      "privilege_assignments",
      principalPage(request, only(request, directGrants(...place(request)))),
      (assignment) => assignment,
    ),
  );
  app.get(routePattern(endpoints.getEffectivePermissions), (request) =>
    answer(
      "privilege_assignments",
      principalPage(request, byPrincipal(only(request, effectiveGrants(...place(request))))),
      (assignment) => assignment,
    ),
  );
  app.patch(routePattern(endpoints.updatePermissions), (request) => {
    const parsed = UpdatePermissionsRequest.safeParse(request.body);
    if (!parsed.success) throw invalidParameter("changes must be a list of {principal, add, remove}.");
    const [reader, type, fullName] = place(request);
    const changes: readonly GrantChange[] = parsed.data.changes.map(
      ({ principal, add = [], remove = [] }) => ({
        principal,
        add: add.map(restSpelling),
        remove: remove.map(restSpelling),
      }),
    );
    const privilege_assignments = updateGrants(reader, { type, fullName, changes });
    return parsed.data.omit_permissions_in_response === true ? {} : { privilege_assignments };
  });
}

/** `USE SCHEMA` and `Privilege.USE_SCHEMA` are accepted for USE_SCHEMA, as the service and its SDKs spell it. */
function restSpelling(privilege: string): string {
  return privilege
    .replace(/^Privilege\./u, "")
    .trim()
    .toUpperCase()
    .replaceAll(" ", "_");
}

/** Pages of principals: 0 is a page of the server's choice, else 150 at least. Source: Grants API, "max_results". */
function principalPage<T extends { readonly principal: string }>(
  request: FastifyRequest,
  assignments: readonly T[],
) {
  const query = pageQuery(request);
  const wanted = Number(query.max_results ?? 0);
  if (wanted > 0 && wanted < PAGE_SIZE.principals)
    throw invalidParameter(`max_results must be 0 or at least ${PAGE_SIZE.principals}, not ${wanted}.`);
  const sorted = assignments.toSorted((a, b) => Buffer.from(a.principal).compare(Buffer.from(b.principal)));
  return pageOf(sorted, query, {
    keyOf: ({ principal }) => principal,
    pageSize: Math.max(wanted, PAGE_SIZE.principals),
  });
}

function byPrincipal(
  grants: readonly EffectivePrivilege[],
): NonNullable<EffectivePermissionsResponse["privilege_assignments"]> {
  const principals = [...new Set(grants.map(({ principal }) => principal))];
  return principals.map((principal) => ({
    principal,
    privileges: grants
      .filter((grant) => grant.principal === principal)
      .map(({ privilege, inheritedFrom }) => ({
        privilege,
        ...(inheritedFrom === undefined
          ? {}
          : {
              inherited_from_type: inheritedFrom.type.toUpperCase(),
              inherited_from_name: inheritedFrom.name,
            }),
      })),
  }));
}

function tableSummaries(context: ServerContext, request: FastifyRequest) {
  const reader = readerOf(context, request);
  const catalog = required(request, "catalog_name");
  const schemaPattern = likePattern(optional(request, "schema_name_pattern") ?? "%");
  const tablePattern = likePattern(optional(request, "table_name_pattern") ?? "%");
  return visibleSchemas(reader, catalog)
    .filter(({ schema }) => schemaPattern.test(schema))
    .flatMap((schema) => visibleTables(reader, schema))
    .filter(({ name }) => tablePattern.test(name))
    .map(({ catalog, schema, name, tableType }) => ({
      full_name: `${catalog}.${schema}.${name}`,
      table_type: tableType,
    }));
}

/** SQL LIKE: `%` any text, `_` any character. */
function likePattern(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return new RegExp(`^${literal.replaceAll("%", ".*").replaceAll("_", ".")}$`, "isu");
}

function objectPage<T extends ObjectName>(
  request: FastifyRequest,
  records: readonly T[],
  kind: "tables" | "functions" | "volumes",
) {
  return pageOf(records, pageQuery(request), { keyOf: ({ name }) => name, pageSize: PAGE_SIZE[kind] });
}

/** The Python SDK puts `SecurableType.TABLE` into the path. */
function securableType(request: FastifyRequest): SecurableType {
  const type = param(request, "securable_type")
    .replace(/^SecurableType\./iu, "")
    .toLowerCase();
  if (type === "catalog" || type === "schema" || type === "table" || type === "function" || type === "volume")
    return type;
  throw invalidParameter(
    `SECURABLETYPE ${type.toUpperCase()} is not one of CATALOG, SCHEMA, TABLE, FUNCTION, VOLUME.`,
  );
}

function scope(request: FastifyRequest): SchemaName {
  return { catalog: required(request, "catalog_name"), schema: required(request, "schema_name") };
}

function schemaName(request: FastifyRequest): SchemaName {
  const [catalog, schema, ...rest] = param(request, "full_name").toLowerCase().split(".");
  if (catalog === undefined || schema === undefined || rest.length > 0)
    throw invalidParameter(`'${param(request, "full_name")}' is not a name like catalog.schema.`);
  return { catalog, schema };
}

function objectName(request: FastifyRequest): ObjectName {
  const [catalog, schema, name, ...rest] = param(request, "full_name").toLowerCase().split(".");
  if (catalog === undefined || schema === undefined || name === undefined || rest.length > 0)
    throw invalidParameter(`'${param(request, "full_name")}' is not a name like catalog.schema.object.`);
  return { catalog, schema, name };
}
