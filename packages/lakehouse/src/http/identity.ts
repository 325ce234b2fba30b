import {
  endpoints,
  type MeResponse,
  type OAuthDiscovery,
  type WellKnownConfig,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import { callerOf, organizationId, originOf, type ServerContext } from "./context.ts";

const TOKEN_LIFETIME_S = 3600;

/** Who am I, and how a client gets a token: SCIM Me, discovery, and the machine-to-machine grant. */
export function identityRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(endpoints.me.path, (request) => me(callerOf(request)));

  app.get(
    endpoints.wellKnownConfig.path,
    (request): WellKnownConfig => ({
      oidc_endpoint: `${originOf(request)}/oidc`,
      workspace_id: organizationId(context),
      cloud: "embedded",
      host_type: "workspace",
    }),
  );

  app.get(endpoints.oauthDiscovery.path, (request): OAuthDiscovery => {
    const origin = originOf(request);
    return {
      issuer: `${origin}/oidc`,
      authorization_endpoint: `${origin}/oidc/v1/authorize`,
      token_endpoint: `${origin}${endpoints.oauthToken.path}`,
      grant_types_supported: ["client_credentials"],
      token_endpoint_auth_methods_supported: ["client_secret_basic"],
      scopes_supported: ["all-apis", "sql"],
    };
  });

  app.post(endpoints.oauthToken.path, async (request, reply) => {
    const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
    if (form.get("grant_type") !== "client_credentials")
      return reply
        .code(400)
        .send(oauthError("unsupported_grant_type", "Only client_credentials is supported."));
    const client = clientOf(context, request);
    if (client === undefined)
      return reply.code(401).send(oauthError("invalid_client", "Client authentication failed"));
    return {
      access_token: context.metastore.issueToken(client.name, { lifetimeMs: TOKEN_LIFETIME_S * 1000 }),
      token_type: "Bearer",
      expires_in: TOKEN_LIFETIME_S,
      scope: form.get("scope") ?? "all-apis",
    };
  });
}

function me({ name, kind, groups }: PrincipalRecord): MeResponse {
  return {
    id: name,
    userName: name,
    displayName: name,
    active: true,
    ...(kind === "user" ? { emails: [{ type: "work", value: name, primary: true }] } : {}),
    groups: groups.map((group) => ({ display: group, value: group, type: "direct" })),
  };
}

/** The service principal of HTTP Basic credentials. */
function clientOf({ metastore }: ServerContext, request: FastifyRequest): PrincipalRecord | undefined {
  const encoded = /^Basic +(\S+)$/iu.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [, id = "", secret = ""] = /^([^:]*):(.*)$/su.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return metastore.principalBySecret(id, secret);
}

function oauthError(error: string, error_description: string) {
  return { error, error_description };
}
