import * as z from "zod";

/** `null` and empty text ask for nothing, as a form sends them. */
const text = z.string().nullable().optional();

/**
 * One target as JSON or YAML writes it: a saved connection by its name, or how to connect to a workspace that is not saved. Which keys
 * belong together is told apart in `targetProblems`.
 */
export const targetSchema = z.union([
  z.string().min(1),
  z.strictObject({
    connection: text.describe("Name of a saved connection"),
    name: text.describe("How the target is called in results and logs; the connection's name when absent"),
    destination_catalog: text.describe("Catalog on this target; the request's when absent"),
    data_sync_mode: z.enum(["snapshot_once", "incremental", "force_full"]).nullable().optional(),
    auto_handle_masks: z.boolean().nullable().optional(),
    cleanup_after_clone: z.boolean().nullable().optional(),
    host: text,
    auth_method: z.enum(["pat", "service_principal", "profile"]).nullable().optional(),
    token: text,
    client_id: text,
    client_secret: text,
    profile: text,
    warehouse_id: text,
  }),
]);

export type TargetWire = z.input<typeof targetSchema>;
export type TargetObject = Exclude<TargetWire, string>;
export type TargetKey = keyof TargetObject;

export const targetKeys = Object.keys(targetSchema.options[1].shape) as readonly TargetKey[];
