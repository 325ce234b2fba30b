import { WorkspaceError } from "@clone-xs/unity";
import type { Attempt } from "./transport.ts";
import { type Asked, judge } from "./verdict.ts";

/** Time and chance, as the composition root hands them in. */
export interface Effects {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Resolves after `ms`; ends early, resolved or rejected, when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** How long trouble is borne before it becomes an error, in milliseconds. */
export interface Patience {
  /** Refused for now, or answers lost. */
  readonly totalMs: number;
  /** Nobody listens at the address: more often a wrong address than a passing one. */
  readonly unreachableMs: number;
}

export const defaultPatience: Patience = { totalMs: 300_000, unreachableMs: 60_000 };

export interface RetryOptions extends Asked {
  readonly effects: Effects;
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
}

/** Sends until an answer can be taken. Throws the last error when it is final or patience has run out; CANCELED on abort. */
export async function sendWithRetry(send: () => Promise<Attempt>, options: RetryOptions): Promise<string> {
  const { effects, patience, signal, what } = options;
  const start = effects.now();
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw new WorkspaceError("CANCELED", `Cancelled by the caller (${what}).`);
    const verdict = judge(await send(), options);
    if (verdict.kind === "accept") return verdict.answer.text;
    if (verdict.kind === "fail") throw verdict.error;
    const delay = retryDelay({
      attempt,
      now: effects.now(),
      random: effects.random(),
      retryAfter: verdict.retryAfter,
    });
    const limit = verdict.unreachable ? patience.unreachableMs : patience.totalMs;
    if (effects.now() - start + delay > limit) throw verdict.error;
    await pause(effects, delay, signal);
  }
}

/** Sleeps; an abort ends the sleep without an error, for the caller to look at the signal. */
export async function pause({ sleep }: Effects, ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/**
 * Milliseconds before the next attempt: attempt × 1 s, at most 10 s, plus 50 to 750 ms of jitter (the SDKs' numbers), and
 * never sooner than the server asked for.
 */
export function retryDelay({
  attempt,
  now,
  random,
  retryAfter,
}: {
  attempt: number;
  now: number;
  random: number;
  retryAfter?: string | undefined;
}): number {
  const backOff = Math.min(attempt * 1000, 10_000);
  return Math.max(backOff, retryAfterMs(retryAfter, now) ?? 0) + 50 + Math.floor(random * 700);
}

/** Retry-After in milliseconds from now: whole seconds or an HTTP date (RFC 9110 §10.2.3); `undefined` for anything else. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/u.test(value)) return Number(value) * 1000;
  if (!/^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/u.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
