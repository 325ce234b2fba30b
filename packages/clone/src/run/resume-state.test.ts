import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFileLedger, readLedger } from "../ledger/file-ledger.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import { isOpenRun, runState } from "./resume-state.ts";

const request = { source_catalog: "a", destination_catalog: "b" };
const run: LedgerRecord = { at: 5, type: "run", runId: "r", request, version: 1 };
const intent = (step: string): LedgerRecord => ({
  at: 7,
  type: "intent",
  step,
  object: step,
  operation: "clone_table",
});
const outcome = (step: string): LedgerRecord => ({
  at: 9,
  type: "outcome",
  step,
  state: "succeeded",
  counters: {
    source_table_size: 1,
    source_num_of_files: 1,
    num_removed_files: 0,
    num_copied_files: 1,
    removed_files_size: 0,
    copied_files_size: 42,
  },
  startedAt: 7,
  endedAt: 9,
});

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "clxs-state-"));
});
afterEach(() => rm(directory, { recursive: true }));

it("pitfall 18: what a run writes is what a resume reads, and a record leaves those before it as they are", async () => {
  const path = join(directory, "ledger.ndjson");
  const ledger = await openFileLedger(path);
  const records = [run, intent("x"), intent("y"), outcome("x")];
  let before = "";
  for (const record of records) {
    await ledger.append(record);
    const now = await readFile(path, "utf8");
    expect(now.startsWith(before)).toBe(true);
    expect(now.length - before.length).toBe(JSON.stringify(record).length + 1);
    before = now;
  }
  await ledger.close();
  const { runId, startedAt, done, begun } = runState(await readLedger(path));
  expect({ runId, startedAt }).toEqual({ runId: "r", startedAt: 5 });
  expect([...done]).toEqual([
    ["x", expect.objectContaining({ state: "succeeded", startedAt: 7, endedAt: 9 })],
  ]);
  expect(done.get("x")).toHaveProperty("counters.copied_files_size", 42);
  expect([...begun]).toEqual([["y", { at: 7, statementIds: [] }]]);
});

describe("whether a run can be gone on with", () => {
  const end = (more: object = {}): LedgerRecord => ({ at: 10, type: "end", status: "failed", ...more });
  const resumed: LedgerRecord = { at: 11, type: "resumed", hostname: "h", pid: 1 };
  it.each([
    ["it never ended", [run], true],
    ["it ended", [run, end()], false],
    ["it was interrupted", [run, end({ interrupted: true })], true],
    ["somebody went on and died as well", [run, end({ interrupted: true }), resumed], true],
    ["somebody went on to the end", [run, end({ interrupted: true }), resumed, end()], false],
  ])("%s", (_, records, open) => {
    expect(isOpenRun(records)).toBe(open);
  });
});

it("a statement of a step that failed may still run, and one of a step that succeeded does not", () => {
  const submitted = (step: string): LedgerRecord => ({
    at: 8,
    type: "submitted",
    step,
    statementId: `id-${step}`,
  });
  const failed: LedgerRecord = {
    at: 9,
    type: "outcome",
    step: "x",
    state: "failed",
    code: "UNAVAILABLE",
    message: "gone",
    startedAt: 7,
    endedAt: 9,
  };
  const { begun } = runState([
    run,
    intent("x"),
    submitted("x"),
    failed,
    intent("y"),
    submitted("y"),
    outcome("y"),
  ]);
  expect([...begun]).toEqual([["x", { at: 7, statementIds: ["id-x"] }]]);
});
