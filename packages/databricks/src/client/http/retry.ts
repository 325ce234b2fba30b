import { WorkspaceError } from "@clone-xs/unity";
import type { Attempt } from "./transport.ts";
import type { Outage } from "./outage.ts";
import { type Asked, judge, type Verdict } from "./verdict.ts";

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

/** A server of this machine that is gone stays gone: it has no load balancer, and nobody restarts it. */
export const loopbackPatience: Patience = { totalMs: 300_000, unreachableMs: 15_000 };

export interface RetryOptions extends Asked {
  readonly effects: Effects;
  readonly patience: Patience;
  /** Ends the request between attempts. */
  readonly signal?: AbortSignal | undefined;
  /** Once aborted, a host that does not answer is not waited for; one that answers is heard out. */
  readonly hurry?: AbortSignal | undefined;
  /** Shared by the requests to one host. */
  readonly outage: Outage;
  /** Called for each refusal because of too many requests. */
  readonly throttled?: (() => void) | undefined;
}

/**
 * Sends until an answer can be taken. Throws the last error when it is final or patience has run out; CANCELED on abort.
 * Time without any answer counts from when the host was first missed, whichever request missed it.
 */
export async function sendWithRetry(
  send: (cut: AbortSignal | undefined) => Promise<Attempt>,
  options: RetryOptions,
): Promise<string> {
  const { effects, patience, signal, hurry, outage, what } = options;
  const start = effects.now();
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw new WorkspaceError("CANCELED", `Cancelled by the caller (${what}).`);
    const attempted = await send(outage.since() === undefined ? undefined : hurry);
    const verdict = judge(attempted, options);
    if (attempted.kind === "answer") outage.ended();
    if (verdict.kind === "accept") return verdict.answer.text;
    if (attempted.kind === "answer" && attempted.status === 429) options.throttled?.();
    if (verdict.kind === "fail") throw verdict.error;
    const missed =
      attempted.kind === "failure" ? outage.missed(effects.now(), patience.unreachableMs) : start;
    const limit = verdict.unreachable ? missed + patience.unreachableMs : start + patience.totalMs;
    const delay = delayAfter(verdict, attempt, effects);
    if (effects.now() + delay > limit) throw verdict.unreachable ? forGood(verdict.error) : verdict.error;
    await pause(effects, delay, anyOf(signal, hurry));
    if (hurry?.aborted && attempted.kind === "failure") throw forGood(verdict.error);
  }
}

function delayAfter(
  { retryAfter }: Extract<Verdict, { kind: "retry" }>,
  attempt: number,
  { now, random }: Effects,
): number {
  return retryDelay({ attempt, now: now(), random: random(), retryAfter });
}

/** Nobody has answered for as long as was to be waited: another round would only wait again. */
function forGood({ code, message, cause }: WorkspaceError): WorkspaceError {
  return new WorkspaceError(code, message, { retryable: false, cause });
}

function anyOf(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
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
