import type { Clock, StreamRecord } from "@clone-xs/clone";
import type { NotificationEvent } from "../contract/index.ts";
import type { RunStore, StoredRun } from "../runs/store.ts";
import { isOver } from "../runs/states.ts";
import { isLiveFiring } from "../schedules/schedule.ts";
import type { ScheduleStore } from "../schedules/store.ts";
import { type Happening, missedHappening, runHappening, streamHappening } from "./news.ts";
import type { News, NotificationStore, StoredChannel } from "./store.ts";

export interface NotifierOptions {
  readonly store: NotificationStore;
  readonly runs: Pick<RunStore, "get" | "changedSince" | "revision">;
  readonly schedules: ScheduleStore;
  /** As they were seen last. */
  readonly streams: () => readonly StreamRecord[];
  readonly clock: Pick<Clock, "now">;
  readonly publicUrl: string | undefined;
}

export interface Notifier {
  /**
   * Looks through what happened since the last look, of this server or another, and keeps what has to be told. Each thing is told once:
   * what was kept and how far it was looked are one transaction.
   */
  look(): void;
}

const RUNS_AT_ONCE = 200;
/** How far back missed times are looked for: another server may have noted one while this one was looking. */
const MISSED_MS = 3_600_000;

export function notifier(options: NotifierOptions): Notifier {
  const { store, runs, schedules, streams, clock, publicUrl } = options;

  function look(): void {
    const at = clock.now();
    const cursor = store.cursor();
    // What happened before anybody could be told is not told.
    if (cursor === undefined) return begin(at);
    const channels = store.channels();
    const seen = overSince(cursor);
    const news = [
      ...seen.runs.map((run) => newsOf(keyOfRun(run), runHappening(run, publicUrl), channels, wishOf(run))),
      ...missedNews(channels, at),
      ...streamNews(channels, at),
    ].filter(({ key }) => !store.isTold(key));
    if (news.length > 0 || seen.cursor !== cursor) store.tell(news, { at, cursor: seen.cursor });
  }

  function begin(at: number): void {
    const old = [
      ...streams()
        .filter(({ status }) => status === "failed")
        .map(keyOfStream),
      ...schedules.missedSince(at - MISSED_MS).map(({ id }) => keyOfMissed(id)),
    ];
    store.tell(
      old.map((key) => ({ key, deliveries: [] })),
      { at, cursor: runs.revision() },
    );
  }

  /** Runs that are over, up to the first whose schedule has not noted its end. */
  function overSince(cursor: number): { readonly runs: readonly StoredRun[]; readonly cursor: number } {
    const over: StoredRun[] = [];
    let seen = cursor;
    for (const entry of runs.changedSince(cursor, RUNS_AT_ONCE)) {
      const firing = entry.facts.schedule === undefined ? undefined : schedules.ofRun(entry.id);
      if (isOver(entry.state) && firing !== undefined && isLiveFiring(firing)) break;
      const run = isOver(entry.state) ? runs.get(entry.id) : undefined;
      if (run !== undefined) over.push(run);
      seen = entry.revision;
    }
    return { runs: over, cursor: seen };
  }

  function wishOf({ facts }: StoredRun): Wish {
    const schedule = facts.schedule === undefined ? undefined : schedules.get(facts.schedule.id);
    return schedule?.notify ?? NO_WISH;
  }

  function missedNews(channels: readonly StoredChannel[], at: number): readonly News[] {
    return schedules.missedSince(at - MISSED_MS).flatMap((firing) => {
      const schedule = schedules.get(firing.scheduleId);
      if (schedule === undefined) return [];
      const happening = missedHappening(schedule, firing, publicUrl);
      return [newsOf(keyOfMissed(firing.id), happening, channels, schedule.notify)];
    });
  }

  function streamNews(channels: readonly StoredChannel[], at: number): readonly News[] {
    return streams()
      .filter(({ status }) => status === "failed")
      .map((stream) =>
        newsOf(keyOfStream(stream), streamHappening(stream, at, publicUrl), channels, NO_WISH),
      );
  }

  return { look };
}

/** What a schedule wants to be told of, and where. */
interface Wish {
  readonly channels: readonly string[];
  readonly events: readonly NotificationEvent[];
}

const NO_WISH: Wish = { channels: [], events: [] };

/** One delivery for each channel that wants to hear of it, of the first event that it wants. */
function newsOf(
  key: string,
  { events, told }: Happening,
  channels: readonly StoredChannel[],
  wish: Wish,
): News {
  const deliveries = channels.flatMap((channel) => {
    const wants = (event: NotificationEvent) =>
      channel.events.includes(event) || (wish.channels.includes(channel.name) && wish.events.includes(event));
    const event = channel.enabled ? events.find(wants) : undefined;
    return event === undefined ? [] : [{ channel: channel.name, notification: { id: "", ...told(event) } }];
  });
  return { key, deliveries };
}

/** A run that failed, was gone on with and failed again is told of again. */
const keyOfRun = ({ id, completedAt }: StoredRun) => `run ${id} ${completedAt ?? 0}`;
const keyOfStream = ({ stream_id, run_id }: StreamRecord) => `stream ${stream_id} ${run_id}`;
const keyOfMissed = (firing: number) => `missed ${firing}`;
