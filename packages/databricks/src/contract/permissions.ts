import { z } from "zod";

/** Privileges in REST spelling, with underscores: `USE_CATALOG`, `ALL_PRIVILEGES`. Order is not defined. */
export const PrivilegeAssignmentInfo = z.object({
  principal: z.string(),
  privileges: z.array(z.string()).optional(),
});
export type PrivilegeAssignmentInfo = z.infer<typeof PrivilegeAssignmentInfo>;

/** Direct grants only. */
export const PermissionsResponse = z.object({
  privilege_assignments: z.array(PrivilegeAssignmentInfo).optional(),
  next_page_token: z.string().optional(),
});
export type PermissionsResponse = z.infer<typeof PermissionsResponse>;

export const UpdatePermissionsRequest = z.object({
  changes: z.array(
    z.object({
      principal: z.string(),
      add: z.array(z.string()).optional(),
      remove: z.array(z.string()).optional(),
    }),
  ),
  omit_permissions_in_response: z.boolean().optional(),
});
export type UpdatePermissionsRequest = z.infer<typeof UpdatePermissionsRequest>;

/** `inherited_from_*` are absent for a grant on the securable itself. */
export const EffectivePrivilegeInfo = z.object({
  privilege: z.string(),
  /** CATALOG, SCHEMA, METASTORE … in upper case. */
  inherited_from_type: z.string().optional(),
  inherited_from_name: z.string().optional(),
});
export type EffectivePrivilegeInfo = z.infer<typeof EffectivePrivilegeInfo>;

export const EffectivePermissionsResponse = z.object({
  privilege_assignments: z
    .array(z.object({ principal: z.string(), privileges: z.array(EffectivePrivilegeInfo).optional() }))
    .optional(),
  next_page_token: z.string().optional(),
});
export type EffectivePermissionsResponse = z.infer<typeof EffectivePermissionsResponse>;

/** One resource quota: how many children of a kind a securable has, and may have. */
export const QuotaInfo = z.object({
  parent_securable_type: z.string(),
  parent_full_name: z.string(),
  quota_name: z.string(),
  quota_count: z.number().optional(),
  quota_limit: z.number().optional(),
  /** Epoch milliseconds: the service counts now and then. */
  last_refreshed_at: z.number().optional(),
});
export type QuotaInfo = z.infer<typeof QuotaInfo>;

export const ListQuotasResponse = z.object({
  quotas: z.array(QuotaInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListQuotasResponse = z.infer<typeof ListQuotasResponse>;
