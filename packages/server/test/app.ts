import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_SETTINGS } from "@clone-xs/clone";
import { WorkspaceError } from "@clone-xs/unity";
import { onTestFinished } from "vitest";
import { type AppOptions, buildApp } from "../src/app.ts";
import { lazyConnection } from "../src/connection.ts";
import type { OpenWorkspace } from "../src/connections/open-workspace.ts";
import { targetBook } from "../src/connections/target-book.ts";
import type { OverviewDesk } from "../src/overview/overview.ts";
import { liveRuns } from "../src/live/live-runs.ts";
import { openPlanStore } from "../src/plans/store.ts";
import { openScheduling } from "../src/schedules/open-scheduling.ts";
import { SILENT } from "../src/service/log.ts";
import { openMetrics } from "../src/service/metrics.ts";
import type { StreamKeeper } from "../src/streams/keeper.ts";
import type { ExecuteRun } from "../src/runs/queue.ts";
import {
  line,
  temporaryAccess,
  queueOf,
  summaryOf,
  temporaryConnections,
  temporaryDirectory,
  temporaryStore,
} from "./fixtures.ts";

const succeed: ExecuteRun = async ({ id }, { emit }) => {
  for (const text of ["one", "two", "three"]) emit(line(text));
  return summaryOf(id);
};

const unreachable = () =>
  Promise.reject(new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached."));

const noStreams: StreamKeeper = {
  plan: unreachable,
  start: unreachable,
  stop: unreachable,
  restart: unreachable,
  list: () => Promise.resolve([]),
  get: unreachable,
  lag: () => [],
  begin: () => undefined,
  close: () => Promise.resolve(),
};

const noOverview: OverviewDesk = {
  read: unreachable,
  series: () => ({ as_of: "", days: [], drift: [], lag: [] }),
  close: () => undefined,
};

/** The application on a store of its own, in which every run succeeds unless `execute` says otherwise; closed when the test is over. */
export async function appWith({
  execute = succeed,
  ...options
}: Partial<AppOptions> & { execute?: ExecuteRun } = {}) {
  const store = temporaryStore();
  const queue = queueOf(store, execute);
  const connections = temporaryConnections();
  const openWorkspace: OpenWorkspace = () =>
    Promise.reject(new WorkspaceError("UNAVAILABLE", "The target cannot be reached."));
  const plans = openPlanStore(temporaryDirectory());
  onTestFinished(() => plans.close());
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const book = targetBook({ connections, openWorkspace, now: () => 0 });
  const scheduling = openScheduling({
    storeDirectory: temporaryDirectory(),
    clock,
    log: () => undefined,
    runs: store,
    queue,
    targetBook: book,
    streams: () => [],
  });
  onTestFinished(() => scheduling.close());
  const live = liveRuns(options.store ?? store);
  const app = await buildApp({
    plans,
    access: temporaryAccess(),
    home: temporaryDirectory(),
    clock,
    schedules: scheduling.schedules,
    notifications: scheduling.notifications,
    undoing: {
      undo: () => Promise.reject(new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached.")),
      close: () => Promise.resolve(),
    },
    verifying: {
      start: () => {
        throw new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached.");
      },
      state: unreachable,
      cancel: unreachable,
      close: () => Promise.resolve(),
    },
    streams: noStreams,
    overview: noOverview,
    settings: DEFAULT_SETTINGS,
    connection: lazyConnection(async () => {
      throw new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached.");
    }),
    connections,
    openWorkspace,
    judgeHost: () => undefined,
    targetBook: book,
    store,
    queue,
    live,
    metrics: openMetrics({ store: options.store ?? store, live }),
    log: SILENT,
    version: "0.0.0",
    uiDirectory: undefined,
    preflight: () => Promise.reject(new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached.")),
    waitForCancel: () => new Promise((resolve) => setImmediate(resolve)),
    onUnexpected: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => app.close());
  return { app, store, queue, connections };
}

/** A folder with a page and one of its files. */
export function builtPage(): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<title>Clone-Xs</title>");
  writeFileSync(join(directory, "assets", "app-1.js"), "1");
  return directory;
}

/** A POST as tests inject it. */
export const post = (url: string, payload: string, headers: Record<string, string> = {}) => ({
  method: "POST" as const,
  url,
  payload,
  headers,
});
