import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LocalStorage } from "@clone-xs/delta";
import type { Workspace } from "@clone-xs/unity";
import { openEngine } from "../engine/open-engine.ts";
import { LakehouseError } from "../errors.ts";
import { execute } from "../execution/index.ts";
import { openUnsynced } from "../metastore/database.ts";
import { takeHold } from "../metastore/hold.ts";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import { statementHistory } from "../metastore/statement-history.ts";
import { shapeStore } from "../metastore/table-shapes.ts";
import { openMetastore } from "../metastore/sqlite-metastore.ts";
import { mountedMetastore } from "../sharing/mounted.ts";
import { metastoreNetwork } from "../sharing/network.ts";
import { peerOf } from "../sharing/peer.ts";
import { sharingOf } from "../sharing/service.ts";
import { checkpointCodec } from "../storage/checkpoint-codec.ts";
import { deltaTables } from "../storage/delta-tables.ts";
import { defaultMappings, localLocations } from "../storage/local-locations.ts";
import { readableBelow } from "../storage/readable-below.ts";
import type { RunningServer } from "../http/server.ts";
import { writableBelow } from "../storage/writable-below.ts";
import { shapeReader } from "./catalog/table-shapes.ts";
import { chaosOf } from "./chaos/chaos.ts";
import { disturbedWorkspace } from "./chaos/disturbed-workspace.ts";
import { disturbedRun } from "./chaos/run.ts";
import { stableTokens } from "./credentials.ts";
import { removeEndpoint, writeEndpoint } from "./endpoint.ts";
import { asPort as filesPort } from "./files/as-port.ts";
import { volumeFiles } from "./files/volume-files.ts";
import { firstRun } from "./first-run.ts";
import { inProcessWorkspace } from "./in-process.ts";
import type { Lakehouse, LakehouseOptions, Listening } from "./lakehouse.ts";
import { asPort as jobsPort } from "./jobs/as-port.ts";
import { runPagePath } from "./jobs/page-path.ts";
import { runsOf } from "./jobs/runs.ts";
import { noLatency } from "./latency.ts";
import { relocate } from "./relocate.ts";
import { statementRegistry } from "./statements/registry.ts";
import { statementIds } from "./statements/statement-id.ts";
import { freshTemp, garbage, sweep } from "./sweep.ts";
import { usableBy } from "./warehouses/usable.ts";
import { warehousesOf } from "./warehouses/warehouses.ts";

/** As our commits name their writer. */
const ENGINE_INFO = "Clone-Xs/0.1.0";

/**
 * Opens or creates the workspace in a directory. Throws WORKSPACE_HELD when another process has it (see `holderOf`) and
 * WORKSPACE_INCOMPATIBLE when a newer version wrote it. A killed predecessor is no obstacle: what it had acknowledged is there.
 */
export async function openLakehouse(options: LakehouseOptions): Promise<Lakehouse> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const directory = realpathSync(options.directory);
  const hold = takeHold(directory);
  const undo: (() => unknown)[] = [() => hold.release()];
  try {
    return await opened({ ...options, directory }, undo);
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

async function opened(options: LakehouseOptions, undo: (() => unknown)[]): Promise<Lakehouse> {
  const { directory, now, uuid, randomBytes, allowPaths = [], mappings = [], slots = 2 } = options;
  const { sleep = timerSleep, latency = noLatency, chaosControls = false } = options;
  const { random = () => Buffer.from(randomBytes(6)).readUIntBE(0, 6) / 2 ** 48 } = options;
  await writeEndpoint(directory, { pid: process.pid });
  undo.push(() => removeEndpoint(directory));
  const databasePath = join(directory, "metastore.sqlite");
  const stored = openMetastore({ path: databasePath, now, uuid, randomBytes });
  undo.push(() => stored.close());
  const { owner, warehouseId } = firstRun(stored, options);
  relocate(stored, directory);

  const locations = localLocations({
    directory,
    allowPaths,
    mappings: [...defaultMappings(directory), ...mappings],
  });
  const tempDirectory = await freshTemp(directory);
  const { memoryLimit = "2GB" } = options;
  const { network = metastoreNetwork(), shareDelayMs = latency.shareDelay ?? 0 } = options;
  const metastore = mountedMetastore(stored, network);
  const { roots: directories } = locations;
  const peerDirectories = () => network.others(stored.globalId).flatMap((peer) => peer.directories);
  const engine = openEngine({ slots, tempDirectory, directories, peerDirectories, memoryLimit });
  undo.push(() => engine.close());
  const codec = checkpointCodec({ engine, tempDirectory, uuid });
  const readable = readableBelow(() => [...directories, ...peerDirectories()], new LocalStorage());
  const storage = writableBelow(directories, readable);
  const deltaTable = deltaTables({ storage, codec, now, uuid, engineInfo: ENGINE_INFO });

  const stopSweep = new AbortController();
  const swept = sweep(stored, garbage(directory, stored, locations), stopSweep.signal);
  undo.push(async () => {
    stopSweep.abort();
    await swept;
  });

  const sharing = { metastore, network, deltaTable, now, uuid, shareDelayMs };
  undo.push(network.join(peerOf({ metastore: stored, directories, now, delayMs: shareDelayMs })));

  const chaos = chaosOf({ random });
  const disturbance = { chaos, latency, sleep };
  const warehouses = warehousesOf({
    metastore,
    now,
    sleep,
    startMs: latency.warehouseStart,
    ...(latency.slotsPerCluster === undefined ? {} : { slotsPerCluster: latency.slotsPerCluster }),
  });
  const unsynced = openUnsynced(databasePath);
  undo.push(() => unsynced.close());
  const history = statementHistory(unsynced, { now });
  const shapeOf = shapeReader(deltaTable, shapeStore(unsynced));
  const statements = statementRegistry({
    run: (principal, submission, { signal, started }) =>
      warehouses.run(
        submission.warehouseId,
        () => {
          started();
          const context = { ...sharing, engine, locations, principal };
          const { text } = submission;
          return disturbedRun(disturbance, { text, principal: principal.name, signal }, () =>
            execute(context, submission, { signal }),
          );
        },
        signal,
      ),
    history,
    newId: statementIds({ now, uuid }),
    now,
  });
  undo.push(() => statements.close());
  const { taskStartMs: startMs = latency.taskStart ?? 0 } = options;
  const runs = runsOf({ store: metastore.runs, runner: options.taskRunner, connect, startMs, now, sleep });
  undo.push(() => runs.close());
  runs.resume();

  const principalOf = (name: string): PrincipalRecord => {
    const found = metastore.principal(name);
    if (found === undefined)
      throw new LakehouseError("PRINCIPAL_NOT_FOUND", `There is no principal named '${name}'`);
    return found;
  };
  const token = stableTokens(directory, metastore);
  let listening: Promise<Listening> | undefined;
  const others: Promise<RunningServer>[] = [];
  let url: string | undefined;
  let closing: Promise<void> | undefined;

  return {
    directory,
    metastoreId: metastore.id,
    globalMetastoreId: metastore.globalId,
    warehouseId,
    owner,
    chaos,
    connect: (name = owner) => connect(name),
    async listen({ port = 0, host = "127.0.0.1" } = {}) {
      if (closing !== undefined) throw new LakehouseError("CLOSED", "The workspace is closed");
      if (listening !== undefined)
        throw new LakehouseError("INVALID_CONFIGURATION", "The workspace listens already");
      listening = serveFirst({ port, host }).catch((error: unknown) => {
        listening = undefined;
        throw error;
      });
      return listening;
    },
    async listenAsAnother({ workspaceId, port = 0, host = "127.0.0.1" }) {
      if (closing !== undefined) throw new LakehouseError("CLOSED", "The workspace is closed");
      const starting = serve({ port, host, workspaceId });
      others.push(starting);
      return { url: (await starting).url };
    },
    principals: () => metastore.principals(),
    putPrincipal: (principal) => metastore.putPrincipal(principal),
    token,
    clientSecret: (principal) => metastore.issueSecret(principal),
    close() {
      // A server that is still starting is waited for, so that it is stopped too.
      closing ??= Promise.allSettled([listening, ...others]).then(() => unwind(undo));
      return closing;
    },
  };

  function connect(name: string): Workspace {
    const reader = () => ({ metastore, principal: principalOf(name), shapeOf });
    const workspace = inProcessWorkspace({
      directory,
      statements,
      warehouseId,
      principal: () => principalOf(name),
      reader,
      files: filesPort(volumeFiles(reader, { uuid })),
      sharing: sharingOf(sharing, () => principalOf(name)),
      warehouses: () => usableBy(principalOf(name), warehouses.list(), warehouseId),
      jobs: jobsPort({
        runs,
        store: metastore.runs,
        principal: () => principalOf(name),
        pageUrl: (runId) => (url === undefined ? undefined : url + runPagePath(runId)),
      }),
    });
    let revoked = false;
    const tokens = {
      revoked: () => revoked,
      revoke: () => {
        revoked = true;
      },
    };
    return disturbedWorkspace(workspace, { ...disturbance, now, reader, tokens });
  }

  async function serveFirst(address: { readonly port: number; readonly host: string }): Promise<Listening> {
    const server = await serve(address);
    url = server.url;
    await writeEndpoint(directory, { pid: process.pid, url, token: token(owner), warehouseId });
    return { url };
  }

  /** The server's code is loaded only when it is used: a workspace in process starts without it. */
  async function serve(address: {
    readonly port: number;
    readonly host: string;
    readonly workspaceId?: string;
  }): Promise<RunningServer> {
    const { startServer } = await import("../http/server.ts");
    const server = await startServer({
      ...address,
      metastore,
      statements,
      warehouses,
      runs,
      sharing,
      shapeOf,
      warehouseId,
      randomBytes,
      chaos,
      chaosControls,
      latency,
      sleep,
      now,
      uuid,
    });
    // Runs and statements end first: a request that waits for one would hold the server open.
    undo.push(async () => {
      await runs.close();
      await statements.close();
      await server.close();
    });
    return server;
  }
}

async function timerSleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false });
}

/** Undoes in reverse order. */
async function unwind(undo: (() => unknown)[]): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
}
