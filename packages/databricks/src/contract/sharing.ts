import { z } from "zod";

/** Times are epoch milliseconds. */
const audit = {
  owner: z.string().optional(),
  created_at: z.number().optional(),
  created_by: z.string().optional(),
  updated_at: z.number().optional(),
  updated_by: z.string().optional(),
};

/** Updates that one PATCH of a share takes. Source: Shares API, "Update a share". */
export const SHARE_UPDATES_AT_ONCE = 100;

/** An object of a share, as its provider sees it. */
export const SharedDataObject = z.object({
  /** Three-level name; of a schema two levels. */
  name: z.string(),
  /** TABLE, VIEW, VOLUME, SCHEMA, FUNCTION, MATERIALIZED_VIEW, STREAMING_TABLE, FOREIGN_TABLE, MODEL, NOTEBOOK_FILE … */
  data_object_type: z.string().optional(),
  comment: z.string().optional(),
  /** `schema.name` under which recipients see what is like a table. Letters, digits and underscores. */
  shared_as: z.string().optional(),
  /** The same for volumes, functions and models. */
  string_shared_as: z.string().optional(),
  /** ENABLED or DISABLED; DISABLED when absent. */
  history_data_sharing_status: z.string().optional(),
  cdf_enabled: z.boolean().optional(),
  /** Oldest version whose changes are shared. */
  start_version: z.number().optional(),
  partitions: z.array(z.unknown()).optional(),
  added_at: z.number().optional(),
  added_by: z.string().optional(),
  /** ACTIVE, or PERMISSION_DENIED when the share's owner has lost the right to read. */
  status: z.string().optional(),
});
export type SharedDataObject = z.infer<typeof SharedDataObject>;

export const ShareInfo = z.object({
  ...audit,
  name: z.string(),
  comment: z.string().optional(),
  /** Only with `include_shared_data`. */
  objects: z.array(SharedDataObject).optional(),
});
export type ShareInfo = z.infer<typeof ShareInfo>;

export const ListSharesResponse = z.object({
  shares: z.array(ShareInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListSharesResponse = z.infer<typeof ListSharesResponse>;

export const CreateShareRequest = z.object({ name: z.string(), comment: z.string().optional() });
export type CreateShareRequest = z.infer<typeof CreateShareRequest>;

export const SharedDataObjectUpdate = z.object({
  action: z.enum(["ADD", "REMOVE", "UPDATE"]),
  data_object: SharedDataObject,
});
export type SharedDataObjectUpdate = z.infer<typeof SharedDataObjectUpdate>;

/** All updates or none. */
export const UpdateShareRequest = z.object({
  updates: z.array(SharedDataObjectUpdate).optional(),
  comment: z.string().optional(),
  owner: z.string().optional(),
  new_name: z.string().optional(),
});
export type UpdateShareRequest = z.infer<typeof UpdateShareRequest>;

export const RecipientInfo = z.object({
  ...audit,
  name: z.string(),
  /** DATABRICKS, TOKEN, OIDC_FEDERATION … */
  authentication_type: z.string().optional(),
  /** `cloud:region:uuid` of the receiving metastore; absent for recipients outside Databricks. */
  data_recipient_global_metastore_id: z.string().optional(),
  comment: z.string().optional(),
  cloud: z.string().optional(),
  region: z.string().optional(),
  metastore_id: z.string().optional(),
  activated: z.boolean().optional(),
});
export type RecipientInfo = z.infer<typeof RecipientInfo>;

export const ListRecipientsResponse = z.object({
  recipients: z.array(RecipientInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListRecipientsResponse = z.infer<typeof ListRecipientsResponse>;

export const CreateRecipientRequest = z.object({
  name: z.string(),
  authentication_type: z.string(),
  data_recipient_global_metastore_id: z.string().optional(),
  comment: z.string().optional(),
});
export type CreateRecipientRequest = z.infer<typeof CreateRecipientRequest>;

export const ProviderInfo = z.object({
  ...audit,
  name: z.string(),
  authentication_type: z.string().optional(),
  /** `cloud:region:uuid` of the sharing metastore; absent for providers outside Databricks. */
  data_provider_global_metastore_id: z.string().optional(),
  activated_by_provider: z.boolean().optional(),
  comment: z.string().optional(),
  cloud: z.string().optional(),
  region: z.string().optional(),
  metastore_id: z.string().optional(),
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;

export const ListProvidersResponse = z.object({
  providers: z.array(ProviderInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListProvidersResponse = z.infer<typeof ListProvidersResponse>;

export const ListProviderSharesResponse = z.object({
  shares: z.array(z.object({ name: z.string() })).optional(),
  next_page_token: z.string().optional(),
});
export type ListProviderSharesResponse = z.infer<typeof ListProviderSharesResponse>;

/** Each of `tables`, `volumes` and `functions` of an asset listing is cut at its own `…_max_results`; there are no pages. */
const asset = {
  name: z.string(),
  schema: z.string(),
  share: z.string().optional(),
  id: z.string().optional(),
};

export const SharedTableAsset = z.object({
  ...asset,
  comment: z.string().optional(),
  /** `type`: VIEW, MATERIALIZED_VIEW, STREAMING_TABLE, FOREIGN_TABLE, DIRECTORY_BASED_TABLE … */
  internal_attributes: z.object({ type: z.string().optional() }).optional(),
});
export type SharedTableAsset = z.infer<typeof SharedTableAsset>;

/** What a share of a provider holds, as its recipient sees it. Source: Providers API, "List assets by provider share". */
export const ListShareAssetsResponse = z.object({
  tables: z.array(SharedTableAsset).optional(),
  volumes: z.array(z.object(asset)).optional(),
  functions: z.array(z.object(asset)).optional(),
});
export type ListShareAssetsResponse = z.infer<typeof ListShareAssetsResponse>;
