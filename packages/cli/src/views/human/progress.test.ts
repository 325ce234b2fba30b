import { expect, test } from "vitest";
import type { RunEvent } from "@clone-xs/clone";
import { progressOn, statusLine } from "./progress.ts";

function written(isTerminal: boolean, ...events: readonly RunEvent[]): string {
  let text = "";
  const show = progressOn({ err: { write: (piece) => void (text += piece), isTerminal, columns: 40 } });
  events.forEach(show);
  return text;
}

const progress = {
  phase: "executing",
  objectsDone: 3,
  objectsTotal: 12,
  objectsFailed: 1,
  bytesCopied: 2_000_000,
  bytesTotal: null,
  running: ["bronze.events", "silver.orders"],
} as const;

test("log lines stand alone, word for word; plain output has no control characters", () => {
  const line = "Schema silver in sync — 0 drifted tables";
  expect(
    written(false, { at: 1, type: "log", level: "info", line }, { at: 2, type: "progress", progress }),
  ).toBe(`${line}\n`);
});

test("on a terminal the status is rewritten in place and cut to the width", () => {
  const text = written(
    true,
    { at: 1, type: "progress", progress },
    { at: 2, type: "log", level: "info", line: "x" },
  );
  expect(text).toBe("\r\u001b[Kexecuting 3/12 · 1 failed · 2.0 MB · b…\r\u001b[Kx\n");
});

test("a failed step is told when it fails", () => {
  const step = {
    id: "s1",
    state: "failed",
    kind: "table",
    object: "copy.bronze.events",
    operation: "clone_table",
    reason: "never_cloned",
    error: { code: "PATH_NOT_FOUND", message: "part-1.parquet is missing\nand more" },
  } as const;
  expect(written(false, { at: 1, type: "step", step })).toBe(
    "failed: clone table copy.bronze.events: part-1.parquet is missing\n",
  );
});

test("a step that was done says nothing of its own: its line in the log tells it", () => {
  const step = {
    id: "s",
    state: "succeeded",
    kind: "view",
    object: "copy.s.x",
    operation: "create_view",
    reason: "never_cloned",
  } as const;
  const line = "create view copy.s.x";
  expect(written(false, { at: 1, type: "step", step }, { at: 1, type: "log", level: "info", line })).toBe(
    `${line}\n`,
  );
});

test("parts that say nothing are left out of the status", () => {
  const quiet = {
    ...progress,
    phase: "inspecting",
    objectsTotal: 0,
    objectsFailed: 0,
    bytesCopied: 0,
    running: [],
  } as const;
  expect(statusLine(quiet)).toBe("inspecting");
});
