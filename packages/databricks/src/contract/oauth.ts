import { z } from "zod";

export const OAuthDiscovery = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string(),
  grant_types_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
});
export type OAuthDiscovery = z.infer<typeof OAuthDiscovery>;

/** Form fields of the machine-to-machine grant; the client authenticates by HTTP Basic. */
export const clientCredentialsForm = { grant_type: "client_credentials", scope: "all-apis" } as const;

export const OAuthToken = z.object({
  access_token: z.string(),
  token_type: z.string(),
  /** Seconds. */
  expires_in: z.number(),
  scope: z.string().optional(),
});
export type OAuthToken = z.infer<typeof OAuthToken>;

/** Both shapes are seen: the standard's, and the one of some identity providers. */
export const OAuthError = z.object({
  error: z.string().optional(),
  error_description: z.string().optional(),
  errorCode: z.string().optional(),
  errorSummary: z.string().optional(),
});
export type OAuthError = z.infer<typeof OAuthError>;
