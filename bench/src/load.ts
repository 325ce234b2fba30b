import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { makeLongRun } from "./load/long-run.ts";
import { shownAfter } from "./load/page.ts";
import { type Answers, ask, timed } from "./load/requests.ts";
import { memoryOf, type Served, serve, serveBare } from "./load/served.ts";
import { watch } from "./load/watchers.ts";
import { digits, median, quantile, shown } from "./measure.ts";

const WATCHERS = 200;
const PER_SECOND = 50;
const RUNS = 10;
const SECONDS = 30;
const TABLES = 60;
const OBJECTS = 20_000;
const ROUNDS = 5;

/**
 * The bundled `clxs serve` on an embedded workspace: many watch one live run and many ask, while so many runs are under way that the engine
 * is never idle. Beside it, in the same seconds, a server of the same library that does nothing.
 */
export async function benchLoad(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  const long = makeLongRun(folder, OBJECTS);
  const [served, bare] = await Promise.all([
    serve(folder, "--max-parallel-runs", String(RUNS), "--log-level", "error"),
    serveBare(folder),
  ]);
  try {
    await prepare(served);
    await underLoad(served, bare.url);
    await openLongRun(served, long);
  } finally {
    await Promise.all([served.stop(), bare.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(served: Served): Promise<void> {
  const tables = Array.from(
    { length: TABLES },
    (_, n) => `CREATE TABLE shop.s.t${n} AS SELECT id FROM range(1000)`,
  );
  await served.sql("CREATE CATALOG shop", "CREATE SCHEMA shop.s", ...tables);
}

async function underLoad(served: Served, bare: string): Promise<void> {
  let over = false;
  const runs = runsUnderWay(served.url, () => over);
  const watched = await runs.first;
  const watching = await watch(served.url, watched, WATCHERS);
  const own = monitorEventLoopDelay({ resolution: 10 });
  own.enable();
  const memory = peakOf(served.pid, () => over);
  const until = () => over;
  const asked = Promise.all([
    ask(addressesOf(served.url, watched), { perSecond: PER_SECOND, until }),
    ask([bare], { perSecond: PER_SECOND / 5, until }),
  ]);
  await sleep(SECONDS * 1000);
  const { running } = await healthOf(served.url);
  over = true;
  const [answers, nothing] = await asked;
  const { peak, tree } = await memory;
  own.disable();
  await fetch(`${served.url}/api/clone/${watched}`, { method: "DELETE" });
  await watching.ended;
  const { last_event: last } = (await (
    await fetch(`${served.url}/api/clone/${watched}/standing`)
  ).json()) as {
    last_event: number;
  };
  const delays = watching.watchers.flatMap((each) => each.delays);
  const missed = watching.watchers.reduce(
    (sum, each) => sum + each.wrong + Math.abs(last - each.last) + (each.ended ? 0 : 1),
    0,
  );
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  console.log(
    `${WATCHERS} watchers of one live run and ${PER_SECOND} requests/s for ${SECONDS} s beside ${running} runs under way (${await runs.done} ended meanwhile); load of the machine ${load}`,
  );
  console.log(`  requests: ${percentiles(answers.times)} (target p99 100 ms); ${failuresOf(answers)}`);
  console.log(
    `  bare server, the same seconds: ${percentiles(nothing.times)}; ratio of p50 ${ratio(answers, nothing, 0.5)}, of p99 ${ratio(answers, nothing, 0.99)}`,
  );
  console.log(
    `  events: ${last} to each, ${percentiles(delays)} from happening to arrival; missed ${missed} (target 0)`,
  );
  console.log(
    `  memory of the server's process at its peak ${mebibytes(peak)} MiB (target 300), with its engine ${mebibytes(tree)} MiB`,
  );
  console.log(
    `  the one that asks and watches was itself late by ${digits(own.percentile(99) / 1e6)} ms at p99`,
  );
}

/** Keeps so many runs going, each into a catalog of its own, until told; the first is the largest, and lasts. */
function runsUnderWay(
  url: string,
  over: () => boolean,
): { readonly first: Promise<string>; readonly done: Promise<number> } {
  const submit = async (destination: string, more: object = {}) => {
    const body = JSON.stringify({ source_catalog: "shop", destination_catalog: destination, ...more });
    const answer = await fetch(`${url}/api/clone`, { method: "POST", body });
    return ((await answer.json()) as { job_id: string }).job_id;
  };
  const first = submit("copy_watched", { max_parallel_queries: 1 });
  let ended = 0;
  const keep = async (place: number) => {
    for (let round = 0; !over(); round += 1) {
      const id = await submit(`copy_${place}_${round}`, { max_parallel_queries: 2 });
      while (!over() && (await stateOf(url, id)) !== "completed") await sleep(500);
      if (!over()) ended += 1;
    }
  };
  const done = first
    .then(() => Promise.all(Array.from({ length: RUNS - 1 }, (_, place) => keep(place))))
    .then(() => ended);
  return { first, done };
}

async function stateOf(url: string, id: string): Promise<string> {
  const { status } = (await (await fetch(`${url}/api/clone/${id}/standing`)).json()) as { status: string };
  return status;
}

/** What pages and scripts ask of a server while runs are under way. */
function addressesOf(url: string, run: string): readonly string[] {
  return [
    "/api/clone/jobs?limit=50",
    `/api/clone/${run}`,
    `/api/clone/${run}/standing`,
    `/api/clone/${run}/objects?limit=200`,
    "/api/health",
    "/api/clone/jobs",
    "/api/catalogs",
    `/api/clone/${run}/logs`,
    "/api/connections",
    "/metrics",
  ].map((path) => `${url}${path}`);
}

async function healthOf(url: string): Promise<{ readonly running: number }> {
  return ((await (await fetch(`${url}/api/health`)).json()) as { runs: { running: number } }).runs;
}

async function peakOf(
  pid: number,
  over: () => boolean,
): Promise<{ readonly peak: number; readonly tree: number }> {
  let [peak, tree] = [0, 0];
  while (!over()) {
    const now = await memoryOf(pid);
    [peak, tree] = [Math.max(peak, now.peak), Math.max(tree, now.tree)];
    await sleep(250);
  }
  return { peak, tree };
}

async function openLongRun({ url }: Served, id: string): Promise<void> {
  const parts = {
    "GET /api/clone/{id}, with every line of the log": `/api/clone/${id}`,
    "…/standing": `/api/clone/${id}/standing`,
    "…/objects, the first 200": `/api/clone/${id}/objects?limit=200`,
    "…/logs": `/api/clone/${id}/logs`,
  };
  console.log(
    `a run with ${OBJECTS.toLocaleString("en")} objects (made up, put into the store by its functions), opened when the load is over:`,
  );
  for (const [name, path] of Object.entries(parts)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timed(`${url}${path}`));
    const bytes = rounds[0]?.bytes ?? 0;
    console.log(`  ${name}: ${shown(rounds.map(({ ms }) => ms))}, ${(bytes / (1 << 20)).toFixed(2)} MiB`);
  }
  const times = await shownAfter(`${url}/runs/${id}`, "table_1", ROUNDS);
  console.log(
    times === undefined
      ? "  the page: not measured, there is no Chromium"
      : `  the page until its objects are shown: ${shown(times)} (target 1000 ms)`,
  );
}

function percentiles(times: readonly number[]): string {
  return `p50 ${digits(median(times))} ms, p99 ${digits(quantile(times, 0.99))} ms, ${times.length} in all`;
}

function failuresOf({ failed }: Answers): string {
  return failed === 0 ? "none failed" : `${failed} FAILED`;
}

function ratio(ours: Answers, bare: Answers, part: number): string {
  return `${(quantile(ours.times, part) / quantile(bare.times, part)).toFixed(1)}×`;
}

const mebibytes = (bytes: number) => (bytes / (1 << 20)).toFixed(0);
