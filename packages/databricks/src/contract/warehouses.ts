import { z } from "zod";

const Tags = z.object({
  custom_tags: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
});

export const WarehouseInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** RUNNING, STARTING, STOPPED, STOPPING, DELETED, DELETING. */
  state: z.string().optional(),
  cluster_size: z.string().optional(),
  min_num_clusters: z.number().optional(),
  max_num_clusters: z.number().optional(),
  auto_stop_mins: z.number().optional(),
  num_clusters: z.number().optional(),
  num_active_sessions: z.number().optional(),
  /** CLASSIC or PRO; serverless is PRO with `enable_serverless_compute`. */
  warehouse_type: z.string().optional(),
  enable_serverless_compute: z.boolean().optional(),
  enable_photon: z.boolean().optional(),
  spot_instance_policy: z.string().optional(),
  channel: z.object({ name: z.string().optional() }).optional(),
  creator_name: z.string().optional(),
  tags: Tags.optional(),
  health: z.object({ status: z.string().optional() }).optional(),
  jdbc_url: z.string().optional(),
  odbc_params: z
    .object({
      hostname: z.string().optional(),
      path: z.string().optional(),
      protocol: z.string().optional(),
      port: z.number().optional(),
    })
    .optional(),
});
export type WarehouseInfo = z.infer<typeof WarehouseInfo>;

export const ListWarehousesResponse = z.object({
  warehouses: z.array(WarehouseInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListWarehousesResponse = z.infer<typeof ListWarehousesResponse>;

/** Creating and editing; what an edit leaves out stays as it was. */
export const WarehouseSettings = z.object({
  name: z.string().optional(),
  cluster_size: z.string().optional(),
  min_num_clusters: z.number().optional(),
  max_num_clusters: z.number().optional(),
  auto_stop_mins: z.number().optional(),
  warehouse_type: z.enum(["TYPE_UNSPECIFIED", "CLASSIC", "PRO"]).optional(),
  enable_serverless_compute: z.boolean().optional(),
  enable_photon: z.boolean().optional(),
  spot_instance_policy: z.string().optional(),
  channel: z.object({ name: z.string().optional() }).optional(),
  tags: Tags.optional(),
});
export type WarehouseSettings = z.infer<typeof WarehouseSettings>;

/** Permissions API 2.0. A principal is named by the member of its kind. */
export const AccessControlRequest = z.object({
  access_control_list: z
    .array(
      z.object({
        user_name: z.string().optional(),
        group_name: z.string().optional(),
        service_principal_name: z.string().optional(),
        permission_level: z.string(),
      }),
    )
    .optional(),
});
export type AccessControlRequest = z.infer<typeof AccessControlRequest>;
