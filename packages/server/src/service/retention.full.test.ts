import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { guardJournal, openFileLedger, runDirectory } from "@clone-xs/clone";
import { expect, it } from "vitest";
import { body, facts, line, summaryOf, temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";
import { forgetOldRuns } from "./retention.ts";

const DAY = 24 * 60 * 60 * 1000;

function kept() {
  const home = temporaryDirectory();
  const store = temporaryStore(home);
  const insert = (id: string, at: number) => {
    store.insert({ id, request: body, facts, at });
    store.append(id, line(id));
    mkdirSync(runDirectory(home, id), { recursive: true });
    writeFileSync(`${runDirectory(home, id)}/summary.json`, "{}");
  };
  const ended = (id: string, at: number, trigger: "succeed" | "fail" = "succeed") => {
    insert(id, at);
    store.move(id, "start", { at });
    store.move(id, trigger, { at, result: summaryOf(id) });
  };
  const left = () =>
    store
      .list({ limit: 99 })
      .map(({ id }) => id)
      .sort();
  return { home, store, insert, ended, left };
}

it("forgets runs that ended long ago, with their events and files, when their time has come", async () => {
  const { home, store, ended, left } = kept();
  ended("aaaaaaaa", 0);
  ended("bbbbbbbb", DAY);
  ended("cccccccc", 2 * DAY);
  expect(await forgetOldRuns({ store, home, days: 90 }, 90 * DAY)).toEqual([]);
  expect(await forgetOldRuns({ store, home, days: 90 }, 91 * DAY)).toEqual(["aaaaaaaa"]);
  expect(left()).toEqual(["bbbbbbbb", "cccccccc"]);
  expect(store.logs("aaaaaaaa")).toEqual([]);
  expect([existsSync(runDirectory(home, "aaaaaaaa")), existsSync(runDirectory(home, "bbbbbbbb"))]).toEqual([
    false,
    true,
  ]);
});

it("forgets the oldest of too many", async () => {
  const { home, store, ended, left } = kept();
  for (const [at, id] of ["aaaaaaaa", "bbbbbbbb", "cccccccc"].entries()) ended(id, at);
  expect(await forgetOldRuns({ store, home, days: 90, runs: 2 }, DAY)).toEqual(["aaaaaaaa"]);
  expect(left()).toEqual(["bbbbbbbb", "cccccccc"]);
});

it("keeps what lives or waits, what can be gone on with, and what has not given back what it had revoked", async () => {
  const { home, store, insert, ended, left } = kept();
  insert("00000001", 0);
  insert("00000002", 0);
  store.move("00000002", "start", { at: 0 });
  ended("00000003", 0, "fail");
  const ledger = await openFileLedger(`${runDirectory(home, "00000003")}/ledger.ndjson`);
  await ledger.append({ at: 0, type: "run", runId: "00000003", request: body, version: 1 });
  await ledger.close();
  ended("00000004", 0);
  const lock = { kind: "lock", resource: "a" } as const;
  await guardJournal(home).put({ id: "g", runId: "00000004", at: 0, pid: 1, metastoreId: "m", ...lock });
  ended("00000005", 0);
  ended("00000006", 999 * DAY);
  expect(await forgetOldRuns({ store, home, days: 90 }, 1000 * DAY)).toEqual(["00000005"]);
  expect(left()).toEqual(["00000001", "00000002", "00000003", "00000004", "00000006"]);
});
