import { describe, expect, it } from "vitest";
import {
  begunStream,
  emptyStream,
  type StreamDraft,
  streamProblem,
  toStreamRequest,
} from "./stream-draft.ts";

const draft: StreamDraft = { ...emptyStream, source: "prod", destination: "live", tables: ["a.b"] };
const ends = { source_catalog: "prod", destination_catalog: "live" };

describe("toStreamRequest", () => {
  it.each<[string, Partial<StreamDraft>, object]>([
    ["tables", {}, { tables: ["a.b"] }],
    ["a whole schema", { scope: "schema", schema: "a" }, { schema: "a" }],
    ["every tenth of a second", { seconds: 0.1 }, { tables: ["a.b"], trigger_ms: 100 }],
    [
      "keys",
      {
        keys: [
          { table: " a.b ", columns: "x, y," },
          { table: "", columns: "" },
        ],
      },
      { tables: ["a.b"], keys: { "a.b": ["x", "y"] } },
    ],
    ["tables without a feed", { withoutFeed: "clone" }, { tables: ["a.b"], without_change_feed: "clone" }],
  ])("%s", (_, change, expected) => {
    expect(toStreamRequest({ ...draft, ...change })).toEqual({ ...ends, ...expected });
  });
});

describe("streamProblem", () => {
  it.each<[string, Partial<StreamDraft>, string | undefined]>([
    ["a good draft", {}, undefined],
    ["no source", { source: "" }, "Choose the source catalog."],
    ["no destination", { destination: "" }, "Name the destination catalog."],
    ["the source itself", { destination: "PROD" }, "Source and destination are the same catalog."],
    ["no table", { tables: [] }, "Choose at least one table."],
    ["no schema", { scope: "schema" }, "Choose the schema."],
    ["never", { seconds: Number.NaN }, "Look for changes every 0.1 to 86400 seconds."],
    ["a key of nothing", { keys: [{ table: "", columns: "x" }] }, "Name the table: schema.table."],
    ["a key of a schema", { keys: [{ table: "a", columns: "x" }] }, "Write the table as schema.table."],
    ["an empty key", { keys: [{ table: "a.b", columns: " ," }] }, "Name the columns of its key."],
  ])("%s", (_, change, expected) => {
    expect(streamProblem({ ...draft, ...change })).toBe(expected);
  });
});

it.each([
  [{}, emptyStream],
  [{ source: "shop" }, { ...emptyStream, source: "shop" }],
  [
    { source: "shop", schema: "gold" },
    { ...emptyStream, source: "shop", scope: "schema", schema: "gold" },
  ],
  [
    { source: "shop", schema: "gold", table: "spend" },
    { ...emptyStream, source: "shop", tables: ["gold.spend"] },
  ],
])("the address %j begins a draft", (search, expected) => {
  expect(begunStream(search)).toEqual(expected);
});
