import { z } from "zod";

export const VolumeInfo = z.object({
  name: z.string(),
  catalog_name: z.string(),
  schema_name: z.string(),
  full_name: z.string().optional(),
  volume_id: z.string().optional(),
  volume_type: z.enum(["MANAGED", "EXTERNAL"]),
  storage_location: z.string().optional(),
  owner: z.string().optional(),
  comment: z.string().optional(),
  metastore_id: z.string().optional(),
  created_at: z.number().optional(),
  created_by: z.string().optional(),
  updated_at: z.number().optional(),
  updated_by: z.string().optional(),
});
export type VolumeInfo = z.infer<typeof VolumeInfo>;

export const ListVolumesResponse = z.object({
  volumes: z.array(VolumeInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListVolumesResponse = z.infer<typeof ListVolumesResponse>;
