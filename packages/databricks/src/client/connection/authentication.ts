import { WorkspaceError } from "@clone-xs/unity";
import type { Authentication, FoundSettings } from "./config.ts";
import { Secret } from "./secret.ts";

const supported = ["pat", "oauth-m2m"] as const;
type AuthType = (typeof supported)[number];

/**
 * Chooses how to authenticate from what was found: the forced `auth_type`, else the method whose settings were given most
 * directly. Throws CONFIGURATION when nothing fits, when two fit equally, and for methods that are not supported.
 */
export function chooseAuthentication(settings: FoundSettings, host: string): Authentication {
  const type = forcedType(settings) ?? inferredType(settings, host);
  return type === "pat" ? withToken(settings) : withClient(settings);
}

function forcedType({ auth_type }: FoundSettings): AuthType | undefined {
  if (auth_type === undefined) return undefined;
  const type = supported.find((name) => name === auth_type.value);
  if (type !== undefined) return type;
  throw new WorkspaceError(
    "CONFIGURATION",
    `auth_type ${auth_type.value} (${auth_type.source}) is not supported. Supported: pat (a personal access token in DATABRICKS_TOKEN) and oauth-m2m (DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET of a service principal).`,
  );
}

function inferredType({ token, client_id, client_secret }: FoundSettings, host: string): AuthType {
  const client = [client_id, client_secret].filter((setting) => setting !== undefined);
  if (token === undefined && client.length === 0)
    throw new WorkspaceError(
      "CONFIGURATION",
      `No credentials for ${host}. Set DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or name a profile of ~/.databrickscfg that has them.`,
    );
  if (token === undefined) return "oauth-m2m";
  if (client.length === 0) return "pat";
  const clientRank = Math.min(...client.map((setting) => setting.rank));
  if (token.rank === clientRank)
    throw new WorkspaceError(
      "CONFIGURATION",
      `Both a token (${token.source}) and a client (${client[0]?.source}) are configured. Unset one, or choose with DATABRICKS_AUTH_TYPE=pat or DATABRICKS_AUTH_TYPE=oauth-m2m.`,
    );
  return token.rank < clientRank ? "pat" : "oauth-m2m";
}

function withToken({ token }: FoundSettings): Authentication {
  if (token === undefined) throw missing("token", "DATABRICKS_TOKEN");
  refuseUnprintable(token.value, token.source);
  return { type: "pat", token: new Secret(token.value) };
}

function withClient({ client_id, client_secret }: FoundSettings): Authentication {
  if (client_id === undefined) throw missing("client_id", "DATABRICKS_CLIENT_ID");
  if (client_secret === undefined) throw missing("client_secret", "DATABRICKS_CLIENT_SECRET");
  return { type: "oauth-m2m", clientId: client_id.value, clientSecret: new Secret(client_secret.value) };
}

function missing(setting: string, variable: string): WorkspaceError {
  return new WorkspaceError(
    "CONFIGURATION",
    `The setting ${setting} is missing. Set ${variable}, or \`${setting}\` in the profile.`,
  );
}

/** A line break or other control character cannot be sent in a header; the HTTP library's own message would show the token. */
function refuseUnprintable(token: string, source: string): void {
  if (!/^[\u0021-\u007e]+$/u.test(token))
    throw new WorkspaceError(
      "CONFIGURATION",
      `The token in ${source} contains a space, line break or character that no token has. Copy it again.`,
    );
}
