import { describe, expect, it } from "vitest";
import { table } from "../../test/inventories.ts";
import type { Reason } from "../decide/decision.ts";
import { type Drifted, estimateOf, type Weighed } from "./fold.ts";
import { GIGABYTE, pricesFrom } from "./prices.ts";
import { savingsOf } from "./savings.ts";

const prices = pricesFrom({ configured: undefined, requested: 0.5 });
const weighed = (name: string, bytes: number): Weighed => ({
  table: table("bronze", name),
  read: { ok: true, size: { files: 1, bytes } },
});
const drifted = (name: string, reason: Reason, bytes: number): Drifted => ({
  decision: { kind: "table", schema: "bronze", name, action: "clone", reason, format: "DELTA" },
  forecast: { bytes, method: "metrics" },
});
const found = { sourceCatalog: "prod", destinationCatalog: "dev", prices };

describe("estimateOf", () => {
  it("adds up sizes and costs, and lists the ten largest tables", () => {
    const tables = Array.from({ length: 12 }, (_, i) => weighed(`t${i}`, (i + 1) * GIGABYTE));
    const estimate = estimateOf({ ...found, weighed: tables });
    expect(estimate).toMatchObject({
      total_bytes: 78 * GIGABYTE,
      total_gb: 78,
      monthly_cost_usd: 39,
      yearly_cost_usd: 468,
      table_count: 12,
    });
    expect(estimate.top_tables).toHaveLength(10);
    expect(estimate.top_tables[0]).toEqual({
      schema: "bronze",
      table: "t11",
      format: "DELTA",
      size_bytes: 12 * GIGABYTE,
      size_gb: 12,
    });
    expect(Object.keys(estimate)).not.toContain("selective");
  });

  it("compares with a destination that exists", () => {
    const comparison = {
      drifted: [drifted("a", "version_drift", GIGABYTE), drifted("b", "never_cloned", 2 * GIGABYTE)],
      inSync: 3,
      reasons: ["version_drift", "never_cloned", "target_modified", "version_drift"] as const,
    };
    const { selective } = estimateOf({ ...found, weighed: [weighed("a", 8 * GIGABYTE)], comparison });
    expect(selective).toMatchObject({
      target_exists: true,
      tables_to_clone: 2,
      tables_in_sync: 3,
      size_bytes: 3 * GIGABYTE,
      size_gb: 3,
      monthly_cost_usd: 1.5,
      savings_pct: 62.5,
      recommended: true,
      drift_breakdown: { never_cloned: 1, target_modified: 1, version_drift: 2 },
    });
    expect(selective?.top_drifted_tables.map(({ table: name }) => name)).toEqual(["b", "a"]);
  });

  it("names a table whose size nobody tells, and goes on", () => {
    const failure = { code: "PERMISSION_DENIED", message: "The size of prod.bronze.b could not be read: no" };
    const unknown: Weighed = { table: table("bronze", "b"), read: { ok: false, failure } };
    const estimate = estimateOf({ ...found, weighed: [weighed("a", 5), unknown] });
    expect(estimate).toMatchObject({
      total_bytes: 5,
      table_count: 2,
      unmeasured: [{ table: "bronze.b", reason: failure.message }],
    });
  });
});

describe("savingsOf", () => {
  it.each([
    [{ size: 50, total: 100, nothingToDo: false }, 50],
    [{ size: 1, total: 3, nothingToDo: false }, 66.7],
    [{ size: 0, total: 100, nothingToDo: true }, 100],
    [{ size: 120, total: 100, nothingToDo: false }, 0],
    [{ size: 0, total: 0, nothingToDo: true }, 100],
    [{ size: 0, total: 0, nothingToDo: false }, 0],
  ])("of %o is %d %%", (bytes, percent) => {
    expect(savingsOf(bytes)).toBe(percent);
  });
});

describe("pricesFrom", () => {
  it.each([
    [{ configured: undefined, requested: undefined }, 0.023, "default"],
    [{ configured: 0.02, requested: undefined }, 0.02, "configuration"],
    [{ configured: 0.02, requested: 0 }, 0, "request"],
  ] as const)("of %o", (price, storage_usd_per_gb_month, storage_price_from) => {
    expect(pricesFrom(price)).toMatchObject({ storage_usd_per_gb_month, storage_price_from });
  });
});
