import {
  type StatementResult,
  type Statements,
  withExecute,
  type Workspace,
  WorkspaceError,
} from "@clone-xs/unity";
import { pick, seeded } from "./random.ts";

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
 * result gone), or a denial that no retry mends. Reads pass, so that what a run finds is what is there. What befalls a statement follows
 * from the seed, its text and how often it was sent: not from the order in which parallel statements happen to arrive.
 */
export function withFaults(workspace: Workspace, seed: number, probability: number): FaultInjector {
  const sent = new Map<string, number>();
  const injected = { refused_for_now: 0, lost_before: 0, lost_after: 0, gone_after: 0, denied: 0 };
  const denied: string[] = [];
  const execute: Statements["execute"] = async (statement, options) => {
    const times = sent.get(statement.text) ?? 0;
    sent.set(statement.text, times + 1);
    const random = seeded(hashOf(`${seed} ${times} ${statement.text}`));
    if (statement.effect === "read" || random() >= probability)
      return workspace.statements.execute(statement, options);
    const fault = pick(random, FAULTS);
    injected[fault] += 1;
    if (fault === "denied") denied.push(statement.text);
    return inject(fault, () => workspace.statements.execute(statement, options));
  };
  return { workspace: withExecute(workspace, execute), injected, denied };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Faults that come instead of an answer. */
const THROWN: Readonly<Record<Exclude<Fault, "gone_after">, () => WorkspaceError>> = {
  refused_for_now: () => new WorkspaceError("RATE_LIMITED", "too many requests", { retryable: true }),
  lost_before: () =>
    new WorkspaceError("UNKNOWN_RESULT", "the connection broke before the statement arrived"),
  lost_after: () => new WorkspaceError("UNKNOWN_RESULT", "the connection broke after the statement arrived"),
  denied: () =>
    new WorkspaceError(
      "PERMISSION_DENIED",
      "PERMISSION_DENIED: User does not have CREATE TABLE on Schema 's'.",
      {
        errorClass: "PERMISSION_DENIED",
      },
    ),
};

async function inject(fault: Fault, execute: () => Promise<StatementResult>): Promise<StatementResult> {
  if (fault === "gone_after") return { ...(await execute()), columns: [], rows: [], resultGone: true };
  if (fault === "lost_after") await execute();
  throw THROWN[fault]();
}
