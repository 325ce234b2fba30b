import type { ObjectName } from "@clone-xs/unity";
import { describe, expect, it } from "vitest";
import type { HistoryEntry, HistoryRead, Inventory } from "./inventory.ts";
import { localKey } from "./inventory.ts";
import { sharedSource } from "./shared-source.ts";

const a: ObjectName = { catalog: "c", schema: "s", name: "a" };
const b: ObjectName = { catalog: "c", schema: "s", name: "b" };

const entry = (version: number): HistoryEntry => ({
  version: String(version),
  timestamp: "",
  operation: "WRITE",
  parameters: {},
  metrics: {},
});

/** A source on which every read of histories finds one version more. */
function source(failing: readonly number[] = []) {
  const reads: { readonly names: readonly string[]; readonly limit: number }[] = [];
  const { histories } = sharedSource({} as Inventory, {
    histories: async (names, limit) => {
      const newest = reads.push({ names: names.map(localKey), limit });
      if (failing.includes(newest)) throw new Error("not now");
      const entries = Array.from({ length: Math.min(limit, newest) }, (_, n) => entry(newest - n));
      const read: HistoryRead = { ok: true, entries, complete: false };
      return Object.fromEntries(names.map((name) => [localKey(name), read]));
    },
    fingerprints: () => Promise.resolve({}),
    definitions: () => Promise.resolve({}),
  });
  return { reads, histories };
}

const versions = (read: HistoryRead | undefined) =>
  read?.ok ? read.entries.map(({ version }) => version) : [];

describe("a source that several targets read", () => {
  it("is asked once for what is known as far back", async () => {
    const { reads, histories } = source();
    const [first, second] = await Promise.all([histories([a], 50), histories([a, b], 50)]);
    expect(reads).toEqual([
      { names: ["s.a"], limit: 50 },
      { names: ["s.b"], limit: 50 },
    ]);
    expect(second["s.a"]).toEqual(first["s.a"]);
    await histories([a, b], 1);
    expect(reads).toHaveLength(2);
  });

  it("never shows a table newer than it was seen first, however far back it is read later", async () => {
    const { histories } = source();
    expect(versions((await histories([a], 1))["s.a"])).toEqual(["1"]);
    const [later, latest] = await Promise.all([histories([a], 50), histories([a], 2000)]);
    expect(versions(later["s.a"])).toEqual(["1"]);
    expect(versions(latest["s.a"])).toEqual(["1"]);
  });

  it("is asked again for what could not be read", async () => {
    const { reads, histories } = source([1]);
    await expect(histories([a], 1)).rejects.toThrow("not now");
    expect(versions((await histories([a], 1))["s.a"])).toEqual(["2"]);
    expect(reads).toHaveLength(2);
  });
});
