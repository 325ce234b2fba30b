import {
  endpoints,
  type ListQuotasResponse,
  type QuotaInfo,
  routePattern,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance } from "fastify";
import type { Metastore } from "../metastore/metastore.ts";
import { catalogOf, schemaOf } from "../workspace/catalog/lookup.ts";
import { readerOf, type ServerContext } from "./context.ts";
import { type PageQuery, pageOf } from "./paging.ts";
import { invalidParameter } from "./refusal.ts";

/** What the service allows; nothing is refused here for being beyond it. Source: resource limits, "Unity Catalog". */
const LIMITS = {
  "catalog-quota": 1000,
  "schema-quota": 10_000,
  "table-quota": 10_000,
  "function-quota": 10_000,
  "volume-quota": 10_000,
} as const;

type QuotaName = keyof typeof LIMITS;

const PAGE_SIZE = 500;

/** Resource quotas: how many children each securable has, and may have. */
export function quotaRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(endpoints.listQuotas.path, (request): ListQuotasResponse => {
    const { items, next_page_token } = pageOf(allQuotas(context), request.query as PageQuery, {
      keyOf: ({ parent_full_name, quota_name }) => `${parent_full_name} ${quota_name}`,
      pageSize: PAGE_SIZE,
    });
    return { quotas: [...items], ...(next_page_token === undefined ? {} : { next_page_token }) };
  });
  app.get(routePattern(endpoints.getQuota), (request) => {
    const { parent_full_name, quota_name } = request.params as Readonly<Record<string, string>>;
    const [catalog = "", schema] = (parent_full_name ?? "").toLowerCase().split(".");
    const reader = readerOf(context, request);
    if (catalog !== context.metastore.id) {
      if (schema === undefined) catalogOf(reader, catalog);
      else schemaOf(reader, { catalog, schema });
    }
    const quota_info = allQuotas(context).find(
      (quota) =>
        quota.parent_full_name === parent_full_name?.toLowerCase() && quota.quota_name === quota_name,
    );
    if (quota_info === undefined)
      throw invalidParameter(`There is no quota ${quota_name} on ${parent_full_name}.`);
    return { quota_info };
  });
}

function allQuotas({ metastore, now }: ServerContext): readonly QuotaInfo[] {
  const quotas = [...quotasOf(metastore)].map((quota) => ({ ...quota, last_refreshed_at: now() }));
  const key = ({ parent_full_name, quota_name }: QuotaInfo) =>
    Buffer.from(`${parent_full_name} ${quota_name}`);
  return quotas.sort((a, b) => key(a).compare(key(b)));
}

function* quotasOf(metastore: Metastore): Generator<QuotaInfo> {
  const catalogs = metastore.catalogs();
  yield quota("METASTORE", metastore.id, "catalog-quota", catalogs.length);
  for (const { name: catalog, share } of catalogs) {
    if (share !== undefined) continue;
    const schemas = metastore.schemas(catalog);
    yield quota("CATALOG", catalog, "schema-quota", schemas.length);
    for (const { schema } of schemas) {
      const parent = `${catalog}.${schema}`;
      yield quota("SCHEMA", parent, "table-quota", metastore.tables({ catalog, schema }).length);
      yield quota("SCHEMA", parent, "function-quota", metastore.functions({ catalog, schema }).length);
      yield quota("SCHEMA", parent, "volume-quota", metastore.volumes({ catalog, schema }).length);
    }
  }
}

function quota(type: string, name: string, quota_name: QuotaName, count: number): QuotaInfo {
  return {
    parent_securable_type: type,
    parent_full_name: name,
    quota_name,
    quota_count: count,
    quota_limit: LIMITS[quota_name],
  };
}
