import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../harness/api.ts";
import type { Session } from "../harness/session.ts";
import type { Sandbox } from "../harness/workspace.ts";

/** Runbook lines 109–146: a stream from its start to its stop, with the server lost in between. */
export interface Feature6 {
  readonly apart: Streamed;
  /** The same with workspace, API and stream in one process; absent with real workspaces. */
  readonly alone?: Streamed;
  /** What the workspace's own pages and Jobs API show of it, by run name. */
  readonly jobs: JobsSeen;
}

export interface Streamed {
  readonly streamId: string;
  /** Every status that was seen from the start on, without repeats. */
  readonly statuses: readonly string[];
  readonly started: Ids;
  readonly restarted: Ids;
  /** Rows on both ends when the INSERT, of an id that is there already, had come through; and how long that took. */
  readonly propagated: { readonly source: string; readonly target: string; readonly milliseconds: number };
  /** What the API lists after its database was deleted, without being told to refresh. */
  readonly rediscovered: readonly { readonly id: string; readonly status: string }[];
  /** The stream goes on by itself meanwhile: rows on both ends of an INSERT that was made while there was no server. */
  readonly meanwhile: { readonly source: string; readonly target: string };
  /** What `stop` answers, and what is left of the run. */
  readonly stopped: { readonly status: string };
}

interface Ids {
  readonly streamId: string;
  readonly runId: string;
}

interface JobsSeen {
  /** HTML of the workspace's own page; absent with a real one, which shows it to people who have signed in. */
  readonly page?: string;
  readonly runNames: readonly string[];
}

type Stream = Readonly<Record<string, unknown>>;

/** What a stream needs to be followed: who takes calls, who writes, and how the server is lost. */
interface Stage {
  readonly api: () => Api;
  readonly owner: () => Session;
  readonly loseServer: () => Promise<unknown>;
  readonly triggerMs: number;
}

const SOURCE = "demo_quick";
const DESTINATION = "demo_quick_streaming";
const EVENTS = `${SOURCE}.bronze.events`;

export async function feature6(sandbox: Sandbox): Promise<Feature6> {
  const { triggerMs, source, real, openOneProcess } = sandbox;
  let jobs: JobsSeen | undefined;
  const apart = await streamed({
    api: () => sandbox.api,
    owner: () => sandbox.owner,
    loseServer: async () => {
      jobs = await jobsOf(source, real);
      await sandbox.restartApi();
    },
    triggerMs,
  });
  const seen = { apart, jobs: jobs ?? { runNames: [] } };
  if (openOneProcess === undefined) return seen;
  const one = await openOneProcess();
  try {
    const stage = { api: () => one.api, owner: () => one.owner, loseServer: one.restart, triggerMs };
    return { ...seen, alone: await streamed(stage) };
  } finally {
    await one.close();
  }
}

async function streamed({ api, owner, loseServer, triggerMs }: Stage): Promise<Streamed> {
  await done(owner(), `ALTER TABLE ${EVENTS} SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`);
  const started = await api().post("/api/continuous-sync/start", {
    source_catalog: SOURCE,
    destination_catalog: DESTINATION,
    tables: ["bronze.events"],
    trigger_ms: triggerMs,
  });
  const { streamId } = idsOf(started);
  const statuses = new Set([String(started["status"])]);
  const look = async () => {
    const found = (await streamsOf(api(), true)).find((stream) => idsOf(stream).streamId === streamId);
    if (found !== undefined) statuses.add(String(found["status"]));
    return found;
  };
  await until(async () => (await look())?.["status"] === "running", triggerMs);
  const propagated = await propagatedBy(owner(), triggerMs);
  const restarted = idsOf(await api().post(`/api/continuous-sync/streams/${streamId}/restart`, {}));
  await until(async () => (await look())?.["status"] === "running", triggerMs);
  const losing = loseServer();
  await losing;
  const rediscovered = (await streamsOf(api(), false)).map((stream) => ({
    id: idsOf(stream).streamId,
    status: String(stream["status"]),
  }));
  const { milliseconds: _, ...meanwhile } = await propagatedBy(owner(), triggerMs);
  const { status } = await api().post(`/api/continuous-sync/streams/${streamId}/stop`, {});
  statuses.add(String(status));
  return {
    streamId,
    statuses: [...statuses],
    started: idsOf(started),
    restarted,
    propagated,
    rediscovered,
    meanwhile,
    stopped: { status: String(status) },
  };
}

function idsOf(stream: Stream): Ids {
  return { streamId: String(stream["stream_id"]), runId: String(stream["run_id"]) };
}

function streamsOf(api: Api, refresh: boolean): Promise<readonly Stream[]> {
  return api.get<readonly Stream[]>(`/api/continuous-sync/streams${refresh ? "?refresh=true" : ""}`);
}

/** Inserts a row whose id is there already, and looks until the target has as many rows as the source. */
async function propagatedBy(owner: Session, triggerMs: number): Promise<Streamed["propagated"]> {
  await done(owner, `INSERT INTO ${EVENTS} SELECT * FROM ${EVENTS} LIMIT 1`);
  const began = Date.now();
  const source = await countOf(owner, EVENTS);
  let target = "";
  await until(async () => {
    target = await countOf(owner, `${DESTINATION}.bronze.events`);
    return target === source;
  }, triggerMs);
  return { source, target, milliseconds: Date.now() - began };
}

async function countOf(owner: Session, table: string): Promise<string> {
  const { rows, state, message } = await owner.execute(`SELECT count(*) FROM ${table}`);
  return state === "SUCCEEDED" ? (rows[0]?.[0] ?? "no answer") : message;
}

async function done(owner: Session, statement: string): Promise<void> {
  const { state, message } = await owner.execute(statement);
  if (state !== "SUCCEEDED") throw new Error(`${statement}: ${message}`);
}

/** Looks again and again; gives up after two triggers and half a minute, and what is then seen is judged. */
async function until(enough: () => Promise<boolean>, triggerMs: number): Promise<void> {
  const deadline = Date.now() + 2 * triggerMs + 30_000;
  while (!(await enough()) && Date.now() < deadline) await sleep(Math.min(200, triggerMs / 4));
}

/** "Databricks Jobs UI: filter by run_name", and the API behind it. */
async function jobsOf({ host, bearer }: Sandbox["source"], real: boolean): Promise<JobsSeen> {
  const headers = { authorization: `Bearer ${await bearer()}` };
  const listed = await fetch(`${host}/api/2.2/jobs/runs/list?run_type=SUBMIT_RUN&limit=24`, { headers });
  const { runs = [] } = (await listed.json()) as { readonly runs?: readonly { readonly run_name: string }[] };
  const runNames = runs.map((run) => run.run_name);
  if (real) return { runNames };
  const page = await fetch(`${host}/jobs/runs?run_name=clxs-continuous-sync-`, { headers });
  return { runNames, page: await page.text() };
}
