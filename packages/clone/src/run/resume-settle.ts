import type { Statements } from "@clone-xs/unity";
import { endOf, isUnderWay, SKEW_MS } from "../execute/await-statement.ts";
import type { BegunStep, RunState } from "./resume-state.ts";
import type { RunPorts } from "./run.ts";

type SettlePorts = Pick<RunPorts, "target" | "clock" | "signal"> & {
  readonly log: (line: string) => void;
};

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
  const ids = new Set([...acknowledged, ...found.filter(isUnderWay).map(({ statementId }) => statementId)]);
  const running = await stillRunning([...ids], statements);
  if (running.length === 0) return;
  const count = `${running.length} ${running.length === 1 ? "statement" : "statements"}`;
  ports.log(`Waiting for ${count} that the earlier process of this run left running.`);
  await Promise.all(running.map((id) => endOf(id, ports)));
}

async function stillRunning(ids: readonly string[], statements: Statements): Promise<readonly string[]> {
  const states = await Promise.all(ids.map((id) => statements.state(id)));
  return ids.filter((_, at) => {
    const state = states[at];
    return state !== undefined && isUnderWay(state);
  });
}

function firstOf(begun: ReadonlyMap<string, BegunStep>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { at } of begun.values()) first = Math.min(first, at);
  return first;
}
