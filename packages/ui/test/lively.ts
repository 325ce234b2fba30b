import { setTimeout as sleep } from "node:timers/promises";
import { streamTaskRunner } from "@clone-xs/clone";
import type { StreamRecord } from "@clone-xs/server/contract";
import { startShop } from "./running.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
const STREAMS = "/api/continuous-sync/streams";

/** A workspace and a server whose clocks stand in the past, and go on when told. */
export async function startInThePast(uiDirectory: string) {
  let behind = 30 * DAY;
  const now = () => Date.now() - behind;
  const clock = {
    now,
    sleep: (ms: number, signal?: AbortSignal) =>
      sleep(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }),
  };
  const taskRunner = streamTaskRunner({ clock });
  const shop = await startShop(uiDirectory, { clock }, { now, taskRunner });
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await (await fetch(shop.url + path, sent)).json()) as T;
  };
  return {
    ...shop,
    call,
    /** So long ago. */
    at: (ms: number) => {
      behind = ms;
    },
    clone: async (request: object): Promise<void> => {
      const { job_id } = await call<{ job_id: string }>("/api/clone", request);
      await (await fetch(`${shop.url}/api/clone/${job_id}/events`)).text();
    },
  };
}

type Past = Awaited<ReturnType<typeof startInThePast>>;

/** Four weeks of a small company, by real runs: copies that are in sync, one that drifts, one that fails, and a stream. */
export async function fourWeeks(past: Past): Promise<StreamRecord> {
  const { sql, clone, at } = past;
  const toDev = { source_catalog: "shop", destination_catalog: "shop_dev" };
  const toBackup = { source_catalog: "sales", destination_catalog: "sales_backup" };
  const toTest = { source_catalog: "people", destination_catalog: "people_test" };
  for (const statement of MORE) await sql(statement);

  at(27 * DAY);
  await clone(toDev);
  await clone(toBackup);
  for (let day = 25; day >= 1; day -= 3) {
    at(day * DAY);
    for (const table of ["orders", "customers", "products"].slice(day % 4 === 0 ? 1 : 0, 1 + (day % 3)))
      await sql(`INSERT INTO shop.bronze.${table} SELECT * FROM shop.bronze.${table} LIMIT 1`);
    await clone({ ...toDev, load_type: "SELECTIVE", dry_run: day % 2 === 0 });
    if (day % 2 === 0) await clone({ ...toDev, load_type: "SELECTIVE" });
  }
  at(20 * DAY);
  await sql(
    "INSERT INTO sales.eu.invoices SELECT id + 40000, customer, amount FROM sales.eu.invoices LIMIT 20000",
  );
  at(19.5 * DAY);
  await clone({ ...toBackup, load_type: "SELECTIVE" });
  at(9 * DAY);
  await clone(toTest);
  await sql("INSERT INTO people_test.hr.salaries VALUES (99, 1)");
  at(2 * DAY);
  await sql("INSERT INTO people.hr.salaries VALUES (3, 5300)");
  await clone({ ...toTest, load_type: "SELECTIVE" });
  at(0.4 * DAY);
  for (const region of ["eu", "us"])
    await sql(
      `INSERT INTO sales.${region}.invoices SELECT id + 90000, customer, amount FROM sales.${region}.invoices LIMIT 500`,
    );
  at(150 * MINUTE);
  await clone({ ...toBackup, load_type: "SELECTIVE", dry_run: true });
  return threeHours(past);
}

/** A stream that was looked at now and then. */
async function threeHours({ sql, call, at }: Past): Promise<StreamRecord> {
  at(200 * MINUTE);
  const stream = await call<StreamRecord>("/api/continuous-sync/start", {
    source_catalog: "shop",
    destination_catalog: "shop_live",
    tables: ["bronze.events"],
    trigger_ms: 1_000,
  });
  for (let step = 11; step >= 0; step--) {
    at(step * 15 * MINUTE + 60_000);
    await sql(`INSERT INTO shop.bronze.events VALUES (${1000 + step}, 'visit')`);
    at(step * 15 * MINUTE + 60_000 - ((step * 7) % 11) * 1_300);
    while (await isBehind(call, stream.stream_id)) await sleep(150);
  }
  at(0);
  return stream;
}

/** Looked at, so that it stands in the curve too. */
async function isBehind(call: Past["call"], streamId: string): Promise<boolean> {
  const { progress } = await call<StreamRecord>(`${STREAMS}/${streamId}?refresh=true`);
  return Object.values(progress).some(({ lag_seconds }) => lag_seconds !== 0);
}

const MORE = [
  "CREATE CATALOG sales",
  "CREATE SCHEMA sales.eu",
  "CREATE SCHEMA sales.us",
  "CREATE TABLE sales.eu.invoices AS SELECT id, concat('customer ', CAST(id % 977 AS STRING)) AS customer, id * 1.19 AS amount FROM range(40000)",
  "CREATE TABLE sales.us.invoices AS SELECT id, concat('customer ', CAST(id % 577 AS STRING)) AS customer, id * 1.08 AS amount FROM range(60000)",
  "CREATE CATALOG people",
  "CREATE SCHEMA people.hr",
  "CREATE TABLE people.hr.salaries (id BIGINT, amount INT)",
  "INSERT INTO people.hr.salaries VALUES (1, 5000), (2, 5100)",
  "CREATE TABLE people.hr.teams (id BIGINT, name STRING)",
  `CREATE TABLE shop.bronze.events (id BIGINT NOT NULL, note STRING, CONSTRAINT pk PRIMARY KEY (id))
   TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
];
