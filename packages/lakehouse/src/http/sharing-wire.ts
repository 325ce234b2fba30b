import type {
  ProviderInfo,
  RecipientInfo,
  SharedDataObject,
  SharedDataObjectUpdate,
  ShareInfo,
  UpdatePermissionsRequest,
} from "@clone-xs/databricks/contract";
import type { Provider, ShareGrantChanges, SharedObjectType, ShareUpdate } from "@clone-xs/unity";
import type { Stamped } from "../metastore/metastore.ts";
import type { RecipientRecord, ShareObject, ShareRecord } from "../metastore/shares.ts";
import { currentState } from "../sharing/states.ts";
import { present } from "../workspace/catalog/present.ts";
import { invalidParameter } from "./refusal.ts";

/** A share as the REST API shows it; what it holds only when asked for. */
export function shareInfo(record: ShareRecord, withObjects = false): ShareInfo {
  const { name } = record;
  return {
    name,
    ...stamps(record),
    ...(withObjects && { objects: currentState(record).objects.map(dataObject) }),
  };
}

function dataObject({
  name,
  type,
  sharedAs,
  history,
  changeData,
  addedAt,
  addedBy,
}: ShareObject): SharedDataObject {
  return {
    name,
    data_object_type: type,
    shared_as: sharedAs,
    history_data_sharing_status: history === true ? "ENABLED" : "DISABLED",
    cdf_enabled: changeData === true,
    added_at: addedAt,
    added_by: addedBy,
    status: "ACTIVE",
  };
}

export function recipientInfo(record: RecipientRecord): RecipientInfo {
  const { name, globalMetastoreId } = record;
  return {
    name,
    authentication_type: "DATABRICKS",
    data_recipient_global_metastore_id: globalMetastoreId,
    activated: true,
    ...placeOf(globalMetastoreId),
    ...stamps(record),
  };
}

export function providerInfo({ name, globalMetastoreId }: Provider): ProviderInfo {
  return {
    name,
    authentication_type: "DATABRICKS",
    activated_by_provider: true,
    ...(globalMetastoreId !== undefined && {
      data_provider_global_metastore_id: globalMetastoreId,
      ...placeOf(globalMetastoreId),
    }),
  };
}

/** The parts of a sharing identifier. */
function placeOf(globalMetastoreId: string) {
  const [cloud = "", region = "", metastore_id = ""] = globalMetastoreId.split(":");
  return { cloud, region, metastore_id };
}

function stamps({ owner, comment, createdAt, createdBy, updatedAt, updatedBy }: Stamped) {
  return {
    owner,
    created_at: createdAt,
    created_by: createdBy,
    updated_at: updatedAt,
    updated_by: updatedBy,
    ...present({ comment }),
  };
}

const TYPES: ReadonlySet<string> = new Set<SharedObjectType>([
  "TABLE",
  "VIEW",
  "VOLUME",
  "SCHEMA",
  "FUNCTION",
]);

function isSharedType(type: string): type is SharedObjectType {
  return TYPES.has(type);
}

/** What an update says; of an object that is in the share, what it leaves out stays. Throws INVALID_PARAMETER_VALUE. */
export function shareUpdate(
  { action, data_object }: SharedDataObjectUpdate,
  share: ShareRecord,
): ShareUpdate {
  const { data_object_type: type = "TABLE", history_data_sharing_status: history, cdf_enabled } = data_object;
  if (!isSharedType(type)) throw invalidParameter(`The embedded workspace does not share a ${type}.`);
  const name = data_object.name.toLowerCase();
  const held =
    action === "ADD" ? undefined : currentState(share).objects.find((object) => object.name === name);
  const alias = data_object.shared_as ?? data_object.string_shared_as;
  return {
    action,
    object: {
      ...held,
      name,
      type,
      sharedAs: alias ?? held?.sharedAs ?? name.split(".").slice(1).join("."),
      ...(history !== undefined && { history: history === "ENABLED" }),
      ...(cdf_enabled !== undefined && { changeData: cdf_enabled }),
    },
  };
}

/** Recipients that gain and lose SELECT. Throws INVALID_PARAMETER_VALUE for any other privilege. */
export function grantChangesOf(changes: UpdatePermissionsRequest["changes"]): ShareGrantChanges {
  const other = changes
    .flatMap(({ add = [], remove = [] }) => [...add, ...remove])
    .find((p) => p !== "SELECT");
  if (other !== undefined)
    throw invalidParameter(`Privilege ${other} is not applicable to this entity [SHARE].`);
  const both = changes.find(({ add = [], remove = [] }) => add.length > 0 && remove.length > 0);
  if (both !== undefined)
    throw invalidParameter(`Duplicate privileges to add and delete for principal ${both.principal}.`);
  return {
    add: changes.filter(({ add = [] }) => add.length > 0).map(({ principal }) => principal),
    remove: changes.filter(({ remove = [] }) => remove.length > 0).map(({ principal }) => principal),
  };
}
