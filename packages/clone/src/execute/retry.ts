import { type HeldUp, WorkspaceError } from "@clone-xs/unity";
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
  /** Called when the service has too much to do: it refuses for now, or lets a statement wait. */
  readonly heldUp?: (why: HeldUp) => void;
}

/** How one statement is sent, and how it is found out what became of it. */
export interface Sending<Result> {
  readonly send: () => Promise<Result>;
  /** What the target shows of the effect; `undefined` when it does not show it. */
  readonly observe: () => Promise<Result | undefined>;
  /** Waits for the end of a statement whose answer was lost; with the error when it failed, `undefined` when that is not known. */
  readonly fate?: () => Promise<WorkspaceError | undefined>;
}

/**
 * Sends until the outcome is known. What the workspace calls retryable is sent again after a pause. When the answer was lost
 * the statement may have run, or may run still: its end is awaited and the target observed, and only when both show nothing is the
 * statement sent again, so `send` must be harmless to repeat. An object that is there already counts as ours when the observation
 * says so. Throws the last error otherwise.
 */
export async function sendUntilKnown<Result>(
  { send, observe, fate }: Sending<Result>,
  ports: RetryPorts,
  policy: RetryPolicy = DEFAULT_RETRY,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (thrown) {
      if (!(thrown instanceof WorkspaceError) || ports.signal?.aborted) throw thrown;
      if (thrown.code === "RATE_LIMITED") ports.heldUp?.("throttled");
      const wait = () => ports.clock.sleep(pause(thrown, attempt, policy, ports.random), ports.signal);
      const [isLost, isThere] = [thrown.code === "UNKNOWN_RESULT", alreadyExists(thrown)];
      // What was sent a moment ago may not show yet.
      if (isLost) await wait();
      const ended = isLost ? await fate?.() : undefined;
      const seen = isLost || isThere ? await observe() : undefined;
      if (seen !== undefined) return seen;
      const error = ended ?? thrown;
      if (attempt >= policy.attempts || !maySendAgain(error)) throw unknown(error);
      if (!isLost) await wait();
    }
  }
}

function maySendAgain(error: WorkspaceError): boolean {
  return error.code === "UNKNOWN_RESULT" || (error.retryable && !alreadyExists(error));
}

/** The workspace refused to create what is there. */
export function alreadyExists(error: unknown): boolean {
  if (!(error instanceof WorkspaceError)) return false;
  return error.code === "ALREADY_EXISTS" || (error.errorClass?.endsWith("ALREADY_EXISTS") ?? false);
}

function unknown(error: WorkspaceError): Error {
  if (error.code !== "UNKNOWN_RESULT") return error;
  return new CloneError("UNKNOWN_RESULT", `${error.message} The target does not show whether it ran.`, {
    cause: error,
  });
}

/** Never sooner than the server asked for. */
function pause(
  { retryAfterMs = 0 }: WorkspaceError,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number {
  const full = Math.min(policy.longestPause, policy.firstPause * 2 ** (attempt - 1));
  return Math.max(retryAfterMs, full * (1 - random() / 2));
}
