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
  /** Everything in one process: workspaces, API and streams, with the demo catalog. Absent with real workspaces. */
  readonly openOneProcess?: () => Promise<OneProcess>;
  /** Where a table of Parquet files can be registered. */
  readonly externalLocation: string;
  readonly real: boolean;
  close(): Promise<void>;
}

/** A workspace as others reach it. */
interface Place {
  readonly name: string;
  readonly host: string;
  readonly bearer: () => Promise<string>;
  readonly metastoreId: string;
  readonly owner: Session;
  /** What a saved connection to it holds, beside its name. */
  readonly connection: Readonly<Record<string, string>>;
}

/** The two targets of a fan-out. Where there is one workspace only it stands for both, with another destination the second time. */
export function twoTargets({ targets: [one, two] }: Pick<Sandbox, "targets">): readonly [Target, Target] {
  if (one === undefined) throw new Error("a target is needed");
  return [
    { place: one, suffix: "" },
    two === undefined ? { place: one, suffix: "_second" } : { place: two, suffix: "" },
  ];
}

export interface Target {
  readonly place: Place;
  /** What its destination catalog is called by beside the source's destination. */
  readonly suffix: "" | "_second";
}

/** A real workspace, as a profile of the user's names it. */
export interface RealPlace extends Pick<Place, "name" | "host" | "bearer" | "metastoreId"> {
  readonly warehouseId: string;
}

/** Real workspaces to run the runbook on. */
export interface RealPair {
  readonly source: RealPlace;
  readonly targets: readonly RealPlace[];
  /** The source as somebody who may write to it and does not own it. */
  readonly writer: RealPlace;
  /** Where the profiles stand. */
  readonly configFile: string;
  /** URL of an empty place, with a slash at its end. */
  readonly externalLocation: string;
}

interface OneProcess {
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
  /** Real workspaces instead of embedded ones. */
  readonly pair?: RealPair;
}

/**
 * Starts the API in a process and folder of its own, on real workspaces or on embedded ones in three metastores in another process, with the
 * demo catalog in the first: connected over HTTP, with no ambient credentials, no shared folder.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { chromium, triggerMs, transcript, pair } = options;
  const home = await mkdtemp(join(tmpdir(), "clxs-release-check-"));
  const at = commandLines(options, home);
  const closing: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).toReversed()) await each();
  };
  try {
    const stage =
      pair === undefined ? await embeddedStage(at, home, transcript) : realStage(pair, transcript);
    closing.push(() => stage.close());
    const { source, targets, writer, connected, externalLocation } = stage;
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
      writer,
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
      ...(pair === undefined
        ? { openOneProcess: () => openOneProcess(at("alone"), join(home, "alone"), transcript) }
        : {}),
      externalLocation,
      real: pair !== undefined,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The workspaces that a check works on. */
interface Stage {
  readonly source: Place;
  readonly targets: readonly Place[];
  readonly writer: Session;
  /** Environment by which a command line is connected to the source. */
  readonly connected: Clxs["environment"];
  readonly externalLocation: string;
  readonly close: () => Promise<void>;
}

type CommandLines = ReturnType<typeof commandLines>;

async function embeddedStage(at: CommandLines, home: string, transcript: Transcript): Promise<Stage> {
  const flags = [...WORKSPACES, "--dir", join(home, "workspace")];
  const serving = await serve(at("server"), "workspace", "serve", ...flags);
  const [source, ...targets] = served(serving.ready, transcript);
  return {
    source,
    targets,
    writer: source.as("writer"),
    connected: {
      DATABRICKS_HOST: source.host,
      DATABRICKS_TOKEN: await source.bearer(),
      DATABRICKS_WAREHOUSE_ID: source.connection["warehouse_id"] ?? "",
    },
    externalLocation: "s3://your-bucket/",
    close: () => serving.stop(),
  };
}

function realStage(
  { source, targets, writer, configFile, externalLocation }: RealPair,
  { note }: Transcript,
): Stage {
  const placeOf = (place: RealPlace): Place => ({
    ...place,
    owner: session({ ...place, user: place.name, note }),
    connection: {
      host: place.host,
      auth_method: "profile",
      profile: place.name,
      warehouse_id: place.warehouseId,
    },
  });
  return {
    source: placeOf(source),
    targets: targets.map(placeOf),
    writer: placeOf(writer).owner,
    connected: { DATABRICKS_CONFIG_FILE: configFile, DATABRICKS_CONFIG_PROFILE: source.name },
    externalLocation,
    close: () => Promise.resolve(),
  };
}

/** A source and three targets; the last two are hosts on one metastore. */
const WORKSPACES = "--workspaces 4 --metastores 3 --port 0 --latency brisk --output json".split(" ");

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
    const as = (user: string, own: string) =>
      session({ host, bearer: () => Promise.resolve(own), warehouseId, user, note });
    return {
      name,
      host,
      bearer: () => Promise.resolve(token),
      metastoreId: workspace.metastore_id,
      connection: { host, auth_method: "pat", token, warehouse_id: warehouseId },
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
