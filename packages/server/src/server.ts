import { randomBytes } from "node:crypto";
import { type Clock, isOpenRun, preflightClone, recordsOf, type Settings, withTarget } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import type { FastifyInstance } from "fastify";
import { hostJudge } from "./access/allowed-hosts.ts";
import { isAlone } from "./access/access.ts";
import { type Access, openAccess } from "./access/open-access.ts";
import { buildApp } from "./app.ts";
import type { Limits } from "./access/limits.ts";
import { lazyConnection } from "./connection.ts";
import { forgetGiven } from "./connections/forget.ts";
import { type Neighbour, saveNeighbours } from "./connections/neighbours.ts";
import { openConnections } from "./connections/open-connections.ts";
import type { OpenWorkspace } from "./connections/open-workspace.ts";
import { targetBook } from "./connections/target-book.ts";
import { ServerError } from "./errors.ts";
import { openOverview } from "./overview/overview.ts";
import { openPlanStore } from "./plans/store.ts";
import { liveRuns } from "./live/live-runs.ts";
import type { LookAhead } from "./routes/preflight.ts";
import { executeBy } from "./runs/carry-out.ts";
import { guardKeeper } from "./runs/guard-keeper.ts";
import { openRunQueue } from "./runs/queue.ts";
import { openRunStore, type StoredRun } from "./runs/store.ts";
import { undoing } from "./runs/undo.ts";
import { verifying } from "./runs/verifying.ts";
import { openScheduling } from "./schedules/open-scheduling.ts";
import { verifyingOr } from "./schedules/verify-run.ts";
import { stopAnswering, within } from "./service/ending.ts";
import { SILENT, type ServerLog } from "./service/log.ts";
import { openMetrics } from "./service/metrics.ts";
import { forgetOldRuns, KEEP_DAYS } from "./service/retention.ts";
import { observers, runLog } from "./service/run-log.ts";
import { upkeep } from "./service/upkeep.ts";
import { streamKeeper } from "./streams/keeper.ts";
import { openLagStore } from "./streams/lags.ts";
import { openStreamStore } from "./streams/store.ts";

/** Everything that the server needs of the world. It reads no environment itself. */
export interface ServerOptions {
  /** Name or address to listen on: `127.0.0.1`, `::1`, `localhost`, `0.0.0.0`. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /**
   * `default`: a token is asked for unless the host is this machine's loopback. `token`: always. `none`: never, also on other
   * addresses (behind a proxy that authenticates).
   */
  readonly auth: "default" | "token" | "none";
  /** The server's own token, with every right; when one is needed and none is given, one is made and returned. */
  readonly token?: string;
  /** Names that callers may know the server by, beside its address. */
  readonly allowHosts?: readonly string[];
  /** One proxy stands before it, whose word about callers' addresses counts. */
  readonly trustProxy?: boolean;
  /** How much one caller may ask within a minute, where that is other than usual. */
  readonly limits?: Partial<Limits>;
  /** Where runs are remembered, with their ledgers and guards. Several processes may share it. */
  readonly storeDirectory: string;
  /** Folder of the built page; absent: the API alone. */
  readonly uiDirectory?: string;
  readonly version: string;
  /** Called when the workspace is first needed, and again after it failed. The server closes what it was given. */
  readonly connect: () => Promise<Workspace>;
  /** Signs in to the workspaces of saved connections and of targets. */
  readonly openWorkspace: OpenWorkspace;
  /** Served by this process too: saved as connections. None when absent. */
  readonly neighbours?: readonly Neighbour[];
  /** What seals credentials, as `CLXS_SECRET_KEY` gives it; absent: the key of the store's directory, made when there is none. */
  readonly secretKey?: string;
  readonly settings: Settings;
  /** This machine's name, for leases. */
  readonly hostname: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** This process, by which other processes on the same store know whose runs are whose. */
  readonly process: { readonly pid: number; readonly isAlive: (pid: number) => boolean };
  /** Runs carried out at the same time; 2 by default. The rest waits in order. */
  readonly maxParallelRuns?: number;
  /** Where people open the page, for links in what is sent to them: `https://clone.example.com`. */
  readonly publicUrl?: string;
  /** Only plans that somebody else than their maker approved are carried out. Clones without a plan are not meant. */
  readonly requireReview?: boolean;
  /** How often a run that failed for now (nobody answered, or asked for patience) is begun again; 0 by default. Schedules say it themselves. */
  readonly retryRuns?: number;
  /** After how many days a run that is over is forgotten; 90 by default. */
  readonly keepRunDays?: number;
  readonly log?: ServerLog;
}

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What clients must send; absent when they need nothing. */
  readonly token?: string;
  /** Others than this machine's users reach it, and need nothing. */
  readonly open: boolean;
  /** Cancels what runs, waits for its clean-up, and lets go of the port, the store and the workspace. Idempotent. */
  readonly close: () => Promise<void>;
}

const CANCEL_WAIT_MS = 20_000;
/** How often runs are looked for whose process has died. */
const ADOPT_MS = 10_000;
/** How often it is looked what other processes asked of the runs here. */
const LOOK_MS = 1_000;
const FORGET_MS = 60 * 60_000;
/** How long the clean-up of runs may take when the server stops. */
const STOP_MS = 60_000;

/**
 * Starts the product's API and page. Runs that a dead process left behind end as failed, and what they had revoked is given back;
 * queued ones are taken up.
 * Throws ServerError PORT_IN_USE or CONFIGURATION.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, clock, log: serverLog = SILENT } = options;
  const log = (line: string) => serverLog.line("info", line);
  const connection = lazyConnection(options.connect);
  const self = `${options.process.pid}/${randomBytes(6).toString("hex")}`;
  const access = openAccess(options);
  const connections = openConnections(options.storeDirectory, options.secretKey);
  saveNeighbours(connections, options.neighbours ?? [], clock.now());
  const store = openRunStore(options.storeDirectory, self);
  const { settings, random } = options;
  const streamStore = openStreamStore(options.storeDirectory);
  const plans = openPlanStore(options.storeDirectory);
  const lags = openLagStore(options.storeDirectory);
  const streams = streamKeeper({
    connection,
    store: streamStore,
    lags,
    settings,
    clock,
    random,
    log,
  });
  const judgeHost = hostJudge({
    saved: () => connections.list().flatMap(({ host }) => host ?? []),
    own: () => connection.knownHost(),
    configured: settings.allowedHosts,
    loopback: isAlone(access.rules),
  });
  const targets = targetBook({
    judgeHost,
    connections,
    openWorkspace: options.openWorkspace,
    now: () => clock.now(),
  });
  const guards = guardKeeper({ ...options, log, targetBook: targets }, connection, store);
  const carrier = { ...options, connection, guards, store, targetBook: targets };
  const undos = undoing(carrier);
  const comparisons = verifying(carrier);
  const live = liveRuns(store);
  const metrics = openMetrics({ store, live, schedules: () => scheduling.figures() });
  const queue = openRunQueue({
    store,
    execute: verifyingOr(executeBy(carrier), carrier),
    maxParallel: options.maxParallelRuns ?? 2,
    now: () => clock.now(),
    random: options.random,
    isHolderAlive: (holder) => holder === self || isAnotherLiving(holder, options.process),
    resumes: isOfServer,
    observe: observers(runLog(serverLog), metrics),
    // A run that somebody submitted says at once that it failed: somebody looks. The runs of schedules say themselves how often.
    retry: { times: options.retryRuns ?? 0, isPossible: (id) => isUnfinished(options.storeDirectory, id) },
  });
  const scheduling = openScheduling({
    ...options,
    log,
    runs: store,
    queue,
    targetBook: targets,
    streams: () => streamStore.list(),
  });
  const overview = openOverview({
    ...options,
    runs: store,
    connections,
    streams: streamStore,
    lags,
    schedules: () => scheduling.schedules.list().schedules,
  });
  const app = await buildApp({
    access,
    connection,
    connections,
    openWorkspace: options.openWorkspace,
    judgeHost,
    targetBook: targets,
    store,
    queue,
    live,
    metrics,
    log: serverLog,
    undoing: undos,
    verifying: comparisons,
    streams,
    schedules: scheduling.schedules,
    notifications: scheduling.notifications,
    overview,
    settings,
    plans,
    requireReview: options.requireReview === true,
    home: options.storeDirectory,
    clock,
    version: options.version,
    ...(options.settings.storagePrice === undefined ? {} : { storagePrice: options.settings.storagePrice }),
    preflight: lookAhead(options),
    uiDirectory: options.uiDirectory,
    waitForCancel: (signal) => clock.sleep(CANCEL_WAIT_MS, signal),
    onUnexpected: (error, where) =>
      serverLog.line(
        "error",
        `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  });
  const home = options.storeDirectory;
  const keeping = upkeep(
    [
      { what: "Runs of dead processes", everyMs: ADOPT_MS, atStart: true, work: () => queue.adopt() },
      { what: "Guards of dead runs", everyMs: ADOPT_MS, atStart: true, work: () => guards.look() },
      {
        what: "Connections of runs that are over",
        everyMs: ADOPT_MS,
        atStart: true,
        work: () => forgetGiven({ connections, store, home }, clock.now()),
      },
      {
        what: "Requests of other processes",
        everyMs: LOOK_MS,
        work: () => {
          queue.look();
          live.look();
        },
      },
      {
        what: "Runs that are too old",
        everyMs: FORGET_MS,
        atStart: true,
        work: () => forgetOldRuns({ store, home, days: options.keepRunDays ?? KEEP_DAYS }, clock.now()),
      },
    ],
    (what, error) => serverLog.line("warn", `${what} could not be looked for: ${String(error)}`),
  );
  const closeAll = once(async () => {
    const stopped = stopAnswering(app);
    const works = [queue, undos, comparisons, streams].map((each) => each.close());
    const ended = await within(STOP_MS, clock, Promise.all([...works, scheduling.stop(), keeping.end()]));
    if (!ended)
      serverLog.line(
        "error",
        "Runs did not end in time: what they had revoked is given back at the next start.",
      );
    await stopped;
    store.close();
    overview.close();
    lags.close();
    scheduling.close();
    streamStore.close();
    plans.close();
    connections.close();
    access.close();
    await connection.close();
  });
  try {
    const url = await listen(app, host, port);
    keeping.begin();
    streams.begin();
    scheduling.begin();
    const close = once(() => {
      serverLog.line("info", "Stopping: what runs is cancelled, and what it revoked is given back.");
      return closeAll();
    });
    return { url, ...admissionOf(access), close };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function lookAhead({ settings, clock, random }: ServerOptions): LookAhead {
  return (asked, ends, signal) =>
    withTarget(asked, { ...ends, signal }, (request, ports) =>
      preflightClone(request, { ...ports, settings, clock, random }),
    );
}

/** Whether a run can be gone on with: it was interrupted, or had not begun. */
async function isUnfinished(home: string, id: string): Promise<boolean> {
  const records = await recordsOf(home, id);
  return records.length === 0 || isOpenRun(records);
}

/** Runs of a command line are left to the one who typed it. */
function isOfServer({ holder }: Pick<StoredRun, "holder">): boolean {
  return holder !== null && !holder.includes("/cli-");
}

function admissionOf({ serverToken, rules }: Access): Pick<RunningServer, "token" | "open"> {
  const open = rules.auth === "none" && !isAlone(rules);
  return { open, ...(serverToken === undefined ? {} : { token: serverToken }) };
}

/** A process id is used again after a restart, most of all in containers: our own id with another mark is a dead process. */
function isAnotherLiving(holder: string, self: ServerOptions["process"]): boolean {
  const pid = Number.parseInt(holder, 10);
  return pid !== self.pid && self.isAlive(pid);
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new ServerError(
        "PORT_IN_USE",
        `Port ${port} on ${host} is in use. Stop what listens there, or give another port.`,
        { cause: error },
      );
    }
    throw error;
  }
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= action());
}
