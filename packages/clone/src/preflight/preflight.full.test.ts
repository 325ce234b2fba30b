import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "../../test/workspace.ts";
import { parseCloneRequest } from "../request/parse.ts";
import { DEFAULT_SETTINGS, type Settings } from "../run/settings.ts";
import type { Preflight } from "./document.ts";
import { preflightClone } from "./preflight.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  test.lakehouse.putPrincipal({ name: "carol", kind: "user", groups: ["engineers"], admin: false });
  test.lakehouse.putPrincipal({ name: "writer", kind: "user", groups: [], admin: false });
  await test.sql(
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.a",
    "CREATE SCHEMA shop.b",
    "CREATE TABLE shop.a.orders AS SELECT id FROM range(100)",
    "CREATE TABLE shop.a.lines AS SELECT id FROM range(100)",
    "CREATE TABLE shop.b.other AS SELECT id FROM range(100)",
    "GRANT USE CATALOG, BROWSE ON CATALOG shop TO engineers",
    "GRANT USE SCHEMA ON SCHEMA shop.a TO carol",
    "GRANT SELECT ON TABLE shop.a.orders TO engineers",
    "GRANT MODIFY ON TABLE shop.a.lines TO carol",
    "GRANT MODIFY ON SCHEMA shop.b TO writer",
  );
});
afterAll(() => test?.close());

async function preflight(
  wire: object,
  options: { as?: string; settings?: Settings } = {},
): Promise<Preflight> {
  const parsed = parseCloneRequest({ source_catalog: "shop", destination_catalog: "dev", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const workspace = test.lakehouse.connect(options.as);
  try {
    return await preflightClone(parsed.request, {
      source: workspace,
      target: workspace,
      settings: options.settings ?? DEFAULT_SETTINGS,
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: () => 0,
    });
  } finally {
    await workspace.close();
  }
}

const found = ({ checks }: Preflight, check: string) => checks.filter((one) => one.check === check);

describe("preflight", () => {
  it("lets the owner go, and changes nothing", async () => {
    const looked = await preflight({});
    expect(looked).toMatchObject({ ok: true, blocking: 0, grants: [] });
    expect(looked.checks.map(({ check }) => check).sort()).toEqual([
      "audit",
      "foreign",
      "quota",
      "retention",
      "rights",
      "rights",
      "warehouse",
    ]);
    expect(await test.workspace.unity.catalog("dev")).toBeUndefined();
    expect(await test.workspace.unity.catalog("edp_dev")).toBeUndefined();
  });

  it("names the rights that somebody else lacks, which once granted make the clone succeed", async () => {
    await test.sql("CREATE CATALOG dev", "GRANT USE CATALOG ON CATALOG dev TO carol");
    const scope = { include_schemas: ["a"], copy_ownership: false };
    const before = await preflight(scope, { as: "carol" });
    expect(before.ok).toBe(false);
    expect(before.grants).toContain("GRANT SELECT ON TABLE `shop`.`a`.`lines` TO `carol`");
    expect(before.grants).toContain("GRANT CREATE SCHEMA ON CATALOG `dev` TO `carol`");
    expect(before.grants).not.toContain("GRANT SELECT ON TABLE `shop`.`a`.`orders` TO `carol`");
    const missing = before.checks.flatMap(({ state, grant }) => (state === "block" && grant ? [grant] : []));
    await test.sql(...missing);
    expect(await preflight(scope, { as: "carol" })).toMatchObject({ ok: true });
    const carol = test.lakehouse.connect("carol");
    const wire = { source_catalog: "shop", destination_catalog: "dev", ...scope };
    const { summary } = await run(carol, wire);
    await carol.close();
    expect(summary.errors).toEqual([]);
    expect(summary.tables).toMatchObject({ success: 2, failed: 0 });
  });

  it("blocks at what is foreign, protected, or not kept for long enough", async () => {
    await test.sql(
      "CREATE CATALOG taken",
      "CREATE SCHEMA taken.a",
      "CREATE TABLE taken.a.orders (id BIGINT)",
      "ALTER TABLE shop.b.other SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')",
    );
    const settings = { ...DEFAULT_SETTINGS, protectedCatalogs: ["taken"] };
    const looked = await preflight({ destination_catalog: "taken" }, { settings });
    expect(looked.ok).toBe(false);
    expect(found(looked, "foreign")).toMatchObject([{ state: "block", object: "taken.a.orders" }]);
    expect(found(looked, "protected")).toMatchObject([{ state: "block", object: "taken" }]);
    expect(found(looked, "retention")).toMatchObject([{ state: "block", object: "shop.b.other" }]);
  });

  it("says what a quiesce would revoke, whom it cannot stop, and what it would stop beside the scope", async () => {
    const whole = await preflight({ destination_catalog: "elsewhere", quiesce_source: true });
    expect(found(whole, "quiesce")[0]).toMatchObject({ state: "pass" });
    expect(found(whole, "quiesce")[0]?.message).toMatch(/revoke writes from 2 grants/u);
    expect(found(whole, "quiesce").some(({ state }) => state === "warn")).toBe(true);
    await test.sql("GRANT MODIFY ON CATALOG shop TO writer");
    const scoped = { destination_catalog: "elsewhere", quiesce_source: true, include_schemas: ["a"] };
    const narrow = await preflight(scoped);
    expect(narrow.ok).toBe(false);
    expect(found(narrow, "quiesce").find(({ state }) => state === "block")?.message).toContain("b");
    expect((await preflight({ ...scoped, quiesce_wide: true })).ok).toBe(true);
  });
});
