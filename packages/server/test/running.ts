import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, DEFAULT_SETTINGS, streamTaskRunner } from "@clone-xs/clone";
import type { Chaos, Lakehouse } from "@clone-xs/lakehouse";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import type { Workspace } from "@clone-xs/unity";
import { onTestFinished } from "vitest";
import {
  type RunningServer,
  type ServerOptions,
  startServer,
  textLog,
  workspaceOpener,
} from "../src/index.ts";
import { temporaryDirectory } from "./fixtures.ts";

export interface Running extends RunningServer {
  readonly workspace: Workspace;
  /** Another server on the same workspace and, unless it is told otherwise, the same store. */
  readonly again: (options?: Partial<ServerOptions>) => Promise<Running>;
  /** Connects to the workspace as somebody else. */
  readonly connectAs: (user: string) => Workspace;
  /** Faults of the workspace that it opened itself. */
  readonly chaos: Chaos;
  /** Sends one call and reads its JSON. */
  readonly call: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>;
  /** Runs statements one after another. */
  readonly sql: (...statements: string[]) => Promise<readonly (readonly (string | null)[])[]>;
  /** The run when it is over. */
  readonly finished: <T = Record<string, unknown>>(id: string) => Promise<T>;
}

export const testClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }),
};

/** The real server on the real embedded workspace, both gone when the test is over. */
export async function running(options: Partial<ServerOptions> = {}): Promise<Running> {
  const lakehouse = await openTestLakehouse({ taskRunner: streamTaskRunner({ clock: testClock }) });
  onTestFinished(() => lakehouse.close());
  return serving(lakehouse, { storeDirectory: temporaryDirectory(), ...options });
}

async function serving(
  lakehouse: Lakehouse,
  options: Partial<ServerOptions> & Pick<ServerOptions, "storeDirectory">,
): Promise<Running> {
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    auth: "default",
    version: "0.0.0",
    connect: () => Promise.resolve(lakehouse.connect()),
    openWorkspace: workspaceOpener({
      env: {},
      homeDir: temporaryDirectory(),
      readFile: () => Promise.resolve(undefined),
      effects: { now: Date.now, random: Math.random, sleep: (ms) => sleep(ms, undefined, { ref: false }) },
    }),
    settings: DEFAULT_SETTINGS,
    hostname: "test",
    clock: testClock,
    random: Math.random,
    process: { pid: process.pid, isAlive: () => false },
    log: textLog((line) => process.stderr.write(`${line}\n`)),
    ...options,
  });
  onTestFinished(() => server.close());
  const workspace = lakehouse.connect();
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as T;
  };
  return {
    ...server,
    again: (more = {}) => serving(lakehouse, { ...options, ...more }),
    workspace,
    connectAs: (user) => lakehouse.connect(user),
    chaos: lakehouse.chaos,
    call,
    async sql(...statements) {
      let rows: readonly (readonly (string | null)[])[] = [];
      for (const text of statements) {
        ({ rows } = await workspace.statements.execute({ text, kind: "other", effect: "write" }));
      }
      return rows;
    },
    async finished<T>(id: string) {
      await (await fetch(`${server.url}/api/clone/${id}/events`)).text();
      return call<T>("GET", `/api/clone/${id}`);
    },
  };
}

/** A shop of two schemas, three tables, a view and a function. */
export const SHOP = [
  "CREATE CATALOG shop COMMENT 'A shop'",
  "CREATE SCHEMA shop.bronze COMMENT 'As it arrives'",
  "CREATE SCHEMA shop.gold",
  "CREATE TABLE shop.bronze.orders (id BIGINT, customer STRING, amount DECIMAL(10,2))",
  "INSERT INTO shop.bronze.orders VALUES (1, 'ada', 10.50), (2, 'grace', 99.99), (3, 'ada', 7.00)",
  "CREATE TABLE shop.bronze.customers (name STRING, city STRING)",
  "INSERT INTO shop.bronze.customers VALUES ('ada', 'London'), ('grace', 'New York')",
  "CREATE TABLE shop.gold.spend AS SELECT customer, sum(amount) AS total FROM shop.bronze.orders GROUP BY customer",
  "CREATE VIEW shop.gold.big_spenders AS SELECT customer FROM shop.gold.spend WHERE total > 50",
  "CREATE FUNCTION shop.gold.shout(t STRING) RETURNS STRING RETURN upper(t)",
];
