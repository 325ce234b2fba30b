import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, DEFAULT_SETTINGS, streamTaskRunner } from "@clone-xs/clone";
import type { LakehouseOptions } from "@clone-xs/lakehouse";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { type ServerOptions, startServer, workspaceOpener } from "@clone-xs/server";

const clock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }),
};

/** The real server with that page, on the real embedded workspace, with a shop to clone. */
export async function startShop(
  uiDirectory: string,
  options: Partial<ServerOptions> = {},
  embedded: Partial<LakehouseOptions> = {},
) {
  const directory = mkdtempSync(join(tmpdir(), "clxs-runs-"));
  const lakehouse = await openTestLakehouse({ taskRunner: streamTaskRunner({ clock }), ...embedded });
  const workspace = lakehouse.connect();
  const sql = async (text: string) =>
    (await workspace.statements.execute({ text, kind: "other", effect: "write" })).rows;
  for (const statement of SHOP) await sql(statement);
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    auth: "default",
    storeDirectory: directory,
    uiDirectory,
    version: "0.0.0",
    connect: () => Promise.resolve(lakehouse.connect()),
    openWorkspace: workspaceOpener({
      env: {},
      homeDir: directory,
      readFile: () => Promise.resolve(undefined),
      effects: { now: Date.now, random: Math.random, sleep: (ms) => clock.sleep(ms) },
    }),
    settings: DEFAULT_SETTINGS,
    hostname: "test",
    clock,
    random: Math.random,
    process: { pid: process.pid, isAlive: () => false },
    ...options,
  });
  return {
    ...server,
    uiDirectory,
    sql,
    lakehouse,
    chaos: lakehouse.chaos,
    async stop() {
      await server.close();
      await lakehouse.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type Shop = Awaited<ReturnType<typeof startShop>>;

const SHOP = [
  "CREATE CATALOG shop COMMENT 'Orders, customers and what they spend'",
  "CREATE SCHEMA shop.bronze COMMENT 'As it arrives'",
  "CREATE SCHEMA shop.silver COMMENT 'Cleaned'",
  "CREATE SCHEMA shop.gold COMMENT 'For reports'",
  "CREATE TABLE shop.bronze.orders (id BIGINT, customer STRING, amount DECIMAL(10,2)) COMMENT 'One row per order'",
  "INSERT INTO shop.bronze.orders VALUES (1, 'ada', 10.50), (2, 'grace', 99.99), (3, 'ada', 7.00)",
  "CREATE TABLE shop.bronze.customers (name STRING, city STRING)",
  "INSERT INTO shop.bronze.customers VALUES ('ada', 'London'), ('grace', 'New York')",
  "CREATE TABLE shop.bronze.order_lines (order_id BIGINT, product STRING, pieces INT)",
  "INSERT INTO shop.bronze.order_lines VALUES (1, 'pencil', 3), (2, 'lamp', 1), (3, 'ink', 2)",
  "CREATE TABLE shop.bronze.products (product STRING, price DECIMAL(10,2))",
  "INSERT INTO shop.bronze.products VALUES ('pencil', 3.50), ('lamp', 99.99), ('ink', 3.50)",
  "CREATE TABLE shop.silver.customers_clean AS SELECT name, city FROM shop.bronze.customers",
  "CREATE TABLE shop.silver.orders_clean AS SELECT id, customer, amount FROM shop.bronze.orders",
  "CREATE TABLE shop.gold.spend AS SELECT customer, sum(amount) AS total FROM shop.silver.orders_clean GROUP BY customer",
  "CREATE VIEW shop.gold.big_spenders AS SELECT customer FROM shop.gold.spend WHERE total > 50",
  "CREATE FUNCTION shop.gold.shout(t STRING) RETURNS STRING RETURN upper(t)",
];
