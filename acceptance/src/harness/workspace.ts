import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Api, startApi } from "./api.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { type Clxs, serve, succeed } from "./clxs.ts";
import { type Session, session } from "./session.ts";
import type { Transcript } from "./transcript.ts";

/** What the scripts are handed: processes beside this one for workspaces and API, and whatever a command line needs. */
export interface Sandbox {
  /** A command line that is connected by host and token alone. */
  readonly clxs: Clxs;
  /** The same, on a machine that has never run a clone: no local state at all. */
  readonly elsewhere: Clxs;
  readonly api: Api;
  /** The workspace as its owner and as a principal that may only write, straight over its REST API. */
  readonly owner: Session;
  readonly writer: Session;
  /** Where the source is. */
  readonly source: Place;
  /** Workspaces in other metastores. */
  readonly targets: readonly Place[];
  /** Absent when there is no browser; what needs one is then not verified. */
  readonly browser: Browser | undefined;
  /** Milliseconds between two looks of a stream at its source. */
  readonly triggerMs: number;
  /** The API killed, its own database deleted, and started again. */
  readonly restartApi: () => Promise<Api>;
  /** Everything in one process: workspaces, API and streams, with the demo catalog. */
  readonly openOneProcess: () => Promise<OneProcess>;
  close(): Promise<void>;
}

/** A workspace as others reach it. */
export interface Place {
  readonly name: string;
  readonly host: string;
  readonly token: string;
  readonly warehouseId: string;
  readonly metastoreId: string;
  readonly owner: Session;
}

export interface OneProcess {
  readonly api: Api;
  readonly owner: Session;
  /** Killed, the database of the API deleted, and started again in the same folder. */
  readonly restart: () => Promise<Api>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly command: Clxs["command"];
  /** PATH for the processes that are started; nothing else of the caller's environment reaches them. */
  readonly path: string;
  /** Program of a Chromium; absent: none is used. */
  readonly chromium?: string;
  readonly triggerMs: number;
  readonly transcript: Transcript;
}

/**
 * Starts embedded workspaces in three metastores in a process and folder of their own, with the demo catalog in the first, and the API in
 * another: connected over HTTP, with no ambient credentials, no profile, no shared folder.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { chromium, triggerMs, transcript } = options;
  const home = await mkdtemp(join(tmpdir(), "clxs-release-check-"));
  const at = commandLines(options, home);
  const closing: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).toReversed()) await each();
  };
  try {
    const serving = await serve(
      at("server"),
      "workspace",
      "serve",
      ...WORKSPACES,
      "--dir",
      join(home, "workspace"),
    );
    closing.push(() => serving.stop());
    const [source, ...targets] = served(serving.ready, transcript);
    const connected = {
      DATABRICKS_HOST: source.host,
      DATABRICKS_TOKEN: source.token,
      DATABRICKS_WAREHOUSE_ID: source.warehouseId,
    };
    const clxs = at("client", connected);
    await succeed(clxs, "demo", "--seed-only", "--connected");
    let api = await startApi(at("api", connected));
    closing.push(() => api.stop());
    const browser = chromium === undefined ? undefined : await openBrowser(chromium);
    if (browser !== undefined) closing.push(() => browser.close());
    return {
      clxs,
      elsewhere: at("elsewhere", connected),
      get api() {
        return api;
      },
      owner: source.owner,
      writer: source.as("writer"),
      source,
      targets,
      browser,
      triggerMs,
      restartApi: async () => {
        await api.kill();
        await rm(join(home, "api"), { recursive: true, force: true });
        api = await startApi(at("api", connected));
        return api;
      },
      openOneProcess: () => openOneProcess(at("alone"), join(home, "alone"), transcript),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const WORKSPACES = [
  "--workspaces",
  "3",
  "--port",
  "0",
  "--latency",
  "realistic",
  "--output",
  "json",
] as const;

/** Command lines in the sandbox's folder, each with a home of its own. */
function commandLines({ command, path, transcript }: SandboxOptions, home: string) {
  const bare = { PATH: path, HOME: home, DATABRICKS_CONFIG_FILE: join(home, "none"), NO_COLOR: "1" };
  return (name: string, more: Clxs["environment"] = {}): Clxs => ({
    command,
    directory: home,
    environment: { ...bare, CLXS_HOME: join(home, name), ...more },
    note: (line) => transcript.note(line),
  });
}

/** `clxs serve` with the workspaces in it. */
async function openOneProcess(clxs: Clxs, folder: string, transcript: Transcript): Promise<OneProcess> {
  const start = () => startApi(clxs, "--embedded", "--with-demo-data");
  let api = await start();
  const owner = () => served(api.ready, transcript)[0].owner;
  return {
    get api() {
      return api;
    },
    get owner() {
      return owner();
    },
    restart: async () => {
      await api.kill();
      for (const suffix of ["", "-wal", "-shm"]) await rm(join(folder, `runs.db${suffix}`), { force: true });
      api = await start();
      return api;
    },
    close: () => api.stop(),
  };
}

interface Served {
  readonly name: string;
  readonly host: string;
  readonly token: string;
  readonly warehouse_id: string;
  readonly metastore_id: string;
  readonly principals: readonly { readonly name: string; readonly token: string }[];
}

interface ServedPlace extends Place {
  /** Throws when the workspace names no such principal. */
  readonly as: (principal: string) => Session;
}

/** The workspaces of a ready line (contract: `workspace serve --output json`). */
function served(ready: unknown, { note }: Transcript): readonly [ServedPlace, ...ServedPlace[]] {
  const [first, ...others] = (ready as { workspaces: Served[] }).workspaces.map((workspace): ServedPlace => {
    const { name, host, token, warehouse_id: warehouseId, principals } = workspace;
    const as = (user: string, bearer: string) => session({ host, token: bearer, warehouseId, user, note });
    return {
      name,
      host,
      token,
      warehouseId,
      metastoreId: workspace.metastore_id,
      owner: as(`owner of ${name}`, token),
      as: (principal) => {
        const found = principals.find((other) => other.name === principal);
        if (found === undefined) throw new Error(`the workspace names no principal called ${principal}`);
        return as(principal, found.token);
      },
    };
  });
  if (first === undefined) throw new Error("the workspace's ready line names no workspace");
  return [first, ...others];
}
