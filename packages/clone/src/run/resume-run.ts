import { CloneError } from "../errors.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import { planRouted } from "../route/plan-routed.ts";
import type { RunSummary } from "../summarize/summary.ts";
import { digestOfWork, type PlannedWork } from "./apply-document.ts";
import { requireMetastore, sightOf } from "./apply-plan.ts";
import { carryOutRecorded } from "./carry-out.ts";
import { type Course, openRun } from "./open-run.ts";
import { knownOutcomes } from "./resume-observe.ts";
import { settleEarlier } from "./resume-settle.ts";
import { runState, type RunState } from "./resume-state.ts";
import type { RunPorts } from "./run.ts";

/**
 * Goes on with a run whose process died or had to stop: awaits what that left running, looks at the target, and does the steps of
 * the same plan that are not done. The summary is that of the whole run. `records` is what its ledger holds; that the process is
 * dead is for the caller to know. Throws LEDGER_UNREADABLE, RUN_OVER, PLAN_ELSEWHERE, and what `runClone` throws.
 */
export async function resumeRun(records: readonly LedgerRecord[], ports: RunPorts): Promise<RunSummary> {
  const state = runState(records);
  const work = await workOf(state, ports);
  if (work) await requireMetastore(work.metastoreId, ports);
  const { hostname, pid } = ports.holder;
  await ports.ledger.append({ at: ports.clock.now(), type: "resumed", hostname, pid });
  return carryOutRecorded(
    openRun(work ? courseOf(work, state, ports) : anew(state, ports), ports, state.runId),
  );
}

/** Nothing was begun when there was no plan yet. */
function anew({ request, startedAt }: RunState, ports: RunPorts): Course {
  return {
    request,
    plan: (ends) => planRouted(request, ends, ports),
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
