import { type WeighedPlan, weighPlan } from "../estimate/weigh-plan.ts";
import type { Ends } from "../inspect/ends.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import { dryRunLines } from "../summarize/end-lines.ts";
import { orphanLines, schemaLines } from "../summarize/log-lines.ts";
import { decidedBy } from "./decided.ts";
import type { Run } from "./open-run.ts";

/** The plan of a run, told to whoever listens; weighed when it is a new one. */
export async function makePlan(ends: Ends, run: Run): Promise<WeighedPlan> {
  const { request, emit } = run;
  emit({ type: "phase", phase: "planning" });
  const plan = await run.plan(ends, run.ports);
  if (run.earlier !== undefined) {
    emit({ type: "log", level: "info", line: resumeLine(run, plan) });
    return toldPlan({ plan }, run);
  }
  if (request.loadType === "SELECTIVE") {
    for (const line of schemaLines(plan)) emit({ type: "log", level: "info", line });
  }
  for (const line of [...orphanLines(plan), ...plan.notes]) emit({ type: "log", level: "warn", line });
  if (request.dryRun) for (const line of dryRunLines(plan)) emit({ type: "log", level: "info", line });
  return toldPlan(await weighPlan(plan, ends, request, run.ports), run);
}

function toldPlan(weighed: WeighedPlan, { emit, done }: Run): WeighedPlan {
  const open = weighed.plan.steps.filter(({ id }) => !done.has(id));
  const tables = open.filter(({ kind }) => kind === "table").length;
  for (const objects of decidedBy(weighed.plan)) emit({ type: "decided", objects });
  emit({ type: "planned", objects: open.length, tables, bytes: bytesOf(open) });
  return weighed;
}

/** What the tables and the files of volumes come to; `null` when that is not known of each of them. */
export function bytesOf(steps: readonly Step[]): number | null {
  let sum = 0;
  for (const { operation } of steps) {
    if (operation.kind === "create_volume") sum += operation.bytes;
    if (operation.kind !== "clone_table") continue;
    if (operation.sizeBytes === undefined) return null;
    sum += operation.sizeBytes;
  }
  return sum;
}

function resumeLine({ runId, done }: Run, { steps }: ClonePlan): string {
  return `Going on with run ${runId}: ${done.size} of ${steps.length} steps were done.`;
}
