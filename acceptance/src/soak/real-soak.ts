import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../harness/session.ts";
import type { Sandbox } from "../harness/workspace.ts";
import type { Soak } from "./soak.ts";

const SOURCE = "demo_quick.bronze.soaked";
const COPY = "demo_quick_soak.bronze.soaked";
const MINUTE_MS = 60_000;

/** Runs a stream on the workspaces of the sandbox in real time: a write a minute, and every time a look whether the copy has become its source. */
export async function realSoak({ api, owner, triggerMs }: Sandbox, hours: number): Promise<Soak> {
  await done(
    owner,
    `CREATE OR REPLACE TABLE ${SOURCE} (id BIGINT NOT NULL, note STRING, CONSTRAINT soaked_pk PRIMARY KEY (id)) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
  );
  const started = await api.post("/api/continuous-sync/start", {
    source_catalog: "demo_quick",
    destination_catalog: "demo_quick_soak",
    tables: ["bronze.soaked"],
    trigger_ms: triggerMs,
  });
  const stream = `/api/continuous-sync/streams/${String(started["stream_id"])}`;
  const writes: Record<string, number> = {};
  const restarts: { at: string; cause: string }[] = [];
  let [points, equal, greatest, runId] = [0, 0, 0, String(started["run_id"])];
  const end = Date.now() + hours * 60 * MINUTE_MS;
  for (let turn = 1; Date.now() < end; turn += 1) {
    const began = Date.now();
    const [kind, statement] = writeOf(turn);
    writes[kind] = (writes[kind] ?? 0) + 1;
    await done(owner, statement);
    const lag = await lagOf(owner, began);
    points += 1;
    if (lag !== undefined) equal += 1;
    greatest = Math.max(greatest, (lag ?? Date.now() - began) / 1000);
    const { run_id, status, error } = await api.get(stream);
    if (String(run_id) !== runId || status === "failed") {
      const cause = typeof error === "string" ? error : "";
      restarts.push({ at: new Date().toISOString(), cause });
      const next = status === "failed" ? await api.post(`${stream}/restart`, {}) : { run_id };
      runId = String(next["run_id"]);
    }
    await sleep(Math.max(0, began + MINUTE_MS - Date.now()));
  }
  await api.post(`${stream}/stop`, {});
  const seen = { writes, restarts, quietPoints: points, equalPoints: equal, greatestLagSeconds: greatest };
  return { hours, clock: "real", ...seen };
}

/** Inserts, an update, a delete, a changed key, a repeated one; columns come now and then. */
function writeOf(turn: number): readonly [kind: string, statement: string] {
  if (turn % 180 === 0) return ["column", `ALTER TABLE ${SOURCE} ADD COLUMNS (more_${turn} INT)`];
  const insert = `INSERT INTO ${SOURCE} (id, note) VALUES (${turn}, 'turn ${turn}')`;
  const others: Readonly<Record<number, readonly [string, string]>> = {
    3: ["update", `UPDATE ${SOURCE} SET note = 'changed in ${turn}' WHERE id % 3 = 0`],
    5: ["delete", `DELETE FROM ${SOURCE} WHERE id = ${turn - 4}`],
    7: ["changed key", `UPDATE ${SOURCE} SET id = ${-turn} WHERE id = ${turn - 1}`],
    9: ["repeated key", `INSERT INTO ${SOURCE} (id, note) SELECT id, note FROM ${SOURCE} LIMIT 1`],
  };
  return others[turn % 10] ?? ["insert", insert];
}

/** Milliseconds until the copy is its source; `undefined` when it has not become that in five minutes. */
async function lagOf(owner: Session, began: number): Promise<number | undefined> {
  while (Date.now() - began < 5 * MINUTE_MS) {
    const differences = await owner.execute(
      `SELECT count(*) FROM ((SELECT id, note FROM ${SOURCE} EXCEPT ALL SELECT id, note FROM ${COPY}) UNION ALL (SELECT id, note FROM ${COPY} EXCEPT ALL SELECT id, note FROM ${SOURCE}))`,
    );
    if (differences.rows[0]?.[0] === "0") return Date.now() - began;
    await sleep(1000);
  }
  return undefined;
}

async function done(owner: Session, statement: string): Promise<void> {
  const { state, message } = await owner.execute(statement);
  if (state !== "SUCCEEDED") throw new Error(`${statement}: ${message}`);
}
