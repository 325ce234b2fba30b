import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../inspect/inventory.ts";
import { bytesSince } from "./added-bytes.ts";

const commit = (
  operation: string,
  metrics: Readonly<Record<string, string>> = {},
  parameters: Readonly<Record<string, string>> = {},
): Omit<HistoryEntry, "version"> => ({ timestamp: "", operation, parameters, metrics });

/** Entries newest first, the oldest given being version 6: the clone stands at 5. */
const since = (...commits: readonly Omit<HistoryEntry, "version">[]): readonly HistoryEntry[] =>
  [commit("WRITE"), ...commits].map((one, i) => ({ ...one, version: String(5 + i) })).toReversed();

const append = (bytes: number) => commit("WRITE", { numOutputBytes: String(bytes) }, { mode: "Append" });
const rewrite = (operation: string, added: number, removed: number) =>
  commit(operation, { numAddedBytes: String(added), numRemovedBytes: String(removed) });
const merge = (added: number, removed: number) =>
  commit("MERGE", { numTargetBytesAdded: String(added), numTargetBytesRemoved: String(removed) });

describe("bytesSince", () => {
  it.each([
    ["nothing", since(), 100, { least: 0, most: 0 }],
    ["appends", since(append(10), append(20)), 130, { least: 30, most: 30 }],
    ["a property", since(commit("SET TBLPROPERTIES")), 100, { least: 0, most: 0 }],
    [
      "a vacuum",
      since(append(10), commit("VACUUM END", { numDeletedFiles: "3" })),
      110,
      { least: 10, most: 10 },
    ],
    ["an update of old rows", since(rewrite("UPDATE", 40, 50)), 90, { least: 40, most: 40 }],
    ["an update after an append", since(append(30), rewrite("UPDATE", 40, 30)), 140, { least: 40, most: 70 }],
    ["no more than is there", since(append(30), rewrite("UPDATE", 40, 30)), 50, { least: 40, most: 50 }],
    ["a merge", since(merge(15, 5)), 110, { least: 15, most: 15 }],
    [
      "OPTIMIZE, which moves old rows into new files",
      since(append(10), rewrite("OPTIMIZE", 108, 110)),
      108,
      { least: 108, most: 108 },
    ],
    [
      "an overwrite",
      since(append(10), commit("WRITE", { numOutputBytes: "7" }, { mode: "Overwrite" })),
      7,
      { least: 7, most: 7 },
    ],
    ["a truncate", since(append(10), commit("TRUNCATE")), 0, { least: 0, most: 0 }],
    [
      "a delete of whole files",
      since(commit("DELETE", { numAddedFiles: "0", numRemovedBytes: "10" })),
      90,
      { least: 0, most: 0 },
    ],
  ])("bounds %s", (_, entries, size, bounds) => {
    expect(bytesSince(entries, 5n, size)).toEqual(bounds);
  });

  it.each([
    ["a commit without metrics", since(commit("WRITE"))],
    ["a restore, which brings back files that the clone may have", since(commit("RESTORE"))],
    ["an operation that nobody knows", since(commit("TELEPORT"))],
    ["a history with a gap", since(append(1), append(2)).filter(({ version }) => version !== "6")],
    ["no history", []],
  ])("does not tell %s", (_, entries) => {
    expect(bytesSince(entries, 5n, 100)).toBeUndefined();
  });

  it("parts the bounds where an overwrite does not say what it removed", () => {
    const dynamic = { mode: "Overwrite", isDynamicPartitionOverwrite: "true" };
    const entries = since(append(10), commit("WRITE", { numOutputBytes: "7" }, dynamic));
    expect(bytesSince(entries, 5n, 100)).toEqual({ least: 7, most: 17 });
  });

  it("encloses what is really new, whatever the commits remove", () => {
    const file = fc.record({ size: fc.integer({ min: 1, max: 1000 }) });
    const change = fc.record({
      add: fc.array(file, { maxLength: 3 }),
      removes: fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 5 }), fc.array(change, { maxLength: 8 }), (cloned, changes) => {
        let live = cloned.map(({ size }) => ({ size, isNew: false }));
        const commits = changes.map(({ add, removes }) => {
          const gone = live.filter((_, i) => removes.includes(i));
          live = [
            ...live.filter((one) => !gone.includes(one)),
            ...add.map(({ size }) => ({ size, isNew: true })),
          ];
          return rewrite("UPDATE", total(add), total(gone));
        });
        const truth = total(live.filter(({ isNew }) => isNew));
        const bounds = bytesSince(since(...commits), 5n, total(live));
        expect(bounds?.least).toBeLessThanOrEqual(truth);
        expect(bounds?.most).toBeGreaterThanOrEqual(truth);
      }),
    );
  });
});

function total(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
