import type { RecentStatement, Statements, StatementState } from "@clone-xs/unity";
import type { BegunStep, RunState } from "./resume-state.ts";
import type { RunPorts } from "./run.ts";

type SettlePorts = Pick<RunPorts, "target" | "clock" | "signal"> & {
  readonly log: (line: string) => void;
};

/** Clocks of this machine and of the warehouse may differ by so much. */
const SKEW_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Waits for statements that an earlier process of the run left running, so that nothing is sent beside them: those whose ids its ledger
 * has, and those whose submission was never answered, which the query history knows by their tags. When the signal aborts, they
 * are cancelled at the warehouse. Resolves when none of them runs any more.
 */
export async function settleEarlier({ runId, begun }: RunState, ports: SettlePorts): Promise<void> {
  if (begun.size === 0) return;
  const { statements } = ports.target;
  const acknowledged = [...begun.values()].flatMap(({ statementIds }) => statementIds);
  const found = await statements.recent({ since: firstOf(begun) - SKEW_MS, tags: { clxs_run: runId } });
  const ids = new Set([...acknowledged, ...found.filter(isRunning).map(({ statementId }) => statementId)]);
  const running = await stillRunning([...ids], statements);
  if (running.length === 0) return;
  const count = `${running.length} ${running.length === 1 ? "statement" : "statements"}`;
  ports.log(`Waiting for ${count} that the earlier process of this run left running.`);
  await Promise.all(running.map((id) => ended(id, ports)));
}

/** Resolves with the state in which a statement ends; `undefined` when the warehouse forgot it. Cancels it when the signal aborts. */
export async function ended(
  statementId: string,
  { target, clock, signal }: Pick<RunPorts, "target" | "clock" | "signal">,
): Promise<StatementState | undefined> {
  let cancelled = false;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const now = await target.statements.state(statementId);
    if (now === undefined || !isRunning(now)) return now?.state;
    if (signal?.aborted && !cancelled) {
      await target.statements.cancel(statementId);
      cancelled = true;
      pause = FIRST_PAUSE_MS;
    }
    await unlessAborted(clock.sleep(pause, cancelled ? undefined : signal), signal);
  }
}

function isRunning({ state }: Pick<RecentStatement, "state">): boolean {
  return state === "PENDING" || state === "RUNNING";
}

async function stillRunning(ids: readonly string[], statements: Statements): Promise<readonly string[]> {
  const states = await Promise.all(ids.map((id) => statements.state(id)));
  return ids.filter((_, at) => {
    const state = states[at];
    return state !== undefined && isRunning(state);
  });
}

function firstOf(begun: ReadonlyMap<string, BegunStep>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { at } of begun.values()) first = Math.min(first, at);
  return first;
}

async function unlessAborted(sleep: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep;
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
