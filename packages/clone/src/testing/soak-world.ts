import { setTimeout as pause } from "node:timers/promises";
import { type Statements, withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { DEFAULT_SETTINGS } from "../run/settings.ts";
import { refreshStream, restartStream, stopStream } from "../streams/look-after.ts";
import type { StreamEvent } from "../streams/loop.ts";
import type { StreamPorts } from "../streams/ports.ts";
import { STREAM_PROPERTY } from "../streams/position.ts";
import type { StreamRecord } from "../streams/record.ts";
import { parseStreamRequest, type StreamRequest } from "../streams/request.ts";
import { startStream } from "../streams/start-stream.ts";
import { type StreamTaskRunner, streamTaskRunner } from "../streams/task-runner.ts";
import { COPY, pickWrite, PREPARING, type SoakTable, SOURCE, TABLES, writing } from "./soak-source.ts";
import { newSeen, reportOf, type SoakOptions, type SoakReport } from "./soak-report.ts";
import { virtualClock } from "./virtual-clock.ts";

export interface World {
  /** Lets time pass. */
  advance(milliseconds: number): Promise<void>;
  /** Maybe something happens. */
  happen(): Promise<void>;
  /** Nothing happens, and what is broken is mended. */
  quiet(): Promise<void>;
  /** Holds every copy to its source. */
  compare(): Promise<void>;
  /** Stops the stream. */
  end(): Promise<void>;
  report(): SoakReport;
  close(): Promise<void>;
}

/** Everything that happens in a soak, and what is seen of it. */
export async function openWorld(options: SoakOptions): Promise<World> {
  const { random, triggerMs } = options;
  const clock = virtualClock(options.start);
  const seen = newSeen();
  let synced: { readonly table: string; readonly from: string; readonly at: number }[] = [];
  /** Where each copy was before it came to where it is, and where that is. */
  const positions = new Map<string, { readonly version: string; readonly at: string }>();
  const reached = new Map<string, string>();
  const setBack = new Set<string>();
  let outage: number | undefined;
  let writes = 0;
  /** The reply to the next write of the stream gets lost: not two in a row, which would be an outage. */
  let losing = false;
  let lastLost = options.start;
  /** A run has ended since this was asked before; it may have been told to. */
  let hasEnded = false;

  const inner = streamTaskRunner({
    clock,
    log: (_, event: StreamEvent) => {
      if (event.type === "ticked") seen.cycles++;
      if (event.type !== "synced") return;
      const { how } = event.synced;
      seen.syncs[how] = (seen.syncs[how] ?? 0) + 1;
      const { from, position } = event.synced;
      // What is delivered again had been there; so had what a sync brought whose last reply was lost.
      const before = setBack.delete(event.table) ? (reached.get(event.table) ?? "0") : "0";
      const since = BigInt(before) > BigInt(from.version) ? before : from.version;
      synced.push({ table: event.table, from: since, at: clock.now() });
      reached.set(event.table, position.version);
      positions.set(event.table, from);
    },
  });
  const taskRunner: StreamTaskRunner = {
    refusal: (task) => inner.refusal(task),
    run: (task, turn) =>
      clock.works(async () => {
        const begun = clock.now();
        try {
          await inner.run(task, {
            ...turn,
            workspace: withExecute(turn.workspace, troubled(turn.workspace)),
          });
        } finally {
          hasEnded = true;
          seen.expected += Math.floor((clock.now() - begun) / triggerMs) + 1;
        }
      }),
  };

  /** Fails while there is an outage; now and then a reply gets lost. */
  const troubled =
    ({ statements }: Workspace): Statements["execute"] =>
    async (statement, executeOptions) => {
      if (outage !== undefined)
        throw new WorkspaceError("UNAVAILABLE", "The soak's outage.", { retryable: true });
      const result = await statements.execute(statement, executeOptions);
      if (losing && statement.effect === "write") {
        losing = false;
        lastLost = clock.now();
        seen.lost++;
        throw new WorkspaceError("UNKNOWN_RESULT", "The soak lost this reply.", { retryable: true });
      }
      return result;
    };

  const open = () => options.open({ taskRunner, now: () => clock.now() });
  let place = await open();
  const ports = (): StreamPorts => ({
    workspace: place.workspace,
    settings: DEFAULT_SETTINGS,
    // Whoever waits for the workspace waits in real time: the simulated one stands still meanwhile.
    clock: { now: () => clock.now(), sleep: () => pause(5) },
    random,
  });
  const sql = async (...texts: readonly string[]) => {
    let rows: readonly (readonly (string | null)[])[] = [];
    for (const text of texts)
      ({ rows } = await place.workspace.statements.execute({ text, kind: "other", effect: "write" }));
    return rows;
  };

  await sql(...PREPARING);
  const request = streamOf(triggerMs);
  let record = await running(await startStream(request, ports()));

  /** Waits until the run has begun: from then on the clock knows of it. */
  async function running(started: StreamRecord): Promise<StreamRecord> {
    for (let now = started; ; now = await refreshStream(now, ports()), await pause(5))
      if (now.status !== "starting") return now;
  }

  function restarted(cause: string, next: StreamRecord): void {
    seen.restarts.push({
      at: new Date(clock.now()).toISOString(),
      cause,
      run_before: record.run_id,
      run_after: next.run_id,
    });
    record = next;
  }

  /** Ends an outage that has lasted long enough, and starts again what has failed in it. */
  async function mend(): Promise<void> {
    if (outage !== undefined && clock.now() >= outage) {
      const last = seen.outages.at(-1);
      if (last !== undefined) last.until = clock.now();
      outage = undefined;
    }
    if (outage !== undefined || !hasEnded) return;
    hasEnded = false;
    const now = await refreshStream(record, ports());
    if (now.status !== "failed") return;
    restarted(`the run failed: ${now.error ?? ""}`, await running(await startStream(request, ports())));
  }

  async function happen(): Promise<void> {
    if (outage !== undefined) await mend();
    for (const table of TABLES) if (random() < 0.012) await write(table);
    const chance = random();
    if (random() < 0.002 && clock.now() - lastLost > 4 * triggerMs) losing = true;
    if (outage !== undefined) return;
    if (chance < 0.0012) {
      const lasts = (1 + Math.floor(random() * 5)) * triggerMs;
      outage = clock.now() + lasts;
      seen.outages.push({ from: clock.now(), until: outage });
    } else if (chance < 0.0022)
      restarted("asked for", await running(await restartStream(record.stream_id, ports())));
    else if (chance < 0.0032) {
      await place.close();
      place = await open();
      restarted("the workspace was opened anew", await running(await refreshStream(record, ports())));
    } else if (chance < 0.0072) await deliverAgain();
  }

  async function write(table: SoakTable): Promise<void> {
    const kind = pickWrite(random);
    seen.writes[kind]++;
    await sql(...writing(kind, table, random, ++writes));
  }

  /** The copy says that it is where it was a while ago. */
  async function deliverAgain(): Promise<void> {
    const [table, position] = [...positions][Math.floor(random() * positions.size)] ?? [];
    if (table === undefined || position === undefined) return;
    seen.again++;
    // Not by what the loop told: the reply to its last word may have been lost. What is set back already has been further.
    const [[, at] = []] = await sql(`SHOW TBLPROPERTIES ${COPY}.${table} ('${STREAM_PROPERTY}.version')`);
    if (at != null && !setBack.has(table)) reached.set(table, at);
    setBack.add(table);
    await sql(
      `ALTER TABLE ${COPY}.${table} SET TBLPROPERTIES ('${STREAM_PROPERTY}.version' = '${position.version}', '${STREAM_PROPERTY}.at' = '${position.at}')`,
    );
  }

  /** Lag of what was brought up to date since this was asked before. */
  async function measure(): Promise<void> {
    const batch = synced;
    synced = [];
    for (const { table, from, at } of batch) {
      const [[first] = []] = await sql(
        `SELECT min(unix_millis(timestamp)) FROM (DESCRIBE HISTORY ${SOURCE}.${table} LIMIT 50) WHERE version > ${from}`,
      );
      if (first == null) continue;
      const lag = at - Number(first);
      const heldUp = seen.outages.some(
        ({ from: begin, until }) => begin <= at && until + 2 * triggerMs >= Number(first),
      );
      if (heldUp) seen.lagInOutage = Math.max(seen.lagInOutage, lag);
      else seen.lag = Math.max(seen.lag, lag);
    }
  }

  return {
    async advance(milliseconds: number): Promise<void> {
      await clock.advance(clock.now() + milliseconds);
      await measure();
    },
    happen,
    async quiet(): Promise<void> {
      if (outage !== undefined) outage = clock.now();
      await mend();
    },
    async compare(): Promise<void> {
      seen.quiet++;
      for (const table of TABLES) {
        const [wanted, found] = [
          await contentOf(place.workspace, SOURCE, table),
          await contentOf(place.workspace, COPY, table),
        ];
        if (wanted !== found) seen.differences.push(`${new Date(clock.now()).toISOString()} ${table}`);
      }
    },
    async end(): Promise<void> {
      record = await stopStream(record.stream_id, ports());
    },
    report: () => reportOf(seen, options),
    close: () => place.close(),
  };
}

function streamOf(triggerMs: number): StreamRequest {
  const parsed = parseStreamRequest({
    source_catalog: SOURCE,
    destination_catalog: COPY,
    tables: TABLES.map((table) => `s.${table}`),
    keys: { "s.pairs": ["id", "part"] },
    trigger_ms: triggerMs,
    max_retries: 0,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

async function contentOf(workspace: Workspace, catalog: string, table: SoakTable): Promise<string> {
  const { columns, rows } = await workspace.statements.execute({
    text: `SELECT * FROM ${catalog}.s.${table}`,
    kind: "select",
    effect: "read",
  });
  return JSON.stringify([
    columns.map(({ name, typeText }) => [name, typeText]),
    rows.map((row) => JSON.stringify(row)).sort(),
  ]);
}
