import { randomBytes } from "node:crypto";
import { type StreamEvent, streamTaskRunner } from "@clone-xs/clone";
import { connectDatabricks, Secret } from "@clone-xs/databricks/client";
import {
  type Holder,
  holderOf,
  type Lakehouse,
  LakehouseError,
  type LatencyModel,
  type MetastoreNetwork,
  noLatency,
  openLakehouse,
} from "@clone-xs/lakehouse";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { demoPrincipals } from "../demo/principals.ts";
import { type Surroundings, tell } from "../surroundings.ts";
import { clientEffects } from "./client-effects.ts";
import { makeDirectory } from "./home.ts";

/** How long another process may open or close the directory before we give up. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;
/** A command that is over sooner serves nobody else: it is not worth a server. */
const LISTEN_AFTER_MS = 1000;

/**
 * The embedded workspace in a directory: through its living holder over HTTP, else opened in this process, which then serves
 * other shells as long as it runs. Closing the result gives the directory back. Throws WORKSPACE_HELD when a holder does not answer.
 */
export async function connectEmbedded(directory: string, surroundings: Surroundings): Promise<Workspace> {
  const { clock } = surroundings;
  const deadline = clock.now() + PATIENCE_MS;
  for (;;) {
    const holder = await holderOf(directory);
    const workspace =
      holder === undefined
        ? await unlessHeld(() => openInProcess(directory, surroundings))
        : await throughHolder(holder, surroundings);
    if (workspace !== undefined) return workspace;
    if (clock.now() > deadline) throw held(directory, holder);
    await clock.sleep(POLL_MS, surroundings.interrupted);
  }
}

/** A run of a job is pending for a moment, as it is everywhere else. */
const TASK_START_MS = 500;

/** What opening a workspace directory can be told. */
export interface EmbeddedSettings {
  readonly allowPaths?: readonly string[];
  readonly mappings?: readonly { readonly prefix: string; readonly directory: string }[];
  readonly latency?: LatencyModel;
  readonly chaosControls?: boolean;
  readonly network?: MetastoreNetwork;
}

/** Opens the directory in this process, with the principals of the demo; it runs streams. Throws WORKSPACE_HELD, naming the holder. */
export async function openEmbedded(
  directory: string,
  surroundings: Surroundings,
  settings: EmbeddedSettings = {},
): Promise<Lakehouse> {
  const { clock, uuid } = surroundings;
  makeDirectory(directory);
  try {
    return await openLakehouse({
      directory,
      now: () => clock.now(),
      uuid,
      randomBytes,
      principals: demoPrincipals,
      taskRunner: streamTaskRunner({ clock, log: (run, event) => tellFailure(run, event, surroundings) }),
      ...(settings.latency === undefined || settings.latency === noLatency
        ? { taskStartMs: TASK_START_MS }
        : {}),
      ...settings,
    });
  } catch (error) {
    if (error instanceof LakehouseError && error.code === "WORKSPACE_HELD")
      throw held(directory, await holderOf(directory));
    throw error;
  }
}

/** What goes wrong in a stream stands in its record only when it gives up. */
function tellFailure(runName: string, event: StreamEvent, surroundings: Surroundings): void {
  if (event.type !== "failed") return;
  const { table, message, inARow } = event;
  tell(
    surroundings,
    `${runName}: ${table} failed${inARow > 1 ? ` ${inARow} times in a row` : ""}: ${message}`,
  );
}

async function openInProcess(directory: string, surroundings: Surroundings): Promise<Workspace> {
  const lakehouse = await openEmbedded(directory, surroundings);
  const closing = new AbortController();
  const listening = listenLater(lakehouse, surroundings, closing.signal);
  return {
    ...lakehouse.connect(),
    close: async () => {
      closing.abort();
      await listening;
      await lakehouse.close();
    },
  };
}

async function listenLater(
  lakehouse: Lakehouse,
  { clock }: Surroundings,
  closing: AbortSignal,
): Promise<void> {
  try {
    await clock.sleep(LISTEN_AFTER_MS, closing);
  } catch (error) {
    if (closing.aborted) return;
    throw error;
  }
  await lakehouse.listen();
}

/** `undefined`: it does not listen yet, or was just ending. */
async function throughHolder(
  { url, token, warehouseId }: Holder,
  surroundings: Surroundings,
): Promise<Workspace | undefined> {
  if (url === undefined || token === undefined) return undefined;
  const config = {
    host: url,
    auth: { type: "pat", token: new Secret(token) },
    network: { certificates: [] },
    sources: {},
    ...(warehouseId === undefined ? {} : { warehouseId }),
  } as const;
  try {
    return await connectDatabricks(config, clientEffects(surroundings));
  } catch (error) {
    if (error instanceof WorkspaceError && (error.code === "UNAVAILABLE" || error.code === "UNAUTHENTICATED"))
      return undefined;
    throw error;
  }
}

async function unlessHeld(open: () => Promise<Workspace>): Promise<Workspace | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof LakehouseError && error.code === "WORKSPACE_HELD") return undefined;
    throw error;
  }
}

function held(directory: string, holder: Holder | undefined): LakehouseError {
  const who = holder === undefined || holder.pid === 0 ? "another process" : `process ${holder.pid}`;
  const where = holder?.url === undefined ? "" : `, which serves it at ${holder.url}`;
  return new LakehouseError(
    "WORKSPACE_HELD",
    `The workspace ${directory} is in use by ${who}${where}. End that process, or name another directory (--dir or CLXS_HOME).`,
  );
}
