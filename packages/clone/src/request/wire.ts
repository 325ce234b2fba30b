import * as z from "zod";
import { targetKeys, targetSchema } from "./target-wire.ts";

const names = z.array(z.string().min(1));
const flag = z.boolean();

/**
 * Every key of `POST /api/clone` and of a configuration file, with its type. Which values are available yet is told apart
 * in `parseCloneRequest`; defaults are filled there too, so that they are written once.
 */
export const cloneRequestSchema = z.strictObject({
  source_catalog: z.string().min(1),
  destination_catalog: z.string().min(1),
  clone_type: z.enum(["DEEP", "SHALLOW"]).optional(),
  load_type: z.enum(["FULL", "INCREMENTAL", "SELECTIVE"]).optional(),
  dry_run: flag.optional(),
  include_schemas: names.optional(),
  exclude_schemas: names.optional(),
  include_tables_regex: z.string().nullable().optional(),
  exclude_tables_regex: z.string().nullable().optional(),
  include_objects: z
    .array(
      z.strictObject({
        schema: z.string().min(1),
        name: z.string().min(1),
        type: z.enum(["table", "view", "function", "volume"]),
      }),
    )
    .optional(),
  copy_permissions: flag.optional(),
  copy_ownership: flag.optional(),
  copy_tags: flag.optional(),
  copy_properties: flag.optional(),
  copy_security: flag.optional(),
  copy_constraints: flag.optional(),
  copy_comments: flag.optional(),
  clone_views: flag.optional(),
  clone_functions: flag.optional(),
  clone_volumes: flag.optional(),
  as_of_timestamp: z.string().nullable().optional(),
  as_of_version: z
    .union([z.int().nonnegative(), z.string().regex(/^\d+$/u)])
    .nullable()
    .optional(),
  where_clauses: z.record(z.string(), z.string()).optional(),
  schema_only: flag.optional(),
  force_reclone: flag.optional(),
  replace_foreign: flag.optional(),
  on_target_modified: z.enum(["fail", "skip", "overwrite"]).optional(),
  clone_tbl_properties: z.record(z.string().min(1), z.string()).optional(),
  quiesce_source: flag.optional(),
  quiesce_until: z.enum(["cloned", "pinned"]).optional(),
  quiesce_wide: flag.optional(),
  prune: z.enum(["report", "drop"]).optional(),
  access: z.enum(["report", "refuse"]).optional(),
  validate_after_clone: flag.optional(),
  enable_rollback: flag.optional(),
  location: z.string().nullable().optional(),
  warehouse_id: z.string().nullable().optional(),
  max_workers: z.int().min(1).max(64).optional(),
  max_parallel_queries: z.int().min(1).max(256).optional(),
  target_workspace: targetSchema.nullable().optional(),
  target_workspaces: z.array(targetSchema).optional(),
  fanout_max_parallel: z.int().min(1).optional(),
  strict: flag.optional(),
});

/** A clone request as JSON or YAML writes it. */
export type CloneRequestWire = z.input<typeof cloneRequestSchema>;
export type CloneRequestKey = keyof CloneRequestWire;

export const cloneRequestKeys = Object.keys(cloneRequestSchema.shape) as readonly CloneRequestKey[];

/** The known keys of the object at a path of the request; empty path: the request itself. */
export function requestKeysAt(path: string): readonly string[] {
  if (path === "") return cloneRequestKeys;
  return path.startsWith("target_workspace") ? targetKeys : ["schema", "name", "type"];
}
