import { type Statement, type Statements, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { pick } from "./random.ts";

/** What may happen to a statement that writes. */
export const FAULTS = ["refused_for_now", "lost_before", "lost_after", "gone_after", "denied"] as const;
export type Fault = (typeof FAULTS)[number];

/** How often a fault is injected, and how many there were of each kind. */
export interface FaultInjector {
  readonly workspace: Workspace;
  readonly injected: Readonly<Record<Fault, number>>;
  /** Texts of statements that were denied: what they were for cannot succeed. */
  readonly denied: readonly string[];
}

/**
 * Puts faults between the engine and a workspace that works: an answer before the effect (refused, lost), after the effect (lost, or the
 * result gone), or a denial that no retry mends. Reads pass, so that what a run finds is what is there.
 */
export function withFaults(workspace: Workspace, random: () => number, probability: number): FaultInjector {
  const injected = { refused_for_now: 0, lost_before: 0, lost_after: 0, gone_after: 0, denied: 0 };
  const denied: string[] = [];
  const execute: Statements["execute"] = async (statement, options) => {
    if (statement.effect === "read" || random() >= probability)
      return workspace.statements.execute(statement, options);
    const fault = pick(random, FAULTS);
    injected[fault] += 1;
    if (fault === "denied") denied.push(statement.text);
    return inject(fault, statement, () => workspace.statements.execute(statement, options));
  };
  return { workspace: { ...delegate(workspace), statements: { execute } }, injected, denied };
}

function delegate(workspace: Workspace): Omit<Workspace, "statements"> {
  return { identity: workspace.identity, unity: workspace.unity, close: () => workspace.close() };
}

async function inject(
  fault: Fault,
  { kind }: Statement,
  execute: () => ReturnType<Statements["execute"]>,
): ReturnType<Statements["execute"]> {
  switch (fault) {
    case "refused_for_now":
      throw new WorkspaceError("RATE_LIMITED", `too many requests (${kind})`, { retryable: true });
    case "lost_before":
      throw new WorkspaceError("UNKNOWN_RESULT", `the connection broke before the ${kind} arrived`);
    case "lost_after":
      await execute();
      throw new WorkspaceError("UNKNOWN_RESULT", `the connection broke after the ${kind} arrived`);
    case "gone_after": {
      const result = await execute();
      return { ...result, columns: [], rows: [], resultGone: true };
    }
    case "denied":
      throw new WorkspaceError(
        "PERMISSION_DENIED",
        "PERMISSION_DENIED: User does not have CREATE TABLE on Schema 's'.",
        {
          errorClass: "PERMISSION_DENIED",
        },
      );
  }
}
