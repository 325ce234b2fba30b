import type { Firing, ScheduleEvent, ScheduleKind } from "../contract/index.ts";

/** What a schedule does, and when. */
export interface ScheduleSpec {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly kind: ScheduleKind;
  /** As `POST /api/clone` takes it, without a secret. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  /** Names of connections. */
  readonly targets: readonly string[];
  readonly retries: Retries;
  readonly notify: { readonly channels: readonly string[]; readonly events: readonly ScheduleEvent[] };
  readonly overlap: "skip" | "queue";
  readonly missed: "run_once" | "skip";
}

interface Retries {
  readonly max: number;
  readonly backoffSeconds: number;
}

/** A schedule as it is kept. Times are epoch milliseconds. */
export interface StoredSchedule extends ScheduleSpec {
  readonly id: string;
  readonly enabled: boolean;
  /** Null: it is paused, or there is no time left. */
  readonly nextRunAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type FiringState = Firing["state"];

/** One time that a schedule came due, or was started by hand, as it is kept. */
export interface StoredFiring {
  readonly id: number;
  readonly scheduleId: string;
  /** Null: somebody asked for it. */
  readonly scheduledFor: number | null;
  readonly firedAt: number;
  readonly state: FiringState;
  /** Given before there is such a run, so that it is submitted once, whoever tries. */
  readonly runId: string | null;
  readonly retries: number;
  readonly retryAt: number | null;
  readonly missed: number;
  readonly drifted: number | null;
  readonly note: string | null;
  readonly completedAt: number | null;
}

/** States of a firing whose run is not over. */
export const LIVE_STATES = ["waiting", "running", "retrying"] as const satisfies readonly FiringState[];

export function isLiveFiring({ state }: Pick<StoredFiring, "state">): boolean {
  return LIVE_STATES.some((each) => each === state);
}
