import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Api, startApi } from "./api.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { type Clxs, serve, succeed } from "./clxs.ts";
import { type Session, session } from "./session.ts";

/** What the scripts are handed: three processes beside this one, a workspace, the API, and whatever a command line needs. */
export interface Sandbox {
  /** A command line that is connected by host and token alone. */
  readonly clxs: Clxs;
  /** The same, on a machine that has never run a clone: no local state at all. */
  readonly elsewhere: Clxs;
  readonly api: Api;
  /** The workspace as its owner and as a principal that may only write, straight over its REST API. */
  readonly owner: Session;
  readonly writer: Session;
  /** Absent when there is no browser; what needs one is then not verified. */
  readonly browser: Browser | undefined;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly command: Clxs["command"];
  /** PATH for the processes that are started; nothing else of the caller's environment reaches them. */
  readonly path: string;
  /** Program of a Chromium; absent: none is used. */
  readonly chromium?: string;
}

/**
 * Starts an embedded workspace in its own process and folder, with the demo catalog in it, and the API in another: connected
 * over HTTP, with no ambient credentials, no profile, no shared folder.
 */
export async function openSandbox({ command, path, chromium }: SandboxOptions): Promise<Sandbox> {
  const home = await mkdtemp(join(tmpdir(), "clxs-release-check-"));
  const bare = { PATH: path, HOME: home, DATABRICKS_CONFIG_FILE: join(home, "none"), NO_COLOR: "1" };
  const at = (name: string, more: Clxs["environment"] = {}): Clxs => ({
    command,
    directory: home,
    environment: { ...bare, CLXS_HOME: join(home, name), ...more },
  });
  const closing: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).toReversed()) await each();
  };
  try {
    const args = [
      "--dir",
      join(home, "workspace"),
      "--port",
      "0",
      "--latency",
      "realistic",
      "--output",
      "json",
    ];
    const workspace = await serve(at("server"), "workspace", "serve", ...args);
    closing.push(() => workspace.stop());
    const { host, token, warehouse_id, principals } = served(workspace.ready);
    const connected = {
      DATABRICKS_HOST: host,
      DATABRICKS_TOKEN: token,
      DATABRICKS_WAREHOUSE_ID: warehouse_id,
    };
    const clxs = at("client", connected);
    await succeed(clxs, "demo", "--seed-only", "--connected");
    const api = await startApi(at("api", connected));
    closing.push(() => api.stop());
    const browser = chromium === undefined ? undefined : await openBrowser(chromium);
    if (browser !== undefined) closing.push(() => browser.close());
    const writer = principals.find(({ name }) => name === "writer");
    if (writer === undefined) throw new Error("the workspace names no principal called writer");
    const sessionOf = (bearer: string) => session({ host, token: bearer, warehouseId: warehouse_id });
    return {
      clxs,
      elsewhere: at("elsewhere", connected),
      api,
      owner: sessionOf(token),
      writer: sessionOf(writer.token),
      browser,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Served {
  readonly host: string;
  readonly token: string;
  readonly warehouse_id: string;
  readonly principals: readonly { readonly name: string; readonly token: string }[];
}

/** The first workspace of the ready line (contract: `workspace serve --output json`). */
function served(ready: unknown): Served {
  const [first] = (ready as { workspaces: Served[] }).workspaces;
  if (first === undefined) throw new Error("the workspace's ready line names no workspace");
  return first;
}
