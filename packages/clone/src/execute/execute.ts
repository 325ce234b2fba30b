import { SqlError } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import type { RunEvent } from "../run/events.ts";
import type { RunPorts } from "../run/run.ts";
import { tagged } from "../run/tagging.ts";
import { runGraph } from "./graph.ts";
import type { StepOutcome } from "./outcome.ts";
import { perform } from "./perform.ts";

export type ExecutePorts = Pick<RunPorts, "source" | "target" | "ledger" | "clock" | "random" | "signal"> & {
  readonly runId: string;
  readonly emit: (event: DistributiveOmit<RunEvent, "at">) => void;
  /** Rejects when the step must not be begun any more; the signal has aborted then. */
  readonly beforeStep: () => Promise<void>;
};

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/**
 * Carries out a plan, at most `limit` steps at once. Never throws for a step: each gets an outcome. The ledger has the intent of
 * a step before anything is sent and its outcome afterwards. When the signal aborts, no further step is begun.
 */
export function executePlan(
  plan: ClonePlan,
  limit: number,
  ports: ExecutePorts,
): Promise<ReadonlyMap<string, StepOutcome>> {
  return runGraph<Step, StepOutcome>(plan.steps, {
    limit,
    succeeded: ({ state }) => state === "succeeded",
    run: (step) => (ports.signal?.aborted ? conclude(step, cancelled(ports), ports) : execute(step, ports)),
    skip: (step, failed) => {
      const now = ports.clock.now();
      const message = `Not attempted: it needs ${failed.object}, which was not made.`;
      const outcome = ports.signal?.aborted
        ? cancelled(ports)
        : ({ state: "skipped", code: "DEPENDENCY_FAILED", message, startedAt: now, endedAt: now } as const);
      return conclude(step, outcome, ports);
    },
  });
}

async function execute(step: Step, ports: ExecutePorts): Promise<StepOutcome> {
  const mayBegin = await ports.beforeStep().then(
    () => true,
    () => false,
  );
  if (!mayBegin) return conclude(step, cancelled(ports), ports);
  const startedAt = ports.clock.now();
  ports.emit({ type: "step", step: { ...progressOf(step), state: "started" } });
  const { id, object, operation } = step;
  await ports.ledger.append({ at: startedAt, type: "intent", step: id, object, operation: operation.kind });
  const outcome = await attempt(step, startedAt, ports);
  return conclude(step, outcome, ports);
}

async function attempt(step: Step, startedAt: number, ports: ExecutePorts): Promise<StepOutcome> {
  const submissions: Promise<void>[] = [];
  try {
    const performed = await perform(step, {
      ...ports,
      target: tagged(ports.target, { clxs_step: step.id }),
      sending: (statement) => {
        if (statement.kind === "clone") log(statement.text.replaceAll(/\s*\n\s*/gu, " "), ports);
      },
      warn: (line) => ports.emit({ type: "log", level: "warn", line }),
      submitted: (statementId) => {
        const record = { at: ports.clock.now(), type: "submitted", step: step.id, statementId } as const;
        const written = ports.ledger.append(record);
        // Awaited below, when the statement has ended; until then a failed write must not count as unhandled.
        written.catch(() => undefined);
        submissions.push(written);
      },
    });
    return { state: "succeeded", ...performed, startedAt, endedAt: ports.clock.now() };
  } catch (error) {
    const endedAt = ports.clock.now();
    if (ports.signal?.aborted) return { ...cancelled(ports), startedAt, endedAt };
    return { state: "failed", ...describe(error), startedAt, endedAt };
  } finally {
    await Promise.all(submissions);
  }
}

/** Records and tells an outcome. */
async function conclude(step: Step, outcome: StepOutcome, ports: ExecutePorts): Promise<StepOutcome> {
  const told = outcome.state === "succeeded" ? {} : { code: outcome.code, message: outcome.message };
  await ports.ledger.append({
    at: outcome.endedAt,
    type: "outcome",
    step: step.id,
    state: outcome.state,
    ...told,
  });
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
  ports.emit({
    type: "step",
    step: { ...progressOf(step), state: outcome.state, seconds, ...copied, ...error },
  });
  return outcome;
}

function progressOf({ id, kind, object, operation, reason }: Step) {
  return { id, kind, object, operation: operation.kind, reason };
}

function cancelled({ clock }: ExecutePorts): StepOutcome {
  const now = clock.now();
  return {
    state: "skipped",
    code: "CANCELLED",
    message: "The run was cancelled.",
    startedAt: now,
    endedAt: now,
  };
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
