import { setTimeout as sleep } from "node:timers/promises";
import { refreshStream, startStream, stopStream, type StreamRecord } from "@clone-xs/clone";
import { withExecute } from "@clone-xs/unity";
import { sendAll } from "./embedded.ts";
import { digits, median, quantile, shown, time } from "./measure.ts";
import { type Sent, type Streaming, streamRequest, type Tick, withStreams } from "./streaming.ts";

const SOURCE = "live";
const COPY = "copy";
const HAND = "hand";
const FEED = "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')";

export interface Watched {
  readonly tables: number;
  readonly triggerMs: number;
  /** Tables that change between two ticks. */
  readonly changing: number;
  /** Rounds of changes; each changes other tables. */
  readonly rounds: number;
}

const FEW: Watched = { tables: 1, triggerMs: 100, changing: 1, rounds: 100 };
const MANY: Watched = { tables: 1000, triggerMs: 5000, changing: 10, rounds: 6 };

/** From an INSERT at the source to its row in the copy, by one stream over a schema; and what a tick costs in which nothing changed. */
export async function benchStreams(sizes: readonly Watched[] = [FEW, MANY]): Promise<void> {
  for (const size of sizes) await withStreams((streaming) => measured(size, streaming));
}

async function measured(size: Watched, streaming: Streaming): Promise<void> {
  const { ports, tick } = streaming;
  await makeTables(size, streaming);
  const request = streamRequest({
    source_catalog: SOURCE,
    destination_catalog: COPY,
    schema: "s",
    trigger_ms: size.triggerMs,
  });
  const record = await startStream(request, ports);
  // It asks every copy where it is; the later ones remember.
  const first = await tick(0);
  const before = await quietTicks(size, streaming);
  const changes: Change[] = [];
  for (let round = 0; round < size.rounds; round += 1)
    changes.push(...(await changed(round, size, streaming)));
  reportLatency(size, changes);
  reportTicks(size, { first, before, after: await quietTicks(size, streaming) });
  await stopStream(request.streamId, ports);
  await reportLook(size, record, streaming);
}

interface Quiet {
  readonly ticks: readonly Tick[];
  /** The newest commit of each source asked for alone, as many at a time as a stream does. */
  readonly oneByOne: readonly number[];
}

/** Ticks in which nothing changed, each beside what the same would take table by table. */
async function quietTicks({ tables }: Watched, { workspace, ticks, tick }: Streaming): Promise<Quiet> {
  const texts = names(tables).map((name) => `DESCRIBE HISTORY ${SOURCE}.${name} LIMIT 1`);
  const quiet: Tick[] = [];
  const oneByOne: number[] = [];
  for (let round = 0; round < QUIET; round += 1) {
    oneByOne.push(await time(() => sendAll(workspace, texts, PARALLEL)));
    // The one that was under way meanwhile does not count.
    const { length } = ticks;
    await tick(length);
    quiet.push(await tick(length + 1));
  }
  return { ticks: quiet, oneByOne };
}
const QUIET = 3;

async function makeTables({ tables }: Watched, { workspace }: Streaming): Promise<void> {
  const catalogs = [SOURCE, HAND].flatMap((name) => [`CREATE CATALOG ${name}`, `CREATE SCHEMA ${name}.s`]);
  const columns = "(id BIGINT NOT NULL, value STRING, CONSTRAINT pk PRIMARY KEY (id))";
  const made = names(tables).flatMap((name) => [
    `CREATE TABLE ${SOURCE}.${name} ${columns} ${FEED}`,
    `CREATE TABLE ${HAND}.${name} ${columns}`,
  ]);
  await sendAll(workspace, catalogs);
  await sendAll(workspace, made, PARALLEL);
}
const PARALLEL = 4;

function names(tables: number): readonly string[] {
  return Array.from({ length: tables }, (_, i) => `s.t${i}`);
}

/** One INSERT and how it came into the copy; milliseconds. */
interface Change {
  readonly latency: number;
  /** Of that, until the tick began that brought it. */
  readonly waited: number;
  /** The same change merged by hand. */
  readonly byHand: number;
}

/** Inserts into some tables at a moment between two ticks, waits for the rows, and merges them by hand. */
async function changed(round: number, size: Watched, streaming: Streaming): Promise<readonly Change[]> {
  const { tables, triggerMs, changing } = size;
  const { workspace, ticks, tick } = streaming;
  // Steps of the golden ratio fill the interval evenly.
  await sleep(((round * 0.618) % 1) * triggerMs);
  const from = ticks.length;
  const chosen = Array.from({ length: changing }, (_, i) => (round * changing + i) % tables);
  const version = 1 + Math.floor((round * changing) / tables);
  const inserted: number[] = [];
  for (const table of chosen) {
    await sendAll(workspace, [`INSERT INTO ${SOURCE}.s.t${table} VALUES (${round}, 'inserted')`]);
    inserted.push(performance.now());
  }
  const changes: Change[] = [];
  for (const [i, table] of chosen.entries()) {
    const merging = await tick(from, (one) => mergeOf(table, one) !== undefined);
    const [at = Number.NaN, visible = Number.NaN] = [inserted[i], mergeOf(table, merging)?.ended];
    await requireRow(table, round, workspace);
    const byHand = await time(() => sendAll(workspace, [mergeByHand(table, version)]));
    changes.push({ latency: visible - at, waited: Math.max(0, merging.begun - at), byHand });
  }
  return changes;
}

/** A row can be read as soon as the stream's MERGE has ended. */
function mergeOf(table: number, { sent }: Tick): Sent | undefined {
  return sent.find(({ kind, text }) => kind === "write" && text.includes(`\`t${table}\``));
}

async function requireRow(table: number, id: number, { statements }: Streaming["workspace"]): Promise<void> {
  const text = `SELECT count(*) FROM ${COPY}.s.t${table} WHERE id = ${id}`;
  const { rows } = await statements.execute({ text, kind: "select", effect: "read" });
  if (rows[0]?.[0] !== "1") throw new Error(`The row ${id} of t${table} is not in the copy.`);
}

function mergeByHand(table: number, version: number): string {
  return `MERGE INTO ${HAND}.s.t${table} AS t USING (SELECT * FROM table_changes('${SOURCE}.s.t${table}', ${version}, ${version}) WHERE _change_type <> 'update_preimage') AS s ON t.id = s.id WHEN MATCHED AND s._change_type = 'delete' THEN DELETE WHEN MATCHED THEN UPDATE SET t.value = s.value WHEN NOT MATCHED AND s._change_type <> 'delete' THEN INSERT (id, value) VALUES (s.id, s.value)`;
}

function reportLatency({ tables, triggerMs, changing }: Watched, changes: readonly Change[]): void {
  const latencies = changes.map(({ latency }) => latency);
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  const work = changes.map(({ latency, waited }) => latency - waited);
  const byHand = changes.map((change) => change.byHand);
  const limit = { p50: triggerMs / 2 + median(byHand), p99: triggerMs + quantile(byHand, 0.99) };
  console.log(
    `streams, ${counted(tables)}, ${triggerMs} ms trigger: insert to visible p50 ${digits(p50)} ms, p99 ${digits(p99)} ms, of ${changes.length} inserts, ${changing} at a time; limit (half a trigger, a whole one, and a MERGE by hand) ${digits(limit.p50)}, ${digits(limit.p99)} ms: ratio ${(p50 / limit.p50).toFixed(2)}, ${(p99 / limit.p99).toFixed(2)}`,
  );
  const waited = changes.map((change) => change.waited);
  const share = sum(waited) / sum(latencies);
  console.log(
    `streams, ${counted(tables)}: waiting for the tick ${shown(waited)}, ${(share * 100).toFixed(0)} % of all; work ${shown(work)}; a MERGE by hand ${shown(byHand)}: ratio ${(median(work) / median(byHand)).toFixed(2)}`,
  );
}

interface Ticks {
  readonly first: Tick;
  readonly before: Quiet;
  readonly after: Quiet;
}

function reportTicks({ tables, triggerMs }: Watched, { first, before, after }: Ticks): void {
  const line = (what: string, { ticks, oneByOne }: Quiet) => {
    const took = ticks.map(lasted);
    const statements = median(ticks.map(({ sent }) => sent.length));
    return `${what} ${statements} statements, ${shown(took)}, ${((median(took) / triggerMs) * 100).toFixed(0)} % of the interval; asking table by table ${shown(oneByOne)}: ratio ${(median(took) / median(oneByOne)).toFixed(2)}`;
  };
  console.log(
    `streams, ${counted(tables)}, nothing changed: ${line("a tick is", before)}; ${line("with the commits of the above", after)}; the first tick of a run ${first.sent.length} statements, ${digits(lasted(first))} ms`,
  );
}

/** What asking for a stream costs that is told how far each copy is. */
async function reportLook(
  { tables }: Watched,
  record: StreamRecord,
  { ports, workspace }: Streaming,
): Promise<void> {
  let statements = 0;
  const noted = withExecute(workspace, (statement, options) => {
    statements += 1;
    return workspace.statements.execute(statement, options);
  });
  const took = await time(() => refreshStream(record, { ...ports, workspace: noted }));
  console.log(
    `streams, ${counted(tables)}, looking how far each copy is: ${statements} statements, ${digits(took)} ms`,
  );
}

function counted(tables: number): string {
  return tables === 1 ? "1 table" : `${tables} tables`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function lasted({ begun, ended }: Tick): number {
  return ended - begun;
}
