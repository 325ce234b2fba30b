import { parseStreamRequest } from "@clone-xs/clone";
import { expect, test } from "vitest";
import { type StreamFlags, streamWire } from "./flags.ts";

const ends = { source: "a", dest: "b" };
const wire = { source_catalog: "a", destination_catalog: "b" };

test.each<[StreamFlags, object]>([
  [
    { ...ends, tables: ["s.t"] },
    { ...wire, tables: ["s.t"] },
  ],
  [
    { ...ends, schema: "s", triggerMs: 500, maxRetries: -1, withoutChangeFeed: "clone" },
    { ...wire, schema: "s", trigger_ms: 500, max_retries: -1, without_change_feed: "clone" },
  ],
  [
    { ...ends, tables: ["s.t"], key: { "s.t": ["id"] } },
    { ...wire, tables: ["s.t"], keys: { "s.t": ["id"] } },
  ],
  [
    { ...ends, schema: "s", cluster: "0101-abc" },
    { ...wire, schema: "s", compute: { kind: "cluster", cluster_id: "0101-abc" } },
  ],
  [
    { ...ends, schema: "s", environmentVersion: "2" },
    { ...wire, schema: "s", compute: { kind: "serverless", environment_version: "2" } },
  ],
])("%j is %j, which the engine reads", (flags, expected) => {
  expect(streamWire(flags)).toEqual(expected);
  expect(parseStreamRequest(streamWire(flags)).ok).toBe(true);
});
