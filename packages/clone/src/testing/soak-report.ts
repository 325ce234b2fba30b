import type { Workspace } from "@clone-xs/unity";
import type { StreamTaskRunner } from "../streams/task-runner.ts";
import { type Write, WRITES } from "./soak-source.ts";

export const HOUR_MS = 3_600_000;

/** An embedded workspace that runs tasks by the runner and the time it was given. */
export interface SoakWorkspace {
  readonly workspace: Workspace;
  /** Ends it as its process would end; the directory stays. */
  close(): Promise<void>;
}

export interface SoakOptions {
  readonly hours: number;
  readonly triggerMs: number;
  /** 0 ≤ x < 1: which of all that may happen does. */
  readonly random: () => number;
  /** Opens the workspace, or opens it anew over the same directory. It must take the time from `now`: nobody waits for 24 hours. */
  readonly open: (ports: {
    readonly taskRunner: StreamTaskRunner;
    readonly now: () => number;
  }) => Promise<SoakWorkspace>;
  /** Epoch milliseconds at which the simulated time begins. */
  readonly start: number;
}

/** What was seen of a stream over simulated hours; keys are the wire's own. */
export interface SoakReport {
  readonly hours: number;
  readonly trigger_ms: number;
  /** Looks at all tables. */
  readonly cycles: number;
  /** What they must be: one when a run begins and one after each trigger interval that it lives. */
  readonly cycles_expected: number;
  /** Hours ÷ trigger: as many as there would be had one run lived all the time. */
  readonly cycles_of_the_clock: number;
  readonly writes: Readonly<Record<Write, number>>;
  /** Copies that were brought up to date, by how. */
  readonly syncs: Readonly<Record<string, number>>;
  readonly quiet_points: number;
  /** Tables that were not their source at a quiet point; none when all is well. */
  readonly differences: readonly string[];
  /** From a commit to its being in the copy, for commits that no outage held up. */
  readonly greatest_lag_seconds: number;
  readonly greatest_lag_in_outage_seconds: number;
  readonly outages: readonly { readonly from: string; readonly seconds: number }[];
  readonly restarts: readonly Restart[];
  readonly lost_replies: number;
  readonly delivered_again: number;
}

export interface Restart {
  readonly at: string;
  readonly cause: string;
  readonly run_before: string;
  readonly run_after: string;
}

/** What a soak notes down while it goes on; times in epoch milliseconds. */
export interface Seen {
  cycles: number;
  expected: number;
  readonly writes: Record<Write, number>;
  readonly syncs: Record<string, number>;
  quiet: number;
  readonly differences: string[];
  lag: number;
  lagInOutage: number;
  readonly outages: { readonly from: number; until: number }[];
  readonly restarts: Restart[];
  lost: number;
  again: number;
}

export function newSeen(): Seen {
  return {
    cycles: 0,
    expected: 0,
    writes: Object.fromEntries(WRITES.map((write) => [write, 0])) as Record<Write, number>,
    syncs: {},
    quiet: 0,
    differences: [],
    lag: 0,
    lagInOutage: 0,
    outages: [],
    restarts: [],
    lost: 0,
    again: 0,
  };
}

export function reportOf(
  seen: Seen,
  { hours, triggerMs }: Pick<SoakOptions, "hours" | "triggerMs">,
): SoakReport {
  return {
    hours,
    trigger_ms: triggerMs,
    cycles: seen.cycles,
    cycles_expected: seen.expected,
    cycles_of_the_clock: (hours * HOUR_MS) / triggerMs,
    writes: seen.writes,
    syncs: seen.syncs,
    quiet_points: seen.quiet,
    differences: seen.differences,
    greatest_lag_seconds: seen.lag / 1000,
    greatest_lag_in_outage_seconds: seen.lagInOutage / 1000,
    outages: seen.outages.map(({ from, until }) => ({
      from: new Date(from).toISOString(),
      seconds: (until - from) / 1000,
    })),
    restarts: seen.restarts,
    lost_replies: seen.lost,
    delivered_again: seen.again,
  };
}
