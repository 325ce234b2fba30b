import type { StreamRecord, TableProgress } from "@clone-xs/clone";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures.ts";
import { openLagStore, worstLag } from "./lags.ts";

const MINUTE = 60_000;

const progress = (...lags: (number | null)[]): StreamRecord["progress"] =>
  Object.fromEntries(
    lags.map((lag_seconds, index): [string, TableProgress] => [
      `s.t${index}`,
      { method: "merge", checkpoint: "1", lag_seconds, error: null },
    ]),
  );

const stream = (stream_id: string, ...lags: (number | null)[]): StreamRecord => ({
  stream_id,
  status: "running",
  source_catalog: "a",
  destination_catalog: "b",
  schema: null,
  tables: [],
  trigger_ms: 1,
  run_id: "1",
  run_name: "r",
  run_page_url: null,
  attempt: 0,
  submitted_at: "",
  error: null,
  last_polled_at: "",
  program_path: "",
  progress: progress(...lags),
});

function store() {
  const lags = openLagStore(temporaryDirectory());
  onTestFinished(() => lags.close());
  return lags;
}

test("the lag of a stream is that of its slowest table", () => {
  expect(worstLag(progress(1, 7, null))).toBe(7);
  expect(worstLag(progress(null))).toBeNull();
  expect(worstLag({})).toBeNull();
});

test("of each minute the worst is kept, and a stream that was not looked at leaves no point", () => {
  const lags = store();
  lags.note([stream("one", 5), stream("two")], 10 * MINUTE);
  lags.note([stream("one", 2)], 10 * MINUTE + 1);
  lags.note([stream("one", null)], 11 * MINUTE);
  expect(lags.series("one", { since: 0, limit: 1000 })).toEqual([
    { at: 10 * MINUTE + 1, seconds: 5 },
    { at: 11 * MINUTE, seconds: null },
  ]);
  expect(lags.series("two", { since: 0, limit: 1000 })).toEqual([]);
  expect([...lags.newest()]).toEqual([["one", { at: 11 * MINUTE, seconds: null }]]);
});

test("a long time is told by so many points, each the worst of its span", () => {
  const lags = store();
  for (let minute = 0; minute < 100; minute++) lags.note([stream("one", minute)], minute * MINUTE);
  const points = lags.series("one", { since: 0, limit: 10 });
  expect(points.length).toBeLessThanOrEqual(10);
  expect(points.at(-1)).toEqual({ at: 99 * MINUTE, seconds: 99 });
  expect(lags.series("one", { since: 95 * MINUTE, limit: 10 })).toHaveLength(5);
});

test("what is older than a week is let go", () => {
  const lags = store();
  lags.note([stream("one", 1)], 0);
  lags.note([stream("one", 2)], 8 * 86_400_000);
  expect(lags.series("one", { since: 0, limit: 1000 })).toHaveLength(1);
});
