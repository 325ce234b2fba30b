import { type Criterion, expecting, judged } from "../criterion.ts";
import { seenBy } from "../observations.ts";
import type { Feature6, Streamed } from "./script.ts";

export const feature6Criteria: readonly Criterion[] = [
  {
    id: "2.6.a",
    line: 142,
    text: "Stream status transitions",
    verify: judged(({ feature6 }) =>
      bothWays(seenBy(feature6), "starting → running → insert visible → stopped", (seen) => {
        const order = seen.statuses.filter((status) => ["starting", "running", "stopped"].includes(status));
        const { source, target } = seen.propagated;
        const visible =
          source === target ? "insert visible" : `${source} rows on the source, ${target} on the target`;
        const [last = ""] = order.slice(-1);
        return [...order.slice(0, -1), visible, last].join(" → ");
      }),
    ),
  },
  {
    id: "2.6.b",
    line: 143,
    text: "Run-id changes after restart, stream_id is preserved",
    verify: judged(({ feature6 }) =>
      bothWays(seenBy(feature6), "another run_id, the same stream_id", ({ started, restarted }) => {
        const run = started.runId === restarted.runId ? "the same run_id" : "another run_id";
        const stream = started.streamId === restarted.streamId ? "the same stream_id" : "another stream_id";
        return `${run}, ${stream}`;
      }),
    ),
  },
  {
    id: "2.6.c",
    line: 145,
    text: "the stream is re-discovered",
    verify: judged(({ feature6 }) =>
      bothWays(seenBy(feature6), "listed as running, and an insert made then is visible", (seen) => {
        const { rediscovered, streamId, meanwhile } = seen;
        const found = rediscovered.find(({ id }) => id === streamId);
        const listed = found === undefined ? "not listed" : `listed as ${found.status}`;
        const visible = meanwhile.source === meanwhile.target ? "visible" : "not visible";
        return `${listed}, and an insert made then is ${visible}`;
      }),
    ),
  },
  {
    id: "4.d",
    line: 167,
    text: "clxs-continuous-sync-%",
    verify: judged(({ feature6 }) => {
      const { jobs, apart } = seenBy(feature6);
      const name = `clxs-continuous-sync-${apart.streamId}`;
      const listed = jobs.runNames.filter((other) => other === name).length;
      const shown =
        jobs.page === undefined
          ? "a real workspace's page was not looked at"
          : jobs.page.includes(name)
            ? "shown"
            : "not shown on the page";
      return expecting(
        `${name}: its run and the one after the restart, on the page of job runs and in the Jobs API`,
        `${listed} runs of that name in the Jobs API, ${shown}`,
        listed === 2 && shown !== "not shown on the page",
      );
    }),
  },
];

/** The same in processes of their own and all in one. */
function bothWays({ apart, alone }: Feature6, expected: string, tell: (seen: Streamed) => string) {
  return expecting(
    expected,
    `${tell(apart)}${alone ? `; all in one process: ${tell(alone)}` : ""}`,
    tell(apart) === expected && (alone === undefined || tell(alone) === expected),
  );
}
