import { DEFAULT_SETTINGS, guardJournal } from "@clone-xs/clone";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { expect, it, onTestFinished } from "vitest";
import { temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";
import { guardKeeper } from "./guard-keeper.ts";

const DIED_LATER = 2 ** 30;

it("releases what a run left that died after the server had begun, before that run is gone on with", async () => {
  const lakehouse = await openTestLakehouse();
  onTestFinished(() => lakehouse.close());
  const storeDirectory = temporaryDirectory();
  const alive = new Set([DIED_LATER]);
  const connection = {
    get: () => Promise.resolve(lakehouse.connect()),
    knownHost: () => undefined,
    reached: () => undefined,
    close: () => Promise.resolve(),
  };
  const guards = guardKeeper(
    {
      storeDirectory,
      settings: DEFAULT_SETTINGS,
      hostname: "test",
      process: { pid: process.pid, isAlive: (pid) => alive.has(pid) },
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: () => 0,
      targetBook: {
        connect: () => Promise.reject(new Error("unexpected")),
      },
    },
    connection,
    temporaryStore(storeDirectory),
  );
  const journal = guardJournal(storeDirectory);
  await journal.put({
    id: "lock-0badf00d",
    runId: "0badf00d",
    at: 1,
    pid: DIED_LATER,
    metastoreId: lakehouse.metastoreId,
    kind: "lock",
    resource: "target:copy",
  });
  await guards.clear();
  expect(await journal.open()).toHaveLength(1);
  const underWay = guards.look();
  alive.clear();
  await guards.clear();
  expect(await journal.open()).toEqual([]);
  await underWay;
});
