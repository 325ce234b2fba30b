import {
  type ConnectDependencies,
  type ConnectionInputs,
  type ConnectionSettings,
  connectDatabricks,
  resolveConnection,
} from "@clone-xs/databricks/client";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { isLoopback } from "../access/access.ts";
import type { ConnectionDetails } from "./details.ts";

/**
 * Signs in to a workspace. Throws UNAUTHENTICATED, UNAVAILABLE or CONFIGURATION, each with the way out. Whoever opened it closes it;
 * once `signal` is aborted, a host that does not answer is not waited for.
 */
export type OpenWorkspace = (details: ConnectionDetails, signal?: AbortSignal) => Promise<Workspace>;

/** What signing in needs of the world. */
export interface SigningIn extends Pick<ConnectionInputs, "env" | "homeDir" | "readFile"> {
  readonly effects: ConnectDependencies;
}

/**
 * Opens workspaces by what is saved of them, whatever the environment says about others: of its variables only those for proxies and
 * certificates count, and where `~/.databrickscfg` is.
 */
export function workspaceOpener({ env, homeDir, readFile, effects }: SigningIn): OpenWorkspace {
  const about = Object.entries(env).filter(
    ([name]) => !name.startsWith("DATABRICKS_") || name === "DATABRICKS_CONFIG_FILE",
  );
  const inputs = { env: Object.fromEntries(about), homeDir, readFile };
  return async (details, signal) => {
    const { credentials } = details;
    const config = await resolveConnection({
      ...inputs,
      ...(credentials.method === "profile" ? { profile: credentials.profile } : {}),
      explicit: settingsOf(details),
    });
    if (config === undefined)
      throw new WorkspaceError("CONFIGURATION", `The connection names no workspace. Give it a host.`);
    requireSafe(config.host);
    return connectDatabricks(config, {
      ...effects,
      ...(signal === undefined ? {} : { interrupted: signal }),
    });
  };
}

function settingsOf({ host, warehouseId, credentials }: ConnectionDetails): ConnectionSettings {
  const place = {
    ...(host === undefined ? {} : { host }),
    ...(warehouseId === undefined ? {} : { warehouse_id: warehouseId }),
  };
  switch (credentials.method) {
    case "pat":
      return { ...place, auth_type: "pat", token: credentials.token.reveal() };
    case "service_principal":
      return {
        ...place,
        auth_type: "oauth-m2m",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret.reveal(),
      };
    case "profile":
      return place;
  }
}

/** Also for a profile: credentials are sent in the clear to this machine only. */
function requireSafe(host: string): void {
  const { protocol, hostname } = new URL(host);
  if (protocol === "https:" || isLoopback(hostname)) return;
  throw new WorkspaceError(
    "CONFIGURATION",
    `${host} would be sent credentials in the clear. Use https; plain http is for this machine only.`,
  );
}
