import { CloneError } from "../errors.ts";
import { planRouted } from "../route/plan-routed.ts";
import { digestOfWork, type PlannedWork } from "./apply-document.ts";
import { requireMetastore, sightOf } from "./apply-plan.ts";
import type { Course } from "./open-run.ts";
import { knownOutcomes } from "./resume-observe.ts";
import { settleEarlier } from "./resume-settle.ts";
import type { RunState } from "./resume-state.ts";
import type { RunPorts } from "./run.ts";

/** What is left to do of a run whose ledger tells this. Throws LEDGER_UNREADABLE and PLAN_ELSEWHERE. */
export async function resumedCourse(state: RunState, ports: RunPorts): Promise<Course> {
  const work = await workOf(state, ports);
  if (work === undefined) return anew(state);
  await requireMetastore(work.metastoreId, ports);
  return courseOf(work, state, ports);
}

/** As `resumedCourse`, where the target cannot be asked: what was done there, and what was to be done. */
export async function recordedCourse(state: RunState, ports: RunPorts): Promise<Course> {
  const work = await workOf(state, ports);
  return work === undefined ? anew(state) : courseOf(work, state, ports);
}

/** From here on it is this process that carries the run out. */
export async function appendResumed({ ledger, clock, holder }: RunPorts): Promise<void> {
  const { hostname, pid } = holder;
  await ledger.append({ at: clock.now(), type: "resumed", hostname, pid });
}

/** Nothing was begun when there was no plan yet. */
function anew({ request, startedAt }: RunState): Course {
  return {
    request,
    plan: (ends, ports) => planRouted(request, ends, ports),
    done: new Map(),
    startedAt,
  };
}

function courseOf(work: PlannedWork, state: RunState, { clock }: RunPorts): Course {
  return {
    request: state.request,
    sight: sightOf(state.request),
    earlier: work,
    settle: (ports, log) => settleEarlier(state, { ...ports, log }),
    plan: () => work.plan,
    known: (ends) => knownOutcomes(work, state, { ends, now: clock.now() }),
    done: state.done,
    startedAt: state.startedAt,
  };
}

/** The plan on the disk, when it is the one that the ledger speaks of; `undefined` when there was none yet. */
async function workOf(
  { planDigest, runId }: RunState,
  { documents }: RunPorts,
): Promise<PlannedWork | undefined> {
  if (planDigest === undefined) return undefined;
  const document = await documents.read("plan").catch((cause: unknown) => {
    throw unusable(runId, "is no whole document", cause);
  });
  if (document === undefined) throw unusable(runId, "is missing");
  if (digestOfWork(document) !== planDigest) throw unusable(runId, "is not the one that was begun");
  // What has the ledger's digest is what this program wrote.
  return document as PlannedWork;
}

function unusable(runId: string, why: string, cause?: unknown): CloneError {
  const message = `The plan of run ${runId} ${why}, so the run cannot be gone on with. The same clone again does what is left of it.`;
  return new CloneError("LEDGER_UNREADABLE", message, { object: runId, ...(cause ? { cause } : {}) });
}
