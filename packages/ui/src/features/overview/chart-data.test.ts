import { expect, test } from "vitest";
import { driftOverTime, lagOverTime, runsPerDay } from "./chart-data.ts";

const at = (minute: number) => new Date(minute * 60_000).toISOString();
const day = {
  day: "1970-01-01",
  at: at(0),
  completed: 2,
  partial: 0,
  failed: 0,
  cancelled: 0,
  dry_runs: 1,
  bytes_copied: 5,
};

test("what never happened has no place in the legend", () => {
  expect(runsPerDay([day]).series.map(({ key }) => key)).toEqual(["completed"]);
  expect(runsPerDay([day, { ...day, failed: 1 }]).series.map(({ key }) => key)).toEqual([
    "completed",
    "failed",
  ]);
});

test("copies that were looked at at different times stand over one axis, the one that drifts most first", () => {
  const pair = { source_catalog: "a", destination_catalog: "b", target: null };
  const drift = [
    { ...pair, points: [{ at: at(2), drifted_tables: 1 }] },
    {
      ...pair,
      target: "east",
      points: [
        { at: at(1), drifted_tables: 4 },
        { at: at(2), drifted_tables: 0 },
      ],
    },
  ];
  expect(driftOverTime(drift)).toEqual({
    series: [
      { key: "line0", label: "a → b on east" },
      { key: "line1", label: "a → b" },
    ],
    moments: [
      { at: 60_000, values: { line0: 4 } },
      { at: 120_000, values: { line0: 0, line1: 1 } },
    ],
  });
});

test("a lag that nobody could tell is not drawn, nor a stream of which none is known", () => {
  const stream = { stream_id: "s", source_catalog: "a", destination_catalog: "b" };
  const unknown = { at: at(1), lag_seconds: null };
  const lag = [
    { ...stream, points: [unknown] },
    { ...stream, points: [unknown, { at: at(2), lag_seconds: 4 }] },
  ];
  expect(lagOverTime(lag)).toEqual({
    series: [{ key: "line0", label: "a → b" }],
    moments: [
      { at: 60_000, values: { line0: null } },
      { at: 120_000, values: { line0: 4 } },
    ],
  });
});
