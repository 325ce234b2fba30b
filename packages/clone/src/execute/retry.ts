import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import type { Clock } from "../run/run.ts";

/** How failed statements are sent again. */
export interface RetryPolicy {
  readonly attempts: number;
  /** First pause in milliseconds; each later one is twice as long, and a random part of itself is taken off. */
  readonly firstPause: number;
  readonly longestPause: number;
}

const DEFAULT_RETRY: RetryPolicy = { attempts: 5, firstPause: 500, longestPause: 20_000 };

export interface RetryPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal;
  /** Called when the service says that it has too much to do. */
  readonly throttled?: () => void;
}

/**
 * Sends until the outcome is known. What the workspace calls retryable is sent again after a pause. When the answer was lost
 * the statement may have run: the target is observed first, and only when it shows nothing is the statement sent again,
 * so `send` must be harmless to repeat. An object that is there already counts as ours when the observation says so.
 * Throws the last error otherwise.
 */
export async function sendUntilKnown<Result>(
  {
    send,
    observe,
  }: { readonly send: () => Promise<Result>; readonly observe: () => Promise<Result | undefined> },
  ports: RetryPorts,
  policy: RetryPolicy = DEFAULT_RETRY,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const next = nextMove(error, attempt, policy, ports);
      if (next === "give up") throw error;
      if (next !== "send again") {
        const seen = await observe();
        if (seen !== undefined) return seen;
        if (next === "observe, then give up") throw lost(error);
      }
      await ports.clock.sleep(pause(attempt, policy, ports.random), ports.signal);
    }
  }
}

type Move = "send again" | "observe, then send again" | "observe, then give up" | "give up";

function nextMove(error: unknown, attempt: number, policy: RetryPolicy, { signal }: RetryPorts): Move {
  if (!(error instanceof WorkspaceError) || signal?.aborted) return "give up";
  const last = attempt >= policy.attempts;
  if (error.code === "UNKNOWN_RESULT") return last ? "observe, then give up" : "observe, then send again";
  if (alreadyExists(error)) return "observe, then give up";
  return error.retryable && !last ? "send again" : "give up";
}

/** The workspace refused to create what is there. */
export function alreadyExists(error: unknown): boolean {
  if (!(error instanceof WorkspaceError)) return false;
  return error.code === "ALREADY_EXISTS" || (error.errorClass?.endsWith("ALREADY_EXISTS") ?? false);
}

function lost(error: unknown): unknown {
  if (!(error instanceof WorkspaceError) || error.code !== "UNKNOWN_RESULT") return error;
  return new CloneError("UNKNOWN_RESULT", `${error.message} The target does not show whether it ran.`, {
    cause: error,
  });
}

function pause(attempt: number, policy: RetryPolicy, random: () => number): number {
  const full = Math.min(policy.longestPause, policy.firstPause * 2 ** (attempt - 1));
  return full * (1 - random() / 2);
}
