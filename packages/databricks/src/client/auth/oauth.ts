import { WorkspaceError } from "@clone-xs/unity";
import { clientCredentialsForm, endpoints, OAuthDiscovery, OAuthToken } from "../../contract/index.ts";
import type { Secret } from "../connection/secret.ts";
import type { Outage } from "../http/outage.ts";
import { type Effects, type Patience, sendWithRetry } from "../http/retry.ts";
import type { RawRequest, Send } from "../http/transport.ts";
import type { Authorizer } from "./authorizer.ts";

export interface ClientCredentials {
  readonly host: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly send: Send;
  readonly effects: Effects;
  readonly patience: Patience;
  readonly outage: Outage;
}

interface HeldToken {
  readonly header: string;
  readonly expiresAt: number;
}

/** A token with less than this left is not used: the service refuses some that end within 30 s. */
const MARGIN_MS = 40_000;

/**
 * OAuth for service principals (client credentials grant). The token endpoint is discovered at the workspace, the token is
 * kept until shortly before it ends, and concurrent requests share one renewal.
 */
export function clientCredentialsAuthorizer(credentials: ClientCredentials): Authorizer {
  const { now } = credentials.effects;
  let held: HeldToken | undefined;
  let pending: Promise<HeldToken> | undefined;

  const renewed = async (): Promise<HeldToken> => {
    pending ??= fetchToken(credentials).finally(() => {
      pending = undefined;
    });
    held = await pending;
    return held;
  };

  return {
    header: async () =>
      (held !== undefined && held.expiresAt - now() > MARGIN_MS ? held : await renewed()).header,
    renew: (refused) => {
      if (held?.header === refused) held = undefined;
      return true;
    },
  };
}

async function fetchToken(credentials: ClientCredentials): Promise<HeldToken> {
  const { clientId, clientSecret, effects } = credentials;
  const url = await discoverTokenEndpoint(credentials);
  const basic = Buffer.from(
    `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret.reveal())}`,
  ).toString("base64");
  const requested = effects.now();
  const text = await exchange(credentials, {
    method: "POST",
    url,
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams(clientCredentialsForm).toString(),
  }).catch((error: unknown) => {
    throw explainRefusal(error, clientId, url);
  });
  const token = parseWith(OAuthToken, text);
  if (token === undefined)
    throw new WorkspaceError(
      "UNAUTHENTICATED",
      `${url} did not answer with a token. Is DATABRICKS_HOST the address of the workspace?`,
    );
  return { header: `Bearer ${token.access_token}`, expiresAt: requested + token.expires_in * 1000 };
}

/** The endpoint that the workspace announces, when it is secure or on the same host; else the documented default. */
async function discoverTokenEndpoint(credentials: ClientCredentials): Promise<string> {
  const { host } = credentials;
  const fallback = host + endpoints.oauthToken.path;
  try {
    const text = await exchange(credentials, {
      method: "GET",
      url: host + endpoints.oauthDiscovery.path,
      headers: { accept: "application/json" },
    });
    const announced = parseWith(OAuthDiscovery, text)?.token_endpoint ?? fallback;
    return announced.startsWith("https://") || announced.startsWith(`${host}/`) ? announced : fallback;
  } catch (error) {
    if (error instanceof WorkspaceError && (error.code === "INVALID_REQUEST" || error.code === "NOT_FOUND"))
      return fallback;
    throw error;
  }
}

function exchange(
  { host, send, effects, patience, outage }: ClientCredentials,
  request: RawRequest,
): Promise<string> {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  return sendWithRetry(() => send(request), { what, host, effect: "read", effects, patience, outage });
}

function explainRefusal(error: unknown, clientId: string, url: string): unknown {
  const refused =
    error instanceof WorkspaceError &&
    ["INVALID_REQUEST", "UNAUTHENTICATED", "PERMISSION_DENIED"].includes(error.code);
  if (!refused) return error;
  return new WorkspaceError(
    "UNAUTHENTICATED",
    `${new URL(url).origin} refused the service principal ${clientId}: ${error.message}. Check DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or the profile that names them.`,
    { cause: error },
  );
}

function parseWith<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  text: string,
): T | undefined {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // Not JSON: a login page. The caller says so in its own words.
    return undefined;
  }
}
