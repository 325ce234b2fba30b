import type {
  Provider,
  ReceivedObject,
  Recipient,
  Share,
  SharedObject,
  SharedObjectType,
  ShareSummary,
  ShareUpdate,
} from "@clone-xs/unity";
import type {
  ListShareAssetsResponse,
  ProviderInfo,
  RecipientInfo,
  SharedDataObject,
  SharedDataObjectUpdate,
  ShareInfo,
} from "../../contract/index.ts";
import { present } from "../unity/present.ts";

export function toRecipient({
  name,
  owner = "",
  authentication_type: authenticationType = "",
  data_recipient_global_metastore_id: globalMetastoreId,
  comment,
}: RecipientInfo): Recipient {
  return { name, authenticationType, owner, ...present({ globalMetastoreId, comment }) };
}

export function toProvider({
  name,
  data_provider_global_metastore_id: globalMetastoreId,
}: ProviderInfo): Provider {
  return { name, ...present({ globalMetastoreId }) };
}

export function toShareSummary({ name, owner = "", comment }: ShareInfo): ShareSummary {
  return { name, owner, ...present({ comment }) };
}

/** Without what is shared beside tables, views, volumes, functions and schemas: models, notebooks, feature specifications. */
export function toShare(share: ShareInfo): Share {
  return { ...toShareSummary(share), objects: (share.objects ?? []).flatMap(toSharedObject) };
}

/** Kinds that are shared in the manner of others are read as those. */
const TYPES: Readonly<Record<string, SharedObjectType>> = {
  TABLE: "TABLE",
  STREAMING_TABLE: "TABLE",
  FOREIGN_TABLE: "TABLE",
  VIEW: "VIEW",
  MATERIALIZED_VIEW: "VIEW",
  VOLUME: "VOLUME",
  SCHEMA: "SCHEMA",
  FUNCTION: "FUNCTION",
};

function toSharedObject(object: SharedDataObject): SharedObject[] {
  const { name, data_object_type = "TABLE", history_data_sharing_status: history, cdf_enabled } = object;
  const type = TYPES[data_object_type];
  if (type === undefined) return [];
  return [
    {
      name,
      type,
      sharedAs: object.shared_as ?? object.string_shared_as ?? name.split(".").slice(1).join("."),
      ...present({
        history: history === undefined ? undefined : history === "ENABLED",
        changeData: cdf_enabled,
      }),
    },
  ];
}

/** Said of history only what is known: the service takes a missing status for DISABLED. A schema has no alias. */
export function toUpdate({ action, object }: ShareUpdate): SharedDataObjectUpdate {
  const { name, type, sharedAs, history, changeData } = object;
  return {
    action,
    data_object: {
      name,
      data_object_type: type,
      ...(type === "TABLE" || type === "VIEW" ? { shared_as: sharedAs } : {}),
      ...(type === "VOLUME" || type === "FUNCTION" ? { string_shared_as: sharedAs } : {}),
      ...(history === undefined ? {} : { history_data_sharing_status: history ? "ENABLED" : "DISABLED" }),
      ...(changeData === undefined ? {} : { cdf_enabled: changeData }),
    },
  };
}

const VIEWS = new Set(["VIEW", "MATERIALIZED_VIEW"]);

export function toReceivedObjects({
  tables = [],
  volumes = [],
  functions = [],
}: ListShareAssetsResponse): ReceivedObject[] {
  const named = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`;
  return [
    ...tables.map((table): ReceivedObject => {
      const view = VIEWS.has(table.internal_attributes?.type ?? "");
      return { type: view ? "VIEW" : "TABLE", sharedAs: named(table) };
    }),
    ...volumes.map((volume): ReceivedObject => ({ type: "VOLUME", sharedAs: named(volume) })),
    ...functions.map((routine): ReceivedObject => ({ type: "FUNCTION", sharedAs: named(routine) })),
  ];
}
