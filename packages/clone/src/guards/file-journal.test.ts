import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openFileJournal } from "./file-journal.ts";
import type { GuardRecord } from "./journal.ts";

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "clxs-journal-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function lock(runId: string, change: Partial<GuardRecord> = {}): GuardRecord {
  return {
    id: "lock-1",
    runId,
    at: 1,
    pid: 7,
    metastoreId: "m",
    kind: "lock",
    resource: "target:dev",
    ...change,
  } as GuardRecord;
}

test("pitfall 16: what was put is there for whoever opens the directory, until it is dropped", async () => {
  const directory = join(temporary(), "guards");
  const journal = openFileJournal(directory);
  expect(await journal.open()).toEqual([]);
  await journal.put(lock("a"));
  await journal.put(lock("b", { id: "lock-2" }));
  expect(await openFileJournal(directory).open()).toEqual([lock("a"), lock("b", { id: "lock-2" })]);
  await journal.drop("lock-1");
  await journal.drop("lock-1");
  expect(await journal.open()).toEqual([lock("b", { id: "lock-2" })]);
});

test("putting a record again replaces it", async () => {
  const journal = openFileJournal(temporary());
  await journal.put(lock("a"));
  await journal.put(lock("a", { at: 2 }));
  expect(await journal.open()).toEqual([lock("a", { at: 2 })]);
});

test("of several that claim, one succeeds, and its record stands", async () => {
  const directory = temporary();
  const runs = Array.from({ length: 8 }, (_, n) => `run${n}`);
  const claimed = await Promise.all(runs.map((run) => openFileJournal(directory).claim(lock(run))));
  expect(claimed.filter(Boolean)).toHaveLength(1);
  const [winner = ""] = runs.filter((_, n) => claimed[n]);
  expect(await openFileJournal(directory).open()).toEqual([lock(winner)]);
  expect(readdirSync(directory)).toEqual(["lock-1.json"]);
});

test("a record that was cut short while it was written is none", async () => {
  const directory = temporary();
  writeFileSync(join(directory, "quiesce-1.7.a.part"), '{"id": "quie');
  expect(await openFileJournal(directory).open()).toEqual([]);
});
