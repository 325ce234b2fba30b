import { runFanout } from "../fanout/run-fanout.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import type { RunSummary } from "../summarize/summary.ts";
import { carryOutRecorded } from "./carry-out.ts";
import { openRun } from "./open-run.ts";
import { appendResumed, resumedCourse } from "./resumed-course.ts";
import { runState } from "./resume-state.ts";
import type { RunPorts } from "./run.ts";
import { withTarget } from "./with-target.ts";

/**
 * Goes on with a run whose process died or had to stop: awaits what that left running, looks at the target, and does the steps of
 * the same plan that are not done. The summary is that of the whole run. `records` is what its ledger holds; that the process is
 * dead is for the caller to know. Throws LEDGER_UNREADABLE, RUN_OVER, PLAN_ELSEWHERE, and what `runClone` throws.
 */
export async function resumeRun(records: readonly LedgerRecord[], ports: RunPorts): Promise<RunSummary> {
  const state = runState(records);
  if (state.request.fanout !== undefined) {
    await appendResumed(ports);
    return runFanout({ ...state, resumed: true }, ports);
  }
  return withTarget(state.request, ports, async (request, at) => {
    const course = await resumedCourse({ ...state, request }, at);
    await appendResumed(at);
    return carryOutRecorded(openRun(course, at, state.runId));
  });
}
