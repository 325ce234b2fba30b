import { metastoreNetwork } from "@clone-xs/lakehouse";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type {
  CatalogComparison,
  CatalogDiff,
  Estimate,
  Problem,
  Run,
  Submitted,
} from "../src/contract/index.ts";
import { running, SHOP } from "./running.ts";

const ends = { source_catalog: "shop", destination_catalog: "copy" };

describe("POST /api/diff and /api/compare", () => {
  it("tell where two catalogs differ, also in some schemas only", async () => {
    const { sql, call, finished } = await running();
    await sql(...SHOP);
    const { job_id } = await call<Submitted>("POST", "/api/clone", ends);
    await finished<Run>(job_id);
    await sql("DROP TABLE copy.bronze.customers", "COMMENT ON TABLE copy.gold.spend IS 'what they spend'");
    const places = async (more: object) =>
      (await call<CatalogDiff>("POST", "/api/diff", { ...ends, ...more })).differences.map(
        ({ object, what }) => `${object} ${what}`,
      );
    expect(await places({})).toEqual(["bronze.customers table", "gold.spend comment"]);
    expect(await places({ include_schemas: ["gold"] })).toEqual(["gold.spend comment"]);
    expect(await places({ exclude_schemas: ["GOLD"] })).toEqual(["bronze.customers table"]);

    const { figures, objects } = await call<CatalogComparison>("POST", "/api/compare", ends);
    expect(figures).toEqual({ same: 6, differs: 1, only_source: 1, only_target: 0, not_compared: 0 });
    expect(objects.find(({ name }) => name === "spend")?.rows).toContainEqual({
      what: "comment",
      state: "only_target",
      source: null,
      target: "what they spend",
    });
  });

  it.each([
    [{ include_schemas: ["gold"], exclude_schemas: ["Gold"] }, 422, "exclude_schemas"],
    [{ include_schema: ["gold"] }, 422, "include_schema"],
    [{ include_schemas: [""] }, 422, "include_schemas[0]"],
    [{ include_schemas: "gold" }, 422, "include_schemas"],
    [{ destination_catalog: "SHOP" }, 422, "destination_catalog"],
    [{ target_workspace: "nowhere" }, 422, "target_workspace"],
    [{ include_schemas: ["platinum"] }, 404, undefined],
    [{ destination_catalog: "nowhere" }, 404, undefined],
  ])("refuse %j", async (more, status, path) => {
    const { sql, call } = await running();
    await sql("CREATE CATALOG shop", "CREATE CATALOG copy");
    for (const at of ["/api/diff", "/api/compare"]) {
      const problem = await call<Problem>("POST", at, { ...ends, ...more });
      expect([problem.status, problem.errors?.[0]?.path]).toEqual([status, path]);
    }
  });

  it("reach a destination in another metastore by its saved connection, as estimates do", async () => {
    const network = metastoreNetwork();
    const here = await openTestLakehouse({ network });
    const there = await openTestLakehouse({ network });
    onTestFinished(() => here.close());
    onTestFinished(() => there.close());
    const { call, finished } = await running({ connect: () => Promise.resolve(here.connect()) });
    const sql = async (...statements: readonly string[]) => {
      for (const text of statements)
        await here.connect().statements.execute({ text, kind: "other", effect: "write" });
    };
    await sql(...SHOP);
    const { url } = await there.listen();
    await call("POST", "/api/connections", {
      name: "east",
      host: url,
      auth_method: "pat",
      token: there.token(there.owner),
      warehouse_id: there.warehouseId,
      destination_catalog: "shop",
    });
    const across = { source_catalog: "shop", destination_catalog: "shop", target_workspace: "east" };
    const fresh = await call<Estimate>("POST", "/api/estimate", across);
    expect(fresh).toMatchObject({ destination_catalog: "shop", table_count: 3 });
    expect(Object.keys(fresh)).not.toContain("selective");
    const { job_id } = await call<Submitted>("POST", "/api/clone", across);
    await finished<Run>(job_id);
    await sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");

    const { objects } = await call<CatalogComparison>("POST", "/api/compare", across);
    const differing = objects.filter(({ rows }) =>
      rows.some(({ what, state }) => what === "data" && state === "differs"),
    );
    expect(differing.map(({ name }) => name)).toEqual(["orders"]);
    const { differences } = await call<CatalogDiff>("POST", "/api/diff", across);
    expect(differences.filter(({ what }) => what === "data").map(({ object }) => object)).toEqual([
      "bronze.orders",
    ]);
    // The connection says itself which catalog is meant there.
    const { destination_catalog: _, ...unsaid } = across;
    for (const body of [across, unsaid]) {
      const { selective } = await call<Estimate>("POST", "/api/estimate", body);
      expect(selective).toMatchObject({
        tables_to_clone: 1,
        tables_in_sync: 2,
        drift_breakdown: { version_drift: 1 },
      });
    }
  });
});
