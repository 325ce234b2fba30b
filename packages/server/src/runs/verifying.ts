import { setMaxListeners } from "node:events";
import {
  type CloneRequest,
  documentsIn,
  parseCloneRequest,
  runDirectory,
  type TargetRequest,
  type Verification,
  verifyCatalogs,
  withTarget,
} from "@clone-xs/clone";
import type { RunVerification } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest } from "../validation.ts";
import type { CarrierOptions } from "./carry-out.ts";
import { isOver } from "./states.ts";
import type { RunEntry } from "./store.ts";

interface VerifyingOptions {
  /** Rows: their number and hash, or the number alone. */
  readonly rows: "hash" | "count";
  readonly content: boolean;
  readonly governance: boolean;
}

/** Compares the copies of runs with their sources, one comparison of a run at a time; what came of the last is kept with the run's files. */
export interface Verifying {
  /** Begins, unless it is under way already. Throws RUN_ALIVE for a run that is not over, and BAD_REQUEST for one that made no copies. */
  start(run: RunEntry, options: VerifyingOptions): RunVerification;
  state(id: string): Promise<RunVerification>;
  /** Gives it up, and answers when it has ended. */
  cancel(id: string): Promise<RunVerification>;
  close(): Promise<void>;
}

const NONE: RunVerification = {
  state: "none",
  rows: null,
  started_at: null,
  completed_at: null,
  done: 0,
  total: null,
  error: null,
  targets: [],
};

interface Comparison {
  state: RunVerification;
  readonly abort: AbortController;
  ended: Promise<void>;
}

export function verifying(
  carrier: Pick<CarrierOptions, "connection" | "targetBook" | "storeDirectory" | "clock" | "random">,
): Verifying {
  const { storeDirectory, clock } = carrier;
  const open = new Map<string, Comparison>();
  const iso = () => new Date(clock.now()).toISOString();

  async function carryOut(id: string, request: CloneRequest, options: VerifyingOptions): Promise<void> {
    const comparison = open.get(id);
    if (comparison === undefined) return;
    const ended = await compared(comparison, request, options);
    // It is over when what came of it is kept.
    comparison.state = await documentsIn(runDirectory(storeDirectory, id))
      .write("verification", ended)
      .then(() => ended)
      .catch((error: unknown) => ({
        ...ended,
        error: `What came of it could not be kept: ${String(error)}`,
      }));
    if (comparison.state === ended) open.delete(id);
  }

  /** The state at the end, which is also told while it comes about. */
  async function compared(
    comparison: Comparison,
    request: CloneRequest,
    options: VerifyingOptions,
  ): Promise<RunVerification> {
    const { signal } = comparison.abort;
    try {
      for (const target of request.targets.length === 0 ? [undefined] : request.targets) {
        const before = comparison.state;
        const told = (done: number, total: number) => {
          comparison.state = {
            ...comparison.state,
            done: before.done + done,
            total: (before.total ?? 0) + total,
          };
        };
        const found = await comparedAt(target, request, { ...options, told }, { carrier, signal });
        comparison.state = { ...comparison.state, targets: [...comparison.state.targets, found] };
      }
      return { ...comparison.state, state: endOf(comparison.state), completed_at: iso() };
    } catch (error) {
      const state = signal.aborted ? "cancelled" : "failed";
      const message = error instanceof Error ? error.message : String(error);
      return { ...comparison.state, state, completed_at: iso(), error: message };
    }
  }

  async function state(id: string): Promise<RunVerification> {
    const kept =
      open.get(id)?.state ?? (await documentsIn(runDirectory(storeDirectory, id)).read("verification"));
    // Whatever stands there, `carryOut` wrote.
    return (kept ?? NONE) as RunVerification;
  }

  return {
    start(run, options) {
      const underWay = open.get(run.id);
      if (underWay?.state.state === "running") return underWay.state;
      const request = requestOf(run);
      const state = { ...NONE, state: "running" as const, rows: options.rows, started_at: iso() };
      const comparison = { state, abort: new AbortController(), ended: Promise.resolve() };
      // Each statement under way listens to it.
      setMaxListeners(0, comparison.abort.signal);
      open.set(run.id, comparison);
      comparison.ended = carryOut(run.id, request, options);
      return state;
    },
    state,
    async cancel(id) {
      const comparison = open.get(id);
      comparison?.abort.abort();
      await comparison?.ended;
      return state(id);
    },
    async close() {
      for (const { abort } of open.values()) abort.abort();
      await Promise.allSettled([...open.values()].map(({ ended }) => ended));
    },
  };
}

/** What is to be compared: the scope of the run, whatever came of it. */
function requestOf({ id, state, request, facts }: RunEntry): CloneRequest {
  if (!isOver(state))
    throw new ServerError("HELD_ELSEWHERE", `Run ${id} is not over: there is nothing to compare yet.`);
  if (facts.dryRun) throw new ServerError("BAD_REQUEST", `Run ${id} was a dry run: it made no copies.`);
  const parsed = parseCloneRequest(request);
  if (!parsed.ok) throw invalidRequest(parsed.problems);
  return parsed.request;
}

interface At {
  readonly carrier: Pick<CarrierOptions, "connection" | "targetBook" | "clock" | "random">;
  readonly signal: AbortSignal;
}

/** A target that cannot be reached hides no other. Throws what ends the whole: cancelled, or no connection to the source. */
async function comparedAt(
  target: TargetRequest | undefined,
  request: CloneRequest,
  options: Parameters<typeof verifyCatalogs>[1],
  { carrier, signal }: At,
): Promise<RunVerification["targets"][number]> {
  const { connection, targetBook, clock, random } = carrier;
  const workspace = await connection.get();
  const connectTarget = (one: TargetRequest) => targetBook.connect(one, { signal });
  const ends = { source: workspace, target: workspace, connectTarget, signal, clock, random };
  const single = target === undefined ? request : { ...request, targets: [target] };
  const name = target?.name ?? null;
  try {
    const { fanout: _, ...alone } = single;
    const found = await withTarget(alone, ends, (asked, ports) => verifyCatalogs(asked, options, ports));
    return { target: name, verification: plain(found), error: null };
  } catch (error) {
    if (signal.aborted || target === undefined) throw error;
    return {
      target: name,
      verification: null,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

function plain({ matched, differing, not_comparable, objects }: Verification) {
  return { matched, differing, not_comparable, objects: objects.map((certificate) => ({ ...certificate })) };
}

/** Where no target could be compared, comparing has failed. */
function endOf({ targets }: RunVerification): RunVerification["state"] {
  return targets.some(({ verification }) => verification !== null) ? "done" : "failed";
}
