import type { Overview } from "../../api/overview.ts";
import type { Figure } from "../../components/figures.tsx";
import { bytes, count } from "../../format.ts";
import { lagText } from "../streams/lag.ts";

/** The four numbers that stand above everything. */
export function figuresOf({
  runs,
  pairs,
  streams,
}: Pick<Overview, "runs" | "pairs" | "streams">): readonly Figure[] {
  const week = runs.last_7_days;
  const bad = week.failed + week.partial;
  const inSync = pairs.filter(({ drifted_tables }) => drifted_tables === 0).length;
  const running = streams.filter(({ status }) => status === "running");
  const furthest = furthestBehind(running);
  return [
    {
      name: "Runs in 7 days",
      value: count(week.completed + bad + week.cancelled),
      ...(bad > 0 ? { note: `${count(bad)} failed`, tone: "bad" as const } : {}),
    },
    { name: "Copied in 7 days", value: bytes(week.bytes_copied) },
    {
      name: "Copies in sync",
      value: pairs.length === 0 ? "–" : `${count(inSync)} of ${count(pairs.length)}`,
    },
    {
      name: "Streams running",
      value: streams.length === 0 ? "–" : `${count(running.length)} of ${count(streams.length)}`,
      ...(running.length > 0 ? { note: lagText({ lag_seconds: furthest }) } : {}),
    },
  ];
}

function furthestBehind(streams: Overview["streams"]): number | null {
  const known = streams.flatMap(({ lag_seconds }) => lag_seconds ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
