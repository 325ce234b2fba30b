import { startStream, stopStream } from "@clone-xs/clone";
import { sendAll } from "./embedded.ts";
import { interleave, median, shown, time } from "./measure.ts";
import { type Streaming, streamRequest, withStreams } from "./streaming.ts";

export interface Backlog {
  /** Rows that the table has at first. */
  readonly rows: number;
  readonly commits: number;
  /** Rows that each of them inserts, updates or deletes. */
  readonly rowsPerCommit: number;
  readonly rounds: number;
}

const BACKLOG: Backlog = { rows: 1_000_000, commits: 200, rowsPerCommit: 1000, rounds: 3 };
const SOURCE = "live.s.events";
const TABLE = `${SOURCE} (id BIGINT NOT NULL, value STRING, n BIGINT, CONSTRAINT pk PRIMARY KEY (id)) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`;

/** Rows a second of a stream that finds a backlog when it starts, against one MERGE of the same changes by hand, and against cloning. */
export async function benchCatchUp(backlog: Backlog = BACKLOG): Promise<void> {
  await withStreams(async (streaming) => {
    const { workspace } = streaming;
    const catalogs = ["live", "hand", "again", "anew"];
    await sendAll(workspace, [
      ...catalogs.flatMap((name) => [`CREATE CATALOG ${name}`, `CREATE SCHEMA ${name}.s`]),
      `CREATE TABLE ${TABLE}`,
      `INSERT INTO ${SOURCE} SELECT id, concat('value ', id), id FROM range(${backlog.rows})`,
      `CREATE TABLE hand.s.events DEEP CLONE ${SOURCE}`,
      `CREATE TABLE again.s.events DEEP CLONE ${SOURCE}`,
    ]);
    await startStream(REQUEST, streaming.ports);
    await streaming.tick(0);
    await stopStream(REQUEST.streamId, streaming.ports);
    const took = await rounds(backlog, streaming);
    report(backlog, took);
  });
}

const REQUEST = streamRequest({
  source_catalog: "live",
  destination_catalog: "copy",
  tables: ["s.events"],
  trigger_ms: 1000,
});

type Took = Readonly<Record<"stream" | "whole" | "byHand" | "again" | "anew", readonly number[]>>;

async function rounds(backlog: Backlog, streaming: Streaming): Promise<Took> {
  const { workspace } = streaming;
  const whole: number[] = [];
  let version = 1;
  const took = await interleave(backlog.rounds, {
    async stream(round) {
      version = 2 + round * backlog.commits;
      await sendAll(workspace, commits(round, backlog));
      const { tick, start } = await caughtUp(streaming);
      whole.push(start);
      return tick;
    },
    byHand: () => time(() => sendAll(workspace, [mergeByHand(version, version + backlog.commits - 1)])),
    again: () =>
      time(() => sendAll(workspace, [`CREATE OR REPLACE TABLE again.s.events DEEP CLONE ${SOURCE}`])),
    anew: (round) =>
      time(() => sendAll(workspace, [`CREATE TABLE anew.s.events${round} DEEP CLONE ${SOURCE}`])),
  });
  await requireEqual(workspace);
  return { ...took, whole };
}

/** Half of the commits insert; of the others one updates what was there and one deletes from it, in turn. */
function commits(round: number, { rows, commits: count, rowsPerCommit }: Backlog): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const number = round * count + i;
    const first = rows + number * rowsPerCommit;
    const among = (number * 7919 * rowsPerCommit) % rows;
    const range = `id >= ${among} AND id < ${among + rowsPerCommit}`;
    if (i % 4 === 1) return `UPDATE ${SOURCE} SET n = n + 1 WHERE ${range}`;
    if (i % 4 === 3) return `DELETE FROM ${SOURCE} WHERE ${range}`;
    return `INSERT INTO ${SOURCE} SELECT ${first} + id, concat('new ', id), id FROM range(${rowsPerCommit})`;
  });
}

/** Milliseconds of the tick that brought the copy up to date, and from asking for the start until then. */
async function caughtUp({
  ports,
  ticks,
  tick,
}: Streaming): Promise<{ readonly tick: number; readonly start: number }> {
  const from = ticks.length;
  const started = performance.now();
  await startStream(REQUEST, ports);
  const { begun, ended, sent } = await tick(from);
  if (!sent.some(({ kind }) => kind === "write")) throw new Error("The stream did not merge the backlog.");
  await stopStream(REQUEST.streamId, ports);
  return { tick: ended - begun, start: ended - started };
}

function mergeByHand(from: number, to: number): string {
  return `MERGE INTO hand.s.events AS t USING (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY _commit_version DESC) AS newest FROM table_changes('${SOURCE}', ${from}, ${to}) WHERE _change_type <> 'update_preimage') WHERE newest = 1) AS s ON t.id = s.id WHEN MATCHED AND s._change_type = 'delete' THEN DELETE WHEN MATCHED THEN UPDATE SET t.value = s.value, t.n = s.n WHEN NOT MATCHED AND s._change_type <> 'delete' THEN INSERT (id, value, n) VALUES (s.id, s.value, s.n)`;
}

/** The measured have all done the same. */
async function requireEqual({ statements }: Streaming["workspace"]): Promise<void> {
  const summed = async (table: string) => {
    const text = `SELECT count(*), sum(id), sum(n) FROM ${table}`;
    return JSON.stringify((await statements.execute({ text, kind: "select", effect: "read" })).rows);
  };
  const wanted = await summed(SOURCE);
  for (const copy of ["copy", "hand", "again"])
    if ((await summed(`${copy}.s.events`)) !== wanted) throw new Error(`${copy} is not what its source is.`);
}

function report({ rows, commits: count, rowsPerCommit }: Backlog, took: Took): void {
  const changed = count * rowsPerCommit;
  const rate = (ms: readonly number[]) => `${Math.round((changed * 1000) / median(ms))} rows a second`;
  const ratio = (ms: readonly number[]) => (median(took.stream) / median(ms)).toFixed(2);
  console.log(
    `catch-up, ${changed} rows in ${count} commits to a table of ${rows}: a tick ${shown(took.stream)}, ${rate(took.stream)}; with starting the stream ${shown(took.whole)}, ${rate(took.whole)}`,
  );
  console.log(
    `catch-up against one MERGE by hand ${shown(took.byHand)}, ${rate(took.byHand)}: ratio ${ratio(took.byHand)}; cloning what changed ${shown(took.again)}: ratio ${ratio(took.again)}; cloning anew ${shown(took.anew)}: ratio ${ratio(took.anew)}`,
  );
}
