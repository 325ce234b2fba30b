import type { RunSummary } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import { sharesOf } from "./shares.ts";
import { targetRowsOf } from "./target-rows.ts";

const run = {
  targets: [
    { name: "east", destination_catalog: "dev" },
    { name: "west", destination_catalog: "dev_w" },
  ],
};
const none = { success: 0, failed: 0, skipped: 0 };
const ended = {
  target_name: "east",
  target_host: "https://east",
  destination_catalog: "dev",
  target_status: "partial",
  target_duration_seconds: 3,
  tables: { ...none, success: 2, failed: 1 },
  views: none,
  functions: none,
  volumes: none,
  bytes_copied: 10,
  files_copied: 1,
  formats: {},
  load_type: "FULL",
  statements: {},
  residue: [],
  error: "no",
  share_name: "clone_xs_share_1",
  share_status: "reused",
} satisfies NonNullable<RunSummary["per_target"]>[number];

describe("targetRowsOf", () => {
  it("knows none of a run in its own workspace, or to a single other one", () => {
    expect(targetRowsOf({ targets: [] }, [], undefined)).toEqual([]);
    expect(targetRowsOf({ targets: run.targets.slice(0, 1) }, [], undefined)).toEqual([]);
  });

  it("has each target from the beginning, and follows it", () => {
    const heard = { name: "west", destination: "dev_w", state: "connecting" } as const;
    expect(targetRowsOf(run, [heard], undefined)).toEqual([
      { name: "east", state: "waiting", host: "", destination: "dev" },
      { ...heard, host: "" },
    ]);
  });

  it("says of one that has ended what it came to", () => {
    expect(targetRowsOf(run, [], { per_target: [ended], dry_run: false })).toEqual([
      {
        name: "east",
        state: "partial",
        host: "https://east",
        destination: "dev",
        tables: ended.tables,
        bytes: 10,
        seconds: 3,
        error: "no",
        shares: [{ what: "share", name: "clone_xs_share_1", state: "reused" }],
      },
    ]);
  });
});

it("counts nothing as made by a dry run", () => {
  const [row] = targetRowsOf(run, [], { per_target: [ended], dry_run: true });
  expect(row).not.toHaveProperty("tables");
  expect(row).not.toHaveProperty("bytes");
});

it("knows of no share where nothing was shared", () => {
  expect(sharesOf({})).toBeUndefined();
});
