import { WorkspaceError } from "@clone-xs/unity";

/** A workspace address as people paste it, reduced to what requests need. */
export interface WorkspaceAddress {
  readonly origin: string;
  /** From `?o=`, `?w=` or `?workspace_id=` of a pasted browser address. */
  readonly workspaceId?: string;
}

/**
 * `adb-1.2.azuredatabricks.net`, `https://x.cloud.databricks.com/?o=123#job/1` → origin and workspace id; https when no
 * scheme is given. Throws CONFIGURATION for what is no web address, and for the account console.
 */
export function parseHost(text: string, source: string): WorkspaceAddress {
  const trimmed = text.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (
    url === undefined ||
    !/^https?:$/u.test(url.protocol) ||
    url.hostname === "" ||
    url.username !== "" ||
    url.password !== ""
  )
    throw new WorkspaceError(
      "CONFIGURATION",
      `The workspace address in ${source} is not a web address without user and password. It looks like https://my-workspace.cloud.databricks.com.`,
    );
  if (/^accounts(-\w+)?\./u.test(url.hostname))
    throw new WorkspaceError(
      "CONFIGURATION",
      `${url.origin} (${source}) is the account console, not a workspace. Use the address of the workspace itself.`,
    );
  const workspaceId =
    url.searchParams.get("o") ?? url.searchParams.get("w") ?? url.searchParams.get("workspace_id");
  return { origin: url.origin, ...(workspaceId === null || workspaceId === "" ? {} : { workspaceId }) };
}
