import { z } from "zod";

/** SCIM `Me`: who the credentials belong to. A service principal's `userName` is its application id. */
export const MeResponse = z.object({
  id: z.string().optional(),
  userName: z.string(),
  displayName: z.string().optional(),
  active: z.boolean().optional(),
  emails: z
    .array(z.object({ value: z.string(), type: z.string().optional(), primary: z.boolean().optional() }))
    .optional(),
  groups: z
    .array(
      z.object({ display: z.string().optional(), value: z.string().optional(), type: z.string().optional() }),
    )
    .optional(),
});
export type MeResponse = z.infer<typeof MeResponse>;

/** The first call of every recent SDK; its absence is not an error. */
export const WellKnownConfig = z.object({
  oidc_endpoint: z.string().optional(),
  account_id: z.string().optional(),
  workspace_id: z.union([z.number(), z.string()]).optional(),
  cloud: z.string().optional(),
  host_type: z.string().optional(),
});
export type WellKnownConfig = z.infer<typeof WellKnownConfig>;
