import type { RecentStatement, Statement, SubmittedState, Workspace } from "@clone-xs/unity";
import type { Clock } from "../run/run.ts";

export interface AwaitPorts {
  readonly target: Workspace;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Clocks of this machine and of the warehouse may differ by so much. */
export const SKEW_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Resolves with the state in which a statement ends that was submitted before; `undefined` when the warehouse does not know it. When the
 * signal aborts it is cancelled there.
 */
export async function endOf(
  statementId: string,
  { target, clock, signal }: AwaitPorts,
): Promise<SubmittedState | undefined> {
  let cancelled = false;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const now = await target.statements.state(statementId);
    if (now === undefined || !isUnderWay(now)) return now;
    if (signal?.aborted && !cancelled) {
      await target.statements.cancel(statementId);
      cancelled = true;
      pause = FIRST_PAUSE_MS;
    }
    await unlessAborted(clock.sleep(pause, cancelled ? undefined : signal), signal);
  }
}

/** What the query history has of a statement whose submission was never answered: the same text with the same tags, under an id that is not known. */
export async function findLost(
  statement: Statement,
  { since, tags, known }: LostStatement,
  { target }: AwaitPorts,
): Promise<string | undefined> {
  const found = await target.statements.recent({ since: since - SKEW_MS, tags });
  const ours = ({ statementId, text }: RecentStatement) =>
    !known.has(statementId) && text.trim() === statement.text.trim();
  return found.find(ours)?.statementId;
}

export interface LostStatement {
  /** Epoch milliseconds at which it was sent first. */
  readonly since: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids that were acknowledged for the same text. */
  readonly known: ReadonlySet<string>;
}

export function isUnderWay({ state }: Pick<SubmittedState, "state">): boolean {
  return state === "PENDING" || state === "RUNNING";
}

async function unlessAborted(sleep: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep;
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
