import { WorkspaceError } from "@clone-xs/unity";
import type { GuardPorts } from "../guard-ports.ts";

const LOOKS = 20;
const PAUSE_MS = 500;

/**
 * Cancels what a run has under way and waits until it has ended, so that whoever takes over sees all that it did. Gives how many
 * statements it found running. A warehouse that does not tell is a warning.
 */
export async function cancelStatementsOf(run: string, since: number, ports: GuardPorts): Promise<number> {
  const { workspace, clock, log } = ports;
  const cancelled = new Set<string>();
  try {
    for (let look = 0; look < LOOKS; look += 1) {
      const running = (await workspace.statements.recent({ since, tags: { clxs_run: run } })).filter(
        ({ state }) => state === "PENDING" || state === "RUNNING",
      );
      if (running.length === 0) return cancelled.size;
      await Promise.all(running.map(({ statementId }) => workspace.statements.cancel(statementId)));
      for (const { statementId } of running) cancelled.add(statementId);
      await clock.sleep(PAUSE_MS);
    }
    log("warn", `Statements of run ${run} are still running although they were cancelled.`);
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    log("warn", `Statements of run ${run} could not be looked for: ${error.message}`);
  }
  return cancelled.size;
}
