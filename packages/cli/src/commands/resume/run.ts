import { CloneError, isOpenRun, recordsOf, resumeRun, runState } from "@clone-xs/clone";
import { openRunStore, type RunEntry } from "@clone-xs/server";
import { storeDirectory } from "../../connection/home.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { type RunOptions, shownRun } from "../../runs/shown-run.ts";
import { isHolderAlive } from "../../runs/this-process.ts";
import type { Surroundings } from "../../surroundings.ts";

/** `clxs resume`: exit codes of a clone; 3 also when the run is over, or lives. */
export async function resume(
  id: string | undefined,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const home = storeDirectory(surroundings);
  const runs = storedRuns(home);
  const runId = id ?? (await onlyOpenRun(runs, home));
  const holder = runs.find((run) => run.id === runId)?.holder;
  if (holder != null && isHolderAlive(holder)) throw alive(runId, holder);
  const records = await recordsOf(home, runId);
  if (records.length === 0) throw notFound(runId, await openRuns(runs, home));
  const { request } = runState(records);
  const wire = runs.find((run) => run.id === runId)?.request ?? {};
  return shownRun(
    { request, wire, resumes: runId, carryOut: (ports) => resumeRun(records, ports) },
    options,
    surroundings,
  );
}

/** Runs that are looked through for one that can be gone on with. */
const LOOKED_AT = 200;

function storedRuns(home: string): readonly RunEntry[] {
  const store = openRunStore(home, `${process.pid}/cli-resume`);
  try {
    return store.list({ limit: LOOKED_AT });
  } finally {
    store.close();
  }
}

/** Ids of runs that are neither over nor carried out by a process that lives, newest first. */
async function openRuns(runs: readonly RunEntry[], home: string): Promise<readonly string[]> {
  const dead = runs.filter(
    ({ state, holder }) =>
      ["running", "cancelling", "failed"].includes(state) && (holder === null || !isHolderAlive(holder)),
  );
  const records = await Promise.all(dead.map(({ id }) => recordsOf(home, id)));
  return dead.flatMap(({ id }, at) => {
    const held = records[at] ?? [];
    return held.length > 0 && isOpenRun(held) ? [id] : [];
  });
}

async function onlyOpenRun(runs: readonly RunEntry[], home: string): Promise<string> {
  const open = await openRuns(runs, home);
  const [only] = open;
  if (only === undefined)
    throw new CloneError("RUN_NOT_FOUND", "No run was interrupted: there is nothing to go on with.");
  if (open.length === 1) return only;
  throw new CloneError(
    "RUN_NOT_FOUND",
    `Several runs can be gone on with; name one of them: ${listed(open)}.`,
  );
}

function notFound(id: string, open: readonly string[]): CloneError {
  const others = open.length === 0 ? "" : ` Runs that can be gone on with: ${listed(open)}.`;
  return new CloneError("RUN_NOT_FOUND", `There is no run ${id} here.${others}`, { object: id });
}

function alive(id: string, holder: string): CloneError {
  const pid = Number.parseInt(holder, 10);
  return new CloneError("RUN_ALIVE", `Run ${id} is carried out by process ${pid}, which lives.`, {
    object: id,
  });
}

function listed(ids: readonly string[]): string {
  return ids.slice(0, 10).join(", ");
}
