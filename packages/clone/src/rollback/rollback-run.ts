import type { Workspace } from "@clone-xs/unity";
import { sendUntilKnown } from "../execute/retry.ts";
import { CloneError } from "../errors.ts";
import { parseCloneRequest } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { withGuards } from "../guards/with-guards.ts";
import { readHistories } from "../inspect/history.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { inspectCatalog } from "../inspect/inspect.ts";
import type { HistoryRead } from "../inspect/inventory.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import { patientReads } from "../run/patient-reads.ts";
import type { RunPorts } from "../run/run.ts";
import { tagged } from "../run/tagging.ts";
import { planUndo, type Staying, type UndoPlan, type UndoStep } from "./plan-undo.ts";
import type { UndoRecord } from "./undo-record.ts";
import { undoRoute } from "./undo-route.ts";

export interface RollbackOptions {
  /** Look and plan, and change nothing. */
  readonly dryRun: boolean;
  /** Undo also what others wrote to the copies since the run. */
  readonly force: boolean;
}

export interface RollbackSummary {
  readonly run_id: string;
  readonly destination_catalog: string;
  readonly status: "success" | "partial" | "failed" | "cancelled";
  readonly dry_run: boolean;
  readonly undone: readonly { readonly object: string; readonly what: string }[];
  /** What could not be taken back, and why. */
  readonly left: readonly { readonly object: string; readonly reason: string }[];
  readonly errors: readonly {
    readonly object: string;
    readonly operation: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Entries that reach back below the run: it is the newest thing that was done to its tables, or they stay. */
const ENTRIES = 200;

/**
 * Takes a run back: everything that it made or changed on the target is as it was before, or stands in `left` with the reason. Sends
 * nothing twice: what is as before is left, so that an undo that was interrupted is simply asked for again. How it went is kept beside the ledger.
 * Throws LEASE_HELD when another run writes to the target, and PROTECTED_CATALOG.
 */
export async function rollbackRun(
  record: UndoRecord,
  ledger: readonly LedgerRecord[],
  { dryRun, force }: RollbackOptions,
  ports: RunPorts,
): Promise<RollbackSummary> {
  const { runId } = record;
  const { quiesce: _, ...asked } = requestOf(record);
  const target = patientReads(tagged(ports.target, { clxs_run: runId, clxs_step: "rollback" }), ports);
  const log = (level: "info" | "warn" | "error", line: string) =>
    ports.emit({ at: ports.clock.now(), type: "log", level, line });
  const { value, problems } = await withGuards(
    { request: { ...asked, dryRun }, runId, ports, log },
    async ({ signal }) => {
      const plan = await lookAndPlan(record, ledger, force, target, signal);
      const undoing = { ...ports, target, signal };
      const errors = dryRun
        ? []
        : [...(await undoAll(plan, target, undoing)), ...(await unmade(record, ledger, undoing))];
      return summaryOf(record, plan, errors, dryRun, signal.aborted);
    },
  );
  const nothing = { phases: [], stays: [], asBefore: 0 };
  const summary = value ?? summaryOf(record, nothing, [], dryRun, true);
  const whole =
    problems.length === 0
      ? summary
      : { ...summary, errors: [...summary.errors, ...problems], status: "partial" as const };
  if (!dryRun) await ports.documents.write("rollback", whole);
  return whole;
}

/** The request of the run that recorded this. Throws INVALID_REQUEST when it is not understood. */
export function requestOf({ runId, plan }: UndoRecord): CloneRequest {
  const parsed = parseCloneRequest(plan.request);
  if (parsed.ok) return parsed.request;
  const problems = parsed.problems.map(({ message }) => message).join(" ");
  throw new CloneError("INVALID_REQUEST", `The request of run ${runId} cannot be read: ${problems}`);
}

async function lookAndPlan(
  record: UndoRecord,
  ledger: readonly LedgerRecord[],
  force: boolean,
  target: Workspace,
  signal: AbortSignal | undefined,
): Promise<UndoPlan> {
  const { destinationCatalog, steps } = record.plan;
  const options = { parallel: 8, ...(signal ? { signal } : {}) };
  const begun = begunIn(ledger);
  const now = await inspectCatalog(target, { catalog: destinationCatalog, wanted: () => true, ...options });
  const tables = steps.flatMap(({ id, operation }) =>
    operation.kind === "clone_table" && begun.has(id) ? operation.target : [],
  );
  const histories: Readonly<Record<string, HistoryRead>> =
    now === undefined ? {} : await readHistories(target.statements, tables, { limit: ENTRIES, ...options });
  return planUndo({ record, begun, now, histories, force });
}

type UndoError = RollbackSummary["errors"][number];

/** What the run had made to read its source by: the copies need it no more, nor does whoever undoes them. */
async function unmade(
  record: UndoRecord,
  ledger: readonly LedgerRecord[],
  ports: RunPorts,
): Promise<readonly UndoError[]> {
  if (ports.signal?.aborted) return [];
  try {
    await undoRoute(record, begunIn(ledger), ports);
    return [];
  } catch (error) {
    return [errorOf(error, { object: record.plan.destinationCatalog, operation: "close_route" })];
  }
}

async function undoAll(plan: UndoPlan, target: Workspace, ports: RunPorts): Promise<readonly UndoError[]> {
  const errors: UndoError[] = [];
  for (const phase of plan.phases) {
    if (ports.signal?.aborted) break;
    const failed = await inParallel(phase, 8, (step) => undoStep(step, target, ports));
    errors.push(...failed.filter((error) => error !== undefined));
  }
  return errors;
}

async function undoStep(
  { object, what, statements }: UndoStep,
  target: Workspace,
  ports: RunPorts,
): Promise<UndoError | undefined> {
  const { clock, random, signal, emit } = ports;
  const sending = { clock, random, ...(signal ? { signal } : {}) };
  try {
    for (const statement of statements) {
      const send = () => target.statements.execute(statement, signal ? { signal } : {});
      await sendUntilKnown({ send, observe: () => Promise.resolve(undefined) }, sending);
    }
    emit({ at: clock.now(), type: "log", level: "info", line: `${what} ${object}` });
    return undefined;
  } catch (error) {
    return errorOf(error, { object, operation: what });
  }
}

function errorOf(error: unknown, about: Pick<UndoError, "object" | "operation">): UndoError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "INTERNAL";
  return { ...about, code, message: error instanceof Error ? error.message : String(error) };
}

function begunIn(ledger: readonly LedgerRecord[]): ReadonlySet<string> {
  return new Set(ledger.flatMap((entry) => (entry.type === "intent" ? entry.step : [])));
}

function summaryOf(
  { runId, plan: { destinationCatalog } }: UndoRecord,
  { phases, stays }: UndoPlan,
  errors: readonly UndoError[],
  dryRun: boolean,
  cancelled: boolean,
): RollbackSummary {
  const failed = new Set(errors.map(({ object, operation }) => `${operation} ${object}`));
  const undone = phases
    .flat()
    .map(({ object, what }) => ({ object, what }))
    .filter(({ object, what }) => !failed.has(`${what} ${object}`));
  return {
    run_id: runId,
    destination_catalog: destinationCatalog,
    status: cancelled ? "cancelled" : statusOf(undone.length, errors, stays),
    dry_run: dryRun,
    undone: cancelled ? [] : undone,
    left: stays,
    errors,
  };
}

function statusOf(
  undone: number,
  errors: readonly UndoError[],
  left: readonly Staying[],
): RollbackSummary["status"] {
  if (errors.length + left.length === 0) return "success";
  return undone > 0 ? "partial" : "failed";
}
