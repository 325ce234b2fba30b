import type { StreamRecord, StreamState } from "@clone-xs/clone";
import { describe, expect, test } from "vitest";
import { watchStreams } from "./watch.ts";

type Seen = readonly StreamState[] | Error;

/** Watches until all was seen; gives the pauses, the log, and the watch. */
function watching(...seen: readonly Seen[]) {
  const [pauses, lines, left] = [[] as number[], [] as string[], [...seen]];
  const stop = new AbortController();
  const watch = watchStreams({
    signal: stop.signal,
    log: (line) => lines.push(line),
    look: () => {
      const next = left.shift() ?? [];
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next.map(streamIn));
    },
    clock: {
      now: () => 0,
      sleep: (ms) => {
        pauses.push(ms);
        if (left.length === 0) stop.abort();
        return Promise.resolve();
      },
    },
  });
  return { pauses, lines, watch };
}

function streamIn(status: StreamState, index: number): StreamRecord {
  return {
    stream_id: `sync-${index}`,
    status,
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
    progress: {},
  };
}

describe("streams are looked at", () => {
  test.each<[string, Seen, number]>([
    ["closely while one begins or ends", ["running", "starting"], 2_000],
    ["now and then while they run", ["running", "failed"], 30_000],
    ["seldom when none does", ["stopped"], 120_000],
    ["soon again when the workspace did not answer", new Error("no"), 10_000],
  ])("%s", async (_, seen, pause) => {
    const { pauses, watch } = watching(seen);
    await watch.ended;
    expect(pauses).toEqual([pause]);
  });

  test("and what was found first is told, and every trouble once", async () => {
    const { lines, watch } = watching(
      new Error("gone"),
      new Error("gone"),
      ["running"],
      [],
      new Error("gone"),
    );
    await watch.ended;
    expect(lines).toEqual([
      "discover_existing_streams: not possible yet: gone",
      "discover_existing_streams: found 1 stream: sync-0 running.",
      "Streams could not be looked at: gone",
    ]);
  });

  test("at once when something was changed", async () => {
    const stop = new AbortController();
    let looks = 0;
    const watch = watchStreams({
      signal: stop.signal,
      log: () => undefined,
      look: () => {
        looks++;
        if (looks === 2) stop.abort();
        return Promise.resolve([]);
      },
      clock: {
        now: () => 0,
        sleep: (_ms, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener("abort", () => reject(new Error("woken")));
            // Only who is asleep can be woken.
            watch.wake();
          }),
      },
    });
    await watch.ended;
    expect(looks).toBe(2);
  });
});
