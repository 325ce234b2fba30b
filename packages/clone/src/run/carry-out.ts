import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { INTERRUPTIONS, type Stop } from "../execute/stop.ts";
import { type Guarded, isGuardRefusal } from "../guards/guarded.ts";
import { withoutLifting } from "../guards/masks/lifts-masks.ts";
import { withGuards, withTargetGuards } from "../guards/with-guards.ts";
import type { CloneRequest } from "../request/request.ts";
import { cancelLine } from "../summarize/end-lines.ts";
import { startLine } from "../summarize/log-lines.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { type Done, inspectAndExecute } from "./inspect-and-execute.ts";
import type { Run } from "./open-run.ts";
import { auditedSummary, auditFailure, recordOf } from "./traces.ts";
import { validateCopies } from "./validate-copies.ts";

/**
 * Carries a run out to its summary: inspect, plan, execute, validate, summarize. The ledger has the end of the run in every case.
 * Throws what ends the inspection as a whole; of one target of several that is its summary instead.
 */
export async function carryOutRecorded(run: Run): Promise<RunSummary> {
  const { ledger, clock } = run.ports;
  const summary = await carryOut(run).catch((error: unknown) => failed(error, run));
  const codes = summary.errors.map(({ code }) => code);
  const mendable = run.unreachable === undefined ? interruption(codes) : { interrupted: true as const };
  const end = { at: clock.now(), type: "end", status: summary.status, ...mendable } as const;
  // A disk that does not take the run's record has said so already, and the summary tells.
  await ledger.append(end).catch((error: unknown) => {
    if (!codes.includes("LEDGER_FAILED")) throw error;
  });
  return summary;
}

/** One target of several ends for itself with what went wrong there; a run for itself tells its caller. */
async function failed(error: unknown, run: Run): Promise<RunSummary> {
  const summary = await auditFailure(error, run);
  if (run.share !== undefined) return summary;
  const code = error instanceof WorkspaceError ? error.code : "";
  const end = { type: "end", status: "failed", ...interruption([code]) } as const;
  await run.ports.ledger.append({ at: run.ports.clock.now(), ...end });
  throw error;
}

/** A run that stopped for a reason that can be mended is not over. */
export function interruption(codes: readonly string[]): { readonly interrupted?: true } {
  return codes.some((code) => INTERRUPTIONS.has(code)) ? { interrupted: true } : {};
}

async function carryOut(run: Run): Promise<RunSummary> {
  const { request, runId, emit } = run;
  emit({
    type: "started",
    runId,
    source: request.sourceCatalog,
    destination: request.destinationCatalog,
    mode: request.loadType.toLowerCase(),
  });
  emit({ type: "log", level: "info", line: startLine(request, runId) });
  const { plan, weights, outcomes, problems, route } = await guardedly(run);
  const { validation, ...validated } = await validateCopies({ ...(plan ? { plan } : {}), outcomes }, run);
  emit({ type: "phase", phase: "summarizing" });
  const record = recordOf(run, plan, outcomes);
  const summary = await auditedSummary(
    {
      ...record,
      problems: [...problems, ...validated.problems],
      cancelled: record.cancelled || validated.cut,
      ...(weights ? { weights } : {}),
      ...(route ? { route } : {}),
      ...(validation ? { validation } : {}),
    },
    run,
  );
  for (const { object, code, message } of summary.errors) {
    emit({ type: "log", level: "error", line: errorLine({ object, code, message }) });
  }
  if (summary.status === "cancelled") {
    emit({ type: "log", level: "warn", line: cancelLine(plan, outcomes) });
  }
  emit({ type: "finished", summary });
  return summary;
}

/** What was done between taking the guards and releasing them, and what went wrong with the run as a whole. */
async function guardedly(run: Run): Promise<Done & { readonly problems: readonly ObjectError[] }> {
  const { request, ports, runId, emit, done, share } = run;
  const earlier = run.earlier ? { plan: run.earlier.plan } : {};
  if (run.unreachable !== undefined) return { ...earlier, outcomes: done, problems: [run.unreachable] };
  const log = (level: "info" | "warn" | "error", line: string) => emit({ type: "log", level, line });
  // The plan of an earlier process knows nothing of who may read the target by now.
  const within = { request: run.earlier ? withoutLifting(request) : request, runId, ports, log };
  const body = (guarded: Guarded) =>
    inspectAndExecute({ ...run, ports: { ...ports, signal: guarded.signal } }, guarded);
  try {
    const { value, problems } = await (share === undefined
      ? withGuards(within, body)
      : withTargetGuards(within, share.guarded, body));
    const { stopped, ...did } = value ?? { outcomes: done };
    return { ...did, problems: [...problems, ...(stopped ? [stopError(stopped, did, request)] : [])] };
  } catch (error) {
    if (!(error instanceof CloneError) || !isGuardRefusal(error.code)) throw error;
    const { object = request.destinationCatalog, code, message } = error;
    return { outcomes: done, problems: [{ object, operation: "guard", code, message }] };
  }
}

/** One error for all that a run did not come to, beside those of the objects that it was in. */
function stopError(
  { code, message }: Stop,
  { plan, outcomes }: Done,
  { destinationCatalog }: CloneRequest,
): ObjectError {
  const left = (plan?.steps ?? []).filter(({ id }) => outcomes.get(id)?.state === "skipped").length;
  const count = `${left} ${left === 1 ? "step was" : "steps were"} not attempted.`;
  return { object: destinationCatalog, operation: "execute", code, message: `${message} ${count}` };
}

/** One line. Messages of the server often begin with their class, and may quote a whole statement below their first line. */
function errorLine({ object, code, message }: Pick<ObjectError, "object" | "code" | "message">): string {
  const [first = ""] = message.split("\n");
  return first.includes(code) ? `${object}: ${first}` : `${object}: ${code}: ${first}`;
}
