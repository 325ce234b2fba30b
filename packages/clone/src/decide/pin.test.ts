import { describe, expect, it } from "vitest";
import { history, table } from "../../test/inventories.ts";
import type { HistoryRead } from "../inspect/inventory.ts";
import { pinOf, reachesPin } from "./pin.ts";

const events = table("bronze", "events");
/** Versions 0 to 3, one a second from 2026-01-01T00:00:00Z. */
const four = history("CREATE TABLE", "WRITE", "WRITE", "WRITE");
const entriesOf = (read: HistoryRead) => (read.ok ? read.entries : []);
/** As it is after its log was cut: versions 2 and 3 are left. */
const cut: HistoryRead = { ok: true, entries: entriesOf(four).slice(0, 2), complete: true };
const at = (value: string) => ({ kind: "timestamp", value }) as const;
const version = (value: bigint) => ({ kind: "version", value }) as const;

describe("pinOf", () => {
  it.each([
    [{ kind: "latest" } as const, "3"],
    [version(0n), "0"],
    [version(2n), "2"],
    [at("2026-01-01T00:00:02Z"), "2"],
    [at("2026-01-01T01:00:02.5+01:00"), "2"],
    [at("2027-01-01"), "3"],
  ])("%o is version %s", (asOf, expected) => {
    expect(pinOf(events, four, asOf)).toMatchObject({ kind: "version", entry: { version: expected } });
  });

  it("says of a table that did not exist yet that it cannot be had", () => {
    expect(pinOf(events, four, at("2025-12-31"))).toEqual({
      kind: "impossible",
      detail: "it did not exist at 2025-12-31: it was made at 2026-01-01T00:00:00Z",
    });
  });

  it.each([
    [at("2026-01-01T00:00:01Z"), "The version of 2026-01-01T00:00:01Z"],
    [version(1n), "Version 1"],
  ])("names the retention when %o is out of it", (asOf, what) => {
    const kept = { ...events, properties: { "delta.logRetentionDuration": "interval 7 days" } };
    expect(pinOf(kept, cut, asOf)).toEqual({
      kind: "unavailable",
      code: "VERSION_NOT_AVAILABLE",
      message: `${what} is no longer in the history of prod.bronze.events, which begins with version 2 of 2026-01-01T00:00:02Z: history is kept for interval 7 days (delta.logRetentionDuration). Choose a later moment, or exclude the table.`,
    });
  });

  it("knows no version that is not there yet", () => {
    expect(pinOf(events, four, version(4n))).toMatchObject({
      code: "VERSION_NOT_AVAILABLE",
      message: "prod.bronze.events has no version 4: its newest is 3.",
    });
  });

  it("leaves a table without versions loose, and refuses it for an earlier moment", () => {
    const files = table("bronze", "files", { format: "PARQUET" });
    expect(pinOf(files, undefined, { kind: "latest" })).toEqual({ kind: "none" });
    expect(pinOf(files, undefined, at("2026-01-01"))).toMatchObject({ kind: "impossible" });
  });

  it("does not clone the newest instead of what cannot be looked up", () => {
    const unreadable: HistoryRead = { ok: false, failure: { code: "X", message: "no" } };
    expect(pinOf(events, unreadable, { kind: "latest" })).toEqual({ kind: "none" });
    expect(pinOf(events, unreadable, version(1n))).toMatchObject({ code: "INSPECTION_FAILED" });
  });
});

it.each([
  [at("2026-01-01T00:00:02Z"), true],
  [at("2026-01-01T00:00:01Z"), false],
  [version(2n), true],
  [version(1n), false],
  [{ kind: "latest" } as const, true],
])("whether a history reaches back to %o: %s", (asOf, expected) => {
  expect(reachesPin(entriesOf(cut), asOf)).toBe(expected);
});
