import { guardJournal, type StreamRecord } from "@clone-xs/clone";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { Overview, OverviewSeries, PairOverview, Schedule, StreamOverview } from "../contract/index.ts";
import { rollbackOf } from "../runs/afterwards.ts";
import { isOver } from "../runs/states.ts";
import type { RunStore } from "../runs/store.ts";
import type { ServerOptions } from "../server.ts";
import { type LagPoint, type LagStore, toLagPoint, worstLag } from "../streams/lags.ts";
import type { StreamStore } from "../streams/store.ts";
import { toListItem } from "../views.ts";
import { freeIn } from "../workspace/state.ts";
import { attentionOf } from "./attention.ts";
import { beginOf, type Span, toCounts, toDays } from "./counts.ts";
import { grouped } from "./grouped.ts";
import { openOutcomeStore, type OutcomeStore } from "./outcome-store.ts";
import { iso, keyOf, nameOf, pairsOf, undone } from "./pairs.ts";
import { scheduleTroubles } from "./schedule-troubles.ts";

/** What is going on, put together from what the server remembers: no workspace is asked, and no summary read twice. */
export interface OverviewDesk {
  read(): Promise<Overview>;
  series(asked: Pick<Span, "days" | "offset">): OverviewSeries;
  close(): void;
}

export interface OverviewOptions extends Pick<ServerOptions, "storeDirectory" | "clock" | "process"> {
  readonly runs: RunStore;
  readonly connections: Pick<ConnectionStore, "list">;
  readonly streams: Pick<StreamStore, "list">;
  readonly lags: Pick<LagStore, "newest" | "series">;
  readonly schedules: () => readonly Schedule[];
}

const DAY_MS = 86_400_000;
const RECENT = 8;
const LIVE = 20;
const DRIFT_POINTS = 60;
const LAG_POINTS = 200;

/** Opens what overviews are read from. The stores that it is given stay their owners' to close. */
export function openOverview(options: OverviewOptions): OverviewDesk {
  const { runs, clock, lags, streams } = options;
  const outcomes = openOutcomeStore(options.storeDirectory);
  return {
    async read() {
      const now = clock.now();
      outcomes.follow(runs);
      const pairs = await Promise.all(
        pairsOf(outcomes, now, (id) => runs.entry(id) !== undefined).map((pair) => asUndone(pair, options)),
      );
      const newest = lags.newest();
      const seen = streams.list().map((record) => toStream(record, newest.get(record.stream_id)));
      const schedules = scheduleTroubles(options.schedules());
      const [guards, freeBytes] = await Promise.all([deadGuards(options), freeIn(options.storeDirectory)]);
      const unreadable = options.connections
        .list()
        .flatMap((each) => (isUnreadable(each) ? [each.name] : []));
      const troubles = { now, pairs, guards, streams: seen, schedules, unreadable, freeBytes };
      return {
        as_of: iso(now),
        attention: [...attentionOf(troubles)],
        runs: { last_7_days: countsOf(outcomes, now, 7), last_30_days: countsOf(outcomes, now, 30) },
        live: runs.inState("running", "cancelling", "queued").slice(0, LIVE).map(toListItem),
        recent: recentOf(runs),
        pairs: [...pairs],
        streams: seen.map(({ trigger_ms: _trigger, ...shown }) => shown),
      };
    },
    series({ days, offset }) {
      const now = clock.now();
      outcomes.follow(runs);
      const since = beginOf({ days, now, offset });
      const drift = grouped(outcomes.drift(since, DRIFT_POINTS), keyOf);
      return {
        as_of: iso(now),
        days: toDays(outcomes.days(since, offset), { days, now, offset }),
        drift: [...drift.values()].flatMap((found) => {
          const [first] = found;
          const points = found.map((each) => ({ at: iso(each.at), drifted_tables: each.found }));
          return first === undefined ? [] : [{ ...nameOf(first), points }];
        }),
        lag: streams.list().flatMap(({ stream_id, source_catalog, destination_catalog }) => {
          const points = lags.series(stream_id, { since, limit: LAG_POINTS });
          if (points.length === 0) return [];
          return [{ stream_id, source_catalog, destination_catalog, points: points.map(toLagPoint) }];
        }),
      };
    },
    close: () => outcomes.close(),
  };
}

function countsOf(outcomes: OutcomeStore, now: number, days: number) {
  return toCounts(outcomes.counts(now - days * DAY_MS));
}

/** Those that are over: what is live stands apart. */
function recentOf(runs: RunStore) {
  const over = runs.list({ limit: RECENT + LIVE }).filter(({ completedAt }) => completedAt !== null);
  return over.slice(0, RECENT).map(toListItem);
}

function toStream(
  record: StreamRecord,
  seen: LagPoint | undefined,
): StreamOverview & Pick<StreamRecord, "trigger_ms"> {
  const { stream_id, source_catalog, destination_catalog, schema, status, tables, progress, error } = record;
  return {
    stream_id,
    source_catalog,
    destination_catalog,
    schema,
    status,
    tables: tables.length,
    lag_seconds: worstLag(progress),
    lag_seen_at: seen === undefined ? null : iso(seen.at),
    lag_unknown: tables.filter((table) => progress[table]?.lag_seconds == null).length,
    error,
    trigger_ms: record.trigger_ms,
  };
}

/** A run that was killed and goes on under another process keeps what it holds. */
async function deadGuards({ storeDirectory, runs, process: { pid: self, isAlive } }: OverviewOptions) {
  const open = await guardJournal(storeDirectory).open();
  const goesOn = (id: string) => {
    const run = runs.entry(id);
    return run !== undefined && !isOver(run.state);
  };
  return open.filter(({ pid, runId }) => pid !== self && !isAlive(pid) && !goesOn(runId));
}

/** Whoever rolled it back, by the server or by `clxs rollback`, left the same document. */
async function asUndone(pair: PairOverview, { storeDirectory }: OverviewOptions): Promise<PairOverview> {
  const id = pair.last_clone?.job_id;
  const status = id === undefined ? undefined : (await rollbackOf(id, storeDirectory))?.status;
  return status === "success" || status === "partial" ? undone(pair) : pair;
}

function isUnreadable({ method, readable }: ReturnType<ConnectionStore["list"]>[number]): boolean {
  return method !== "profile" && !readable;
}
