import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clxs, serve, succeed } from "./clxs.ts";

/** What the scripts are handed: a command line that talks over HTTP to a workspace in another process. */
export interface Sandbox {
  readonly clxs: Clxs;
  close(): Promise<void>;
}

/**
 * Starts an embedded workspace in its own process and folder, with the demo catalog in it, and gives a command line that
 * is connected to it by host and token alone: no ambient credentials, no profile, no shared folder.
 */
export async function openSandbox(command: Clxs["command"], path: string): Promise<Sandbox> {
  const home = await mkdtemp(join(tmpdir(), "clxs-release-check-"));
  const bare = { PATH: path, HOME: home, DATABRICKS_CONFIG_FILE: join(home, "none"), NO_COLOR: "1" };
  const server: Clxs = {
    command,
    directory: home,
    environment: { ...bare, CLXS_HOME: join(home, "server") },
  };
  const serving = await serve(
    server,
    "workspace",
    "serve",
    "--dir",
    join(home, "workspace"),
    "--port",
    "0",
    "--output",
    "json",
  );
  const close = async () => {
    await serving.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const clxs: Clxs = {
      ...server,
      environment: { ...bare, CLXS_HOME: join(home, "client"), ...connection(serving.ready) },
    };
    await succeed(clxs, "demo", "--seed-only", "--connected");
    return { clxs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Environment that connects to the first workspace of the ready line (contract: `workspace serve --output json`). */
function connection(ready: unknown): Record<string, string> {
  const [first] = (ready as { workspaces: { host: string; token: string; warehouse_id: string }[] })
    .workspaces;
  if (first === undefined) throw new Error("the workspace's ready line names no workspace");
  return {
    DATABRICKS_HOST: first.host,
    DATABRICKS_TOKEN: first.token,
    DATABRICKS_WAREHOUSE_ID: first.warehouse_id,
  };
}
