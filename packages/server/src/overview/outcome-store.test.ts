import { expect, onTestFinished, test } from "vitest";
import { body, facts, summaryOf, temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";
import { openOutcomeStore } from "./outcome-store.ts";

const DAY = 86_400_000;

function stores() {
  const directory = temporaryDirectory();
  const runs = temporaryStore(directory);
  const outcomes = openOutcomeStore(directory);
  onTestFinished(() => outcomes.close());
  let next = 0;
  const ran = (at: number, change: { destination?: string; drifted?: number; fails?: boolean } = {}) => {
    const id = String(++next).padStart(8, "0");
    const { destination = "dev", drifted, fails = false } = change;
    const of = {
      ...facts,
      destinationCatalog: destination,
      ...(drifted === undefined ? {} : { loadType: "SELECTIVE" }),
    };
    runs.insert({ id, request: body, facts: of, at });
    runs.move(id, "start", { at });
    if (fails) runs.move(id, "fail", { at, error: "No." });
    else {
      const result = summaryOf(id, {
        bytes_copied: 10,
        ...(drifted === undefined ? {} : { total_drifted_tables: drifted }),
      });
      runs.move(id, "succeed", { at, result });
    }
    return id;
  };
  return { runs, outcomes, ran };
}

test("follows runs as they end, and what becomes of one that is begun again", () => {
  const { runs, outcomes, ran } = stores();
  ran(DAY);
  const failed = ran(2 * DAY, { fails: true });
  outcomes.follow(runs);
  expect(outcomes.counts(0)).toEqual([
    { ended: "completed", dryRun: false, runs: 1, bytes: 10 },
    { ended: "failed", dryRun: false, runs: 1, bytes: 0 },
  ]);
  runs.requeue(failed, 3 * DAY);
  outcomes.follow(runs);
  expect(outcomes.counts(0)).toEqual([{ ended: "completed", dryRun: false, runs: 1, bytes: 10 }]);
  runs.move(failed, "start", { at: 3 * DAY });
  runs.move(failed, "succeed", { at: 3 * DAY, result: summaryOf(failed, { bytes_copied: 5 }) });
  outcomes.follow(runs);
  outcomes.follow(runs);
  expect(outcomes.counts(0)).toEqual([{ ended: "completed", dryRun: false, runs: 2, bytes: 15 }]);
  expect(outcomes.counts(2 * DAY)).toEqual([{ ended: "completed", dryRun: false, runs: 1, bytes: 5 }]);
});

test("sums by day, where the reader's day begins", () => {
  const { runs, outcomes, ran } = stores();
  ran(2 * DAY - 1);
  ran(2 * DAY);
  outcomes.follow(runs);
  const days = (offset: number) => outcomes.days(0, offset).map(({ day, runs }) => [day, runs]);
  expect(days(0)).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect(days(3_600_000)).toEqual([[2, 2]]);
});

test("gives each copy its newest outcome of a kind, and the drift that was found", () => {
  const { runs, outcomes, ran } = stores();
  const first = ran(DAY, { drifted: 3 });
  const second = ran(2 * DAY, { fails: true });
  ran(3 * DAY, { destination: "test", drifted: 1 });
  outcomes.follow(runs);
  const newest = (kind: "run" | "inSync") =>
    outcomes.newest(kind, 0).map(({ destination, runId }) => [destination, runId]);
  expect(newest("run")).toEqual([
    ["dev", second],
    ["test", "00000003"],
  ]);
  expect(newest("inSync")).toEqual([
    ["dev", first],
    ["test", "00000003"],
  ]);
  expect(outcomes.pairs(0, 9).map(({ destination, runs }) => [destination, runs])).toEqual([
    ["test", 1],
    ["dev", 2],
  ]);
  ran(4 * DAY, { drifted: 0 });
  outcomes.follow(runs);
  const drift = outcomes.drift(0, 1).map(({ destination, at, found }) => [destination, at / DAY, found]);
  expect(drift).toEqual([
    ["test", 3, 1],
    ["dev", 4, 0],
  ]);
});

test("keeps what a forgotten run came to", () => {
  const { runs, outcomes, ran } = stores();
  const old = ran(DAY);
  ran(2 * DAY);
  outcomes.follow(runs);
  runs.remove(old);
  outcomes.follow(runs);
  expect(outcomes.counts(0)).toEqual([{ ended: "completed", dryRun: false, runs: 2, bytes: 20 }]);
});
