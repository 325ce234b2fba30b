import {
  type Catalog,
  type MetastoreSummary,
  type Schema,
  type Volume,
  WorkspaceError,
} from "@clone-xs/unity";
import type { CatalogInfo, MetastoreSummaryResponse, SchemaInfo, VolumeInfo } from "../../contract/index.ts";
import { present } from "./present.ts";

export function toMetastore({
  metastore_id,
  name,
  global_metastore_id,
  cloud,
  region,
}: MetastoreSummaryResponse): MetastoreSummary {
  const globalMetastoreId =
    global_metastore_id ?? (cloud && region ? `${cloud}:${region}:${metastore_id}` : undefined);
  if (globalMetastoreId === undefined)
    throw new WorkspaceError(
      "INTERNAL",
      `The workspace does not tell the sharing identifier of its metastore ${name}.`,
    );
  return { metastoreId: metastore_id, name, globalMetastoreId };
}

export function toCatalog(catalog: CatalogInfo): Catalog {
  const { name, owner, comment, catalog_type, properties, provider_name, share_name } = catalog;
  return {
    name,
    owner: owner ?? "",
    catalogType: catalog_type ?? "MANAGED_CATALOG",
    properties: properties ?? {},
    ...(provider_name === undefined || share_name === undefined
      ? {}
      : { share: { provider: provider_name, share: share_name } }),
    ...present({ comment }),
  };
}

export function toSchema({ name, catalog_name, owner, comment, properties }: SchemaInfo): Schema {
  return {
    catalog: catalog_name,
    schema: name,
    owner: owner ?? "",
    properties: properties ?? {},
    ...present({ comment }),
  };
}

export function toVolume({
  name,
  catalog_name,
  schema_name,
  volume_type,
  storage_location,
  owner,
  comment,
}: VolumeInfo): Volume {
  return {
    catalog: catalog_name,
    schema: schema_name,
    name,
    volumeType: volume_type,
    storageLocation: storage_location ?? "",
    owner: owner ?? "",
    ...present({ comment }),
  };
}
