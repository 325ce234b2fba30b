import { DEFAULT_SETTINGS } from "@clone-xs/clone";
import { describe, expect, it } from "vitest";
import type { Estimate, Preflight, Run, Submitted } from "../src/contract/index.ts";
import { running, SHOP } from "./running.ts";

const ends = { source_catalog: "shop", destination_catalog: "shop_copy" };

describe("POST /api/estimate", () => {
  it("has no selective part for a destination that is not there, and forecasts the bytes of a selective run for one that is", async () => {
    const { sql, call, finished } = await running({
      settings: { ...DEFAULT_SETTINGS, storagePrice: 2 },
    });
    await sql(...SHOP);
    const fresh = await call<Estimate>("POST", "/api/estimate", ends);
    expect(fresh).toMatchObject({
      table_count: 3,
      destination_catalog: "shop_copy",
      prices: { storage_usd_per_gb_month: 2, storage_price_from: "configuration" },
    });
    expect(fresh.total_bytes).toBeGreaterThan(0);
    expect(Object.keys(fresh)).not.toContain("selective");

    const clone = async (body: object) => {
      const { job_id } = await call<Submitted>("POST", "/api/clone", body);
      return (await finished<Run>(job_id)).result;
    };
    await clone(ends);
    await sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");
    const { selective } = await call<Estimate>("POST", "/api/estimate", ends);
    expect(selective).toMatchObject({
      target_exists: true,
      tables_to_clone: 1,
      tables_in_sync: 2,
      drift_breakdown: { version_drift: 1 },
    });
    const summary = await clone({ ...ends, load_type: "SELECTIVE" });
    expect(summary?.bytes_copied).toBe(selective?.size_bytes);
    expect(summary?.bytes_copied).toBeGreaterThan(0);
  });

  it("answers 404 for a source that is not there", async () => {
    const { call } = await running();
    expect(await call("POST", "/api/estimate", ends)).toMatchObject({
      status: 404,
      code: "CATALOG_NOT_FOUND",
    });
  });
});

describe("POST /api/preflight", () => {
  it("says whether the clone can be expected to succeed", async () => {
    const { sql, call } = await running();
    await sql(...SHOP);
    expect(await call<Preflight>("POST", "/api/preflight", ends)).toMatchObject({ ok: true, grants: [] });
    await sql(
      "CREATE CATALOG shop_copy",
      "CREATE SCHEMA shop_copy.gold",
      "CREATE TABLE shop_copy.gold.spend (a INT)",
    );
    const taken = await call<Preflight>("POST", "/api/preflight", ends);
    expect(taken).toMatchObject({ ok: false, blocking: 1 });
    expect(taken.checks.find(({ state }) => state === "block")).toMatchObject({
      check: "foreign",
      object: "shop_copy.gold.spend",
    });
  });
});
