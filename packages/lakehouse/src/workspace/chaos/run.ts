import { typedStatement } from "@clone-xs/sql";
import { StatementCanceled, StatementFailed } from "../statements/failure.ts";
import type { RunResult } from "../statements/registry.ts";
import { type LatencyModel, noLatency, statementLatency } from "../latency.ts";
import type { Striker } from "./chaos.ts";
import type { Fault } from "./rule.ts";

export interface Disturbance {
  readonly chaos: Striker;
  readonly latency: LatencyModel;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Runs a statement that has its slot as slowly as the model says, with the faults that strike it. The time passes before the work: a
 * statement that is cancelled meanwhile has done nothing.
 */
export async function disturbedRun(
  { chaos, latency, sleep }: Disturbance,
  {
    text,
    principal,
    signal,
  }: { readonly text: string; readonly principal: string; readonly signal: AbortSignal },
  work: () => Promise<RunResult>,
): Promise<RunResult> {
  if (chaos.quiet && latency === noLatency) return work();
  const { kind } = typedStatement(text);
  const { before, after } = chaos.at({ stage: "run", principal, statement: { text, kind } });
  const ms = statementLatency(latency, kind);
  if (ms > 0) await sleep(ms, signal);
  for (const fault of before) await strike(fault, { sleep, signal });
  const result = await work();
  for (const fault of after) await strike(fault, { sleep, signal });
  const gone = [...before, ...after].some((fault) => fault.kind === "end" && fault.state === "CLOSED");
  return gone ? { ...result, gone } : result;
}

async function strike(
  fault: Fault,
  { sleep, signal }: Pick<Disturbance, "sleep"> & { readonly signal: AbortSignal },
): Promise<void> {
  if (fault.kind === "delay") return sleep(fault.ms, signal);
  if (fault.kind !== "end" || fault.state === "CLOSED") return;
  const { errorCode, message } = fault;
  throw fault.state === "CANCELED"
    ? new StatementCanceled(message)
    : new StatementFailed({ errorCode, message });
}
