import { SqlError } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { CloneError, type CloneErrorCode } from "../errors.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import type { RunEvent } from "../run/events.ts";
import type { RunPorts } from "../run/run.ts";
import { tagged } from "../run/tagging.ts";
import { openSlots, type Slots } from "../volumes/slots.ts";
import { runGraph } from "./graph.ts";
import { intentsOf } from "./intents.ts";
import { type Ledgering, ledgeringOn } from "./ledgering.ts";
import { adaptiveLimiter, type Limiter } from "./limiter.ts";
import type { StepOutcome } from "./outcome.ts";
import { perform } from "./perform.ts";
import { type Stop, stopOf } from "./stop.ts";
import { type LeftOut, openWithheld, type Withheld } from "./withheld.ts";

export type ExecutePorts = Pick<RunPorts, "source" | "target" | "ledger" | "clock" | "random" | "signal"> & {
  readonly runId: string;
  readonly emit: (event: DistributiveOmit<RunEvent, "at">) => void;
  /** Rejects when the step must not be begun any more; the signal has aborted then. */
  readonly beforeStep: () => Promise<void>;
};

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/** What is known before, and how much may be done at once. */
export interface ExecuteOptions {
  readonly limit: number;
  /** Outcomes that an earlier process came to, or that are certain: they are taken as they are. */
  readonly known?: ReadonlyMap<string, StepOutcome>;
}

export interface Executed {
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** Why the rest was not attempted. */
  readonly stopped?: Stop;
}

/**
 * Carries out a plan, at most `limit` steps at once, and fewer while the service asks for less; the largest tables first. Never throws
 * for a step: each gets an outcome. The ledger has the intent of a step before anything is sent and its outcome afterwards. When
 * the signal aborts, or an error shows that every other step would have it too, no further step is begun.
 */
export async function executePlan(
  plan: ClonePlan,
  { limit, known = new Map() }: ExecuteOptions,
  ports: ExecutePorts,
): Promise<Executed> {
  const open = plan.steps.filter(({ id }) => !known.has(id));
  const execution = begin(open, { limit, known }, ports);
  try {
    const outcomes = await runGraph<Step, StepOutcome>(plan.steps, {
      limit: execution.limiter.limit,
      weight,
      succeeded: ({ state }) => state === "succeeded",
      run: (step) => take(step, known.get(step.id), execution),
      skip: async (step, failed) => {
        const message = `Not attempted: it needs ${failed.object}, which was not made.`;
        const skipped = notBegun("DEPENDENCY_FAILED", message, ports);
        const left = execution.withheld.because(step, failed);
        const hindered = hindrance(execution) ?? (left && leftOut(left, ports));
        return known.get(step.id) ?? conclude(step, hindered ?? skipped, execution);
      },
    });
    await execution.ledgering.settled();
    const stopped = execution.stopped();
    return stopped ? { outcomes, stopped } : { outcomes };
  } finally {
    // Also when a step broke the run: what is on its way to the disk gets there first.
    await execution.ledgering.written();
  }
}

/** What the steps of one execution share. */
interface Execution extends ExecutePorts {
  readonly limiter: Limiter;
  readonly ledgering: Ledgering;
  readonly intended: (step: Step) => Promise<boolean>;
  readonly slots: Slots;
  /** By step: the statement that was submitted last for it. */
  readonly sent: Map<string, string>;
  /** Steps that the route cannot serve. */
  readonly withheld: Withheld;
  /** Why no further step is begun; the first reason counts. */
  readonly stopped: () => Stop | undefined;
  readonly stop: (stop: Stop) => void;
}

function begin(
  steps: readonly Step[],
  { limit, known = new Map() }: ExecuteOptions,
  ports: ExecutePorts,
): Execution {
  let stopped: Stop | undefined;
  const stop = (reason: Stop) => void (stopped ??= reason);
  const { ledger, clock } = ports;
  const ledgering = ledgeringOn(ledger, { clock, stop });
  const slots = openSlots(limit);
  const intended = intentsOf(steps, ledgering);
  const limiter = adaptiveLimiter(limit, clock);
  const withheld = openWithheld(known.values());
  const sent = new Map<string, string>();
  return { ...ports, limiter, slots, sent, ledgering, intended, withheld, stopped: () => stopped, stop };
}

/** What is quick goes first, as others wait for it; then the largest tables, as the last of them decides when all is done. */
function weight({ operation }: Step): number {
  return operation.kind === "clone_table" ? (operation.sizeBytes ?? 0) : Number.MAX_SAFE_INTEGER;
}

async function take(step: Step, known: StepOutcome | undefined, execution: Execution): Promise<StepOutcome> {
  if (known?.state === "succeeded") return known;
  const withheld = execution.withheld.of(step);
  const hindered = known ?? hindrance(execution) ?? (withheld && leftOut(withheld, execution));
  return hindered === undefined ? execute(step, execution) : conclude(step, hindered, execution);
}

/** Why a step is not begun now; `undefined` when it may be. */
function hindrance(execution: Execution): StepOutcome | undefined {
  if (execution.signal?.aborted) return cancelled(execution);
  const stopped = execution.stopped();
  return stopped && notBegun("NOT_ATTEMPTED", `Not attempted: ${stopped.message}`, execution);
}

async function execute(step: Step, execution: Execution): Promise<StepOutcome> {
  const mayBegin = await execution.beforeStep().then(
    () => true,
    () => false,
  );
  if (!mayBegin) return conclude(step, cancelled(execution), execution);
  const startedAt = execution.clock.now();
  execution.emit({ type: "step", step: { ...progressOf(step), state: "started" } });
  const recorded = await execution.intended(step);
  const outcome = recorded ? await attempt(step, startedAt, execution) : hindrance(execution);
  return conclude(step, outcome ?? cancelled(execution), execution);
}

async function attempt(step: Step, startedAt: number, execution: Execution): Promise<StepOutcome> {
  const { ledgering, limiter, emit, clock, signal } = execution;
  try {
    const performed = await perform(step, {
      ...execution,
      target: tagged(execution.target, { clxs_step: step.id }),
      stepId: step.id,
      sending: (statement) => {
        if (statement.kind === "clone") log(statement.text.replaceAll(/\s*\n\s*/gu, " "), execution);
      },
      progress: (copied) => emit({ type: "copied", object: step.object, ...copied }),
      warn: (line) => emit({ type: "log", level: "warn", line }),
      tell: (line) => log(line, execution),
      submitted: (statementId) => {
        execution.sent.set(step.id, statementId);
        ledgering.soon({ type: "submitted", step: step.id, statementId });
      },
      heldUp: limiter.pressed,
    });
    limiter.eased();
    execution.withheld.add(performed.unshared ?? []);
    return { state: "succeeded", ...performed, startedAt, endedAt: clock.now() };
  } catch (error) {
    const endedAt = clock.now();
    if (signal?.aborted) return { ...cancelled(execution), startedAt, endedAt };
    const reason = stopOf(error);
    if (reason) execution.stop(reason);
    return { state: "failed", ...(reason ?? describe(error)), startedAt, endedAt };
  }
}

/** Records and tells an outcome. */
function conclude(step: Step, outcome: StepOutcome, execution: Execution): StepOutcome {
  // What was not attempted is begun by whoever goes on with the run, and the ledger may be what failed.
  const attempted = outcome.state !== "skipped" || outcome.code !== "NOT_ATTEMPTED";
  if (attempted) execution.ledgering.soon({ type: "outcome", step: step.id, ...outcome });
  const copied =
    outcome.state === "succeeded" && outcome.counters
      ? {
          bytesCopied: outcome.counters.copied_files_size,
          filesCopied: outcome.counters.num_copied_files,
        }
      : {};
  const error =
    outcome.state === "succeeded" ? {} : { error: { code: outcome.code, message: outcome.message } };
  const seconds = (outcome.endedAt - outcome.startedAt) / 1000;
  const statementId = execution.sent.get(step.id);
  const sent = statementId === undefined ? {} : { statementId };
  execution.sent.delete(step.id);
  execution.emit({
    type: "step",
    step: { ...progressOf(step), state: outcome.state, seconds, ...copied, ...sent, ...error },
  });
  return outcome;
}

function progressOf({ id, kind, object, operation, reason }: Step) {
  return { id, kind, object, operation: operation.kind, reason };
}

function cancelled(ports: ExecutePorts): StepOutcome {
  return notBegun("CANCELLED", "The run was cancelled.", ports);
}

function notBegun(
  code: CloneErrorCode,
  message: string,
  { clock }: ExecutePorts,
): Extract<StepOutcome, { state: "skipped" }> {
  const now = clock.now();
  return { state: "skipped", code, message, startedAt: now, endedAt: now };
}

/** Its table cannot be shared: that is nothing which a repetition would mend. */
function leftOut({ reason, residue }: LeftOut, ports: ExecutePorts): StepOutcome {
  const skipped = notBegun("NOT_SHARED", `Left out: ${reason}`, ports);
  return residue ? { ...skipped, residue: [residue] } : skipped;
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof WorkspaceError)
    return { code: error.errorClass ?? error.code, message: error.message };
  if (error instanceof CloneError || error instanceof SqlError)
    return { code: error.code, message: error.message };
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
}

function log(line: string, { emit }: ExecutePorts): void {
  emit({ type: "log", level: "info", line });
}
