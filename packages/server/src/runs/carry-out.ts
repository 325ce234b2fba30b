import {
  applyPlan,
  CloneError,
  type LedgerRecord,
  openRunFiles,
  parseCloneRequest,
  type PlanDocument,
  recordsOf,
  resumeRun,
  type RunFiles,
  type RunPorts,
  runClone,
  type TargetRequest,
} from "@clone-xs/clone";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import type { ServerOptions } from "../server.ts";
import { invalidRequest } from "../validation.ts";
import type { GuardKeeper } from "./guard-keeper.ts";
import type { ExecuteRun } from "./queue.ts";

/** What carrying out a run needs of the server. */
export interface CarrierOptions
  extends Pick<ServerOptions, "storeDirectory" | "settings" | "hostname" | "process" | "clock" | "random"> {
  readonly connection: Connection;
  readonly guards: GuardKeeper;
  readonly targetBook: TargetBook;
}

/** Opens what a run works with, gives it to `work`, and closes it. What dead processes left revoked is given back first. */
export async function withRunPorts<Result>(
  id: string,
  options: CarrierOptions,
  { signal, emit }: Parameters<ExecuteRun>[1],
  work: (ports: RunPorts & RunFiles) => Promise<Result>,
): Promise<Result> {
  const { connection, guards, targetBook, clock, random, settings, hostname } = options;
  const { pid: self, isAlive } = options.process;
  const holder = { hostname, pid: self, isAlive: (pid: number) => pid === self || isAlive(pid) };
  const workspace = await connection.get();
  await guards.clear();
  const files = await openRunFiles(options.storeDirectory, id);
  try {
    const carried = { holder, settings, emit, clock, random, signal };
    const connectTarget = (target: TargetRequest) => targetBook.connect(target, { signal });
    const hostOf = (target: TargetRequest) => targetBook.hostOf(target);
    const ends = { source: workspace, target: workspace, connectTarget, hostOf };
    return await work({ ...ends, ...files, ...carried });
  } finally {
    await files.close();
  }
}

/**
 * Carries out runs of the queue: as their plan document says when they were submitted with one, else as their request says. A run that
 * has begun before is gone on with.
 */
export function executeBy(options: CarrierOptions): ExecuteRun {
  return async ({ id, request, resumed }, control) => {
    const parsed = parseCloneRequest(request);
    if (!parsed.ok) throw invalidRequest(parsed.problems);
    return withRunPorts(id, options, control, async (ports) => {
      const records = await recordsOf(options.storeDirectory, id);
      if (resumed) refuseEndless(records);
      const applied = await ports.documents.read("apply");
      // A plan is carried out as it was made: where no plan was recorded yet, there is nothing to go on with.
      if (applied !== undefined && !records.some(({ type }) => type === "plan"))
        return applyPlan(applied as PlanDocument, ports, id);
      return records.length === 0 ? runClone(parsed.request, ports, id) : resumeRun(records, ports);
    });
  };
}

/** A run that brings its process down each time must not do so for ever. */
const RESUMED_AT_MOST = 5;

function refuseEndless(records: readonly LedgerRecord[]): void {
  const times = records.filter(({ type }) => type === "resumed").length;
  if (times < RESUMED_AT_MOST) return;
  throw new CloneError(
    "RUN_OVER",
    `The run was gone on with ${times} times and its process ended each time: it is given up here. clxs resume goes on with it.`,
  );
}
