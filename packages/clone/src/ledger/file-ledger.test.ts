import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFileLedger, readLedger } from "./file-ledger.ts";
import type { LedgerRecord } from "./ledger.ts";

let directory = "";
let path = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "clxs-ledger-"));
  path = join(directory, "run.jsonl");
});
afterEach(() => rm(directory, { recursive: true }));

const outcome = (step: number): LedgerRecord => ({
  at: step,
  type: "outcome",
  step: `table:s.t${step}`,
  state: "succeeded",
  startedAt: step,
  endedAt: step,
});

describe("a file ledger", () => {
  it("has a record on disk when its append resolves", async () => {
    const ledger = await openFileLedger(path);
    await ledger.append(outcome(1));
    expect(await readFile(path, "utf8")).toBe(`${JSON.stringify(outcome(1))}\n`);
    await ledger.close();
  });

  it("keeps the order of a thousand records appended at once", async () => {
    const ledger = await openFileLedger(path);
    const records = Array.from({ length: 1000 }, (_, i) => outcome(i));
    await Promise.all(records.map((record) => ledger.append(record)));
    await ledger.close();
    expect(await readLedger(path)).toEqual(records);
  });

  it.each([0, 1, 7, 40])("reads what stands before a line cut short after %i characters", async (length) => {
    const whole = `${JSON.stringify(outcome(1))}\n`;
    await writeFile(path, whole + whole.slice(0, length));
    expect(await readLedger(path)).toEqual([outcome(1)]);
  });

  it("does not lose its first record to a line that a crash cut short", async () => {
    await writeFile(path, '{"at":1,"type":"int');
    const ledger = await openFileLedger(path);
    await ledger.append(outcome(2));
    await ledger.close();
    expect(await readLedger(path)).toEqual([outcome(2)]);
  });

  it("goes on where an earlier run ended", async () => {
    await appendFile(path, `${JSON.stringify(outcome(1))}\n`);
    const ledger = await openFileLedger(path);
    await ledger.append(outcome(2));
    await ledger.close();
    expect(await readLedger(path)).toEqual([outcome(1), outcome(2)]);
  });

  it("refuses appends once the file is closed", async () => {
    const ledger = await openFileLedger(path);
    await ledger.close();
    await expect(ledger.append(outcome(1))).rejects.toThrow(/closed/u);
    await expect(ledger.append(outcome(2))).rejects.toThrow(/closed/u);
  });
});
