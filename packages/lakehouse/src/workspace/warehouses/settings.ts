import type { WarehouseSettings } from "@clone-xs/databricks/contract";
import { WorkspaceError } from "@clone-xs/unity";
import type { WarehouseRecord } from "../../metastore/metastore.ts";
import { present } from "../catalog/present.ts";

const sizes = [
  "2X-Small",
  "X-Small",
  "Small",
  "Medium",
  "Large",
  "X-Large",
  "2X-Large",
  "3X-Large",
  "4X-Large",
];

/** Clusters of one warehouse at most. Source: SQL Warehouses API, "max_num_clusters". */
const MOST_CLUSTERS = 40;

/** A warehouse from what was asked for, with the service's defaults. Throws INVALID_REQUEST. */
export function newWarehouse(
  settings: WarehouseSettings,
  { id, creator }: { readonly id: string; readonly creator: string },
): WarehouseRecord {
  if (settings.cluster_size === undefined) throw invalid("cluster_size is required.");
  return changedWarehouse(
    {
      id,
      name: "",
      clusterSize: settings.cluster_size,
      minClusters: 1,
      maxClusters: 1,
      autoStopMinutes: 120,
      warehouseType: settings.enable_serverless_compute === true ? "PRO" : "CLASSIC",
      serverless: false,
      photon: true,
      spotInstancePolicy: "COST_OPTIMIZED",
      channel: "CHANNEL_NAME_CURRENT",
      tags: [],
      creator,
      stopped: false,
      permissions: [{ principal: creator, level: "IS_OWNER" }],
    },
    settings,
  );
}

/** A warehouse with changed settings; what is absent stays. Throws INVALID_REQUEST. */
export function changedWarehouse(before: WarehouseRecord, settings: WarehouseSettings): WarehouseRecord {
  const { warehouse_type, min_num_clusters, max_num_clusters } = settings;
  const after: WarehouseRecord = {
    ...before,
    ...present({
      name: settings.name?.trim(),
      clusterSize: settings.cluster_size,
      minClusters: min_num_clusters,
      maxClusters: max_num_clusters ?? (min_num_clusters && Math.max(min_num_clusters, before.maxClusters)),
      autoStopMinutes: settings.auto_stop_mins,
      warehouseType: warehouse_type === "TYPE_UNSPECIFIED" ? undefined : warehouse_type,
      serverless: settings.enable_serverless_compute,
      photon: settings.enable_photon,
      spotInstancePolicy: settings.spot_instance_policy,
      channel: settings.channel?.name,
      tags: settings.tags?.custom_tags,
    }),
  };
  requireValid(after);
  return after;
}

function requireValid(warehouse: WarehouseRecord): void {
  const { name, clusterSize, minClusters, maxClusters, autoStopMinutes } = warehouse;
  if (name === "") throw invalid("name is required.");
  if (!sizes.includes(clusterSize)) throw invalid(`${clusterSize} is no cluster size: ${sizes.join(", ")}.`);
  const whole = [minClusters, maxClusters].every((count) => Number.isInteger(count));
  if (!whole || minClusters < 1 || maxClusters < minClusters || maxClusters > MOST_CLUSTERS)
    throw invalid(
      `min_num_clusters and max_num_clusters must be whole numbers with 1 ≤ min ≤ max ≤ ${MOST_CLUSTERS}.`,
    );
  if (!Number.isInteger(autoStopMinutes) || autoStopMinutes < 0)
    throw invalid("auto_stop_mins must be 0 (never) or a number of minutes.");
  if (warehouse.serverless && warehouse.warehouseType !== "PRO")
    throw invalid("Invalid warehouseType: Serverless is only available for PRO warehouses.");
}

function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}
