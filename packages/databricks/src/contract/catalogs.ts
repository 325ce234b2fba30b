import { z } from "zod";

const properties = z.record(z.string(), z.string());

/** Times are epoch milliseconds. `comment` and `properties` are left out when there are none. */
const audit = {
  owner: z.string().optional(),
  created_at: z.number().optional(),
  created_by: z.string().optional(),
  updated_at: z.number().optional(),
  updated_by: z.string().optional(),
};

export const CatalogInfo = z.object({
  ...audit,
  name: z.string(),
  full_name: z.string().optional(),
  id: z.string().optional(),
  comment: z.string().optional(),
  /** MANAGED_CATALOG, DELTASHARING_CATALOG, FOREIGN_CATALOG, SYSTEM_CATALOG, INTERNAL_CATALOG … */
  catalog_type: z.string().optional(),
  metastore_id: z.string().optional(),
  properties: properties.optional(),
  options: properties.optional(),
  storage_root: z.string().optional(),
  storage_location: z.string().optional(),
  provider_name: z.string().optional(),
  share_name: z.string().optional(),
  connection_name: z.string().optional(),
  /** OPEN or ISOLATED. */
  isolation_mode: z.string().optional(),
  browse_only: z.boolean().optional(),
  securable_type: z.string().optional(),
  securable_kind: z.string().optional(),
});
export type CatalogInfo = z.infer<typeof CatalogInfo>;

/** `provider_name` and `share_name` make a catalog from a share. */
export const CreateCatalogRequest = z.object({
  name: z.string(),
  comment: z.string().optional(),
  properties: properties.optional(),
  storage_root: z.string().optional(),
  provider_name: z.string().optional(),
  share_name: z.string().optional(),
});
export type CreateCatalogRequest = z.infer<typeof CreateCatalogRequest>;

/** Lists carry `next_page_token` only when more pages follow, and a page may be empty all the same. */
export const ListCatalogsResponse = z.object({
  catalogs: z.array(CatalogInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListCatalogsResponse = z.infer<typeof ListCatalogsResponse>;

export const SchemaInfo = z.object({
  ...audit,
  name: z.string(),
  catalog_name: z.string(),
  full_name: z.string().optional(),
  schema_id: z.string().optional(),
  comment: z.string().optional(),
  catalog_type: z.string().optional(),
  metastore_id: z.string().optional(),
  properties: properties.optional(),
  storage_root: z.string().optional(),
  storage_location: z.string().optional(),
  browse_only: z.boolean().optional(),
  securable_type: z.string().optional(),
  securable_kind: z.string().optional(),
});
export type SchemaInfo = z.infer<typeof SchemaInfo>;

export const ListSchemasResponse = z.object({
  schemas: z.array(SchemaInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListSchemasResponse = z.infer<typeof ListSchemasResponse>;

export const MetastoreSummaryResponse = z.object({
  metastore_id: z.string(),
  name: z.string(),
  cloud: z.string().optional(),
  region: z.string().optional(),
  /** `cloud:region:uuid`, the sharing identifier. */
  global_metastore_id: z.string().optional(),
  owner: z.string().optional(),
  storage_root: z.string().optional(),
  delta_sharing_scope: z.string().optional(),
  privilege_model_version: z.string().optional(),
});
export type MetastoreSummaryResponse = z.infer<typeof MetastoreSummaryResponse>;

export const MetastoreAssignment = z.object({
  metastore_id: z.string(),
  workspace_id: z.union([z.number(), z.string()]).optional(),
  default_catalog_name: z.string().optional(),
});
export type MetastoreAssignment = z.infer<typeof MetastoreAssignment>;
