import type { Run } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { startNeighbours } from "./neighbours.ts";
import { describePage, runIn } from "./page.ts";

const NO_WAREHOUSE = "0000000000000bad";

describePage("clones to other workspaces", startNeighbours, (test) => {
  const { open, get, post } = test;

  beforeAll(async () => {
    const { east, west } = test.world;
    await post("/api/connections", { name: "east", ...east.connection });
    await post("/api/connections", { name: "west", ...west.connection, destination_catalog: "shop_west" });
    await post("/api/connections", { name: "broken", ...east.connection, warehouse_id: NO_WAREHOUSE });
    await post("/api/connections", { name: "broken too", ...west.connection, warehouse_id: NO_WAREHOUSE });
  });

  /** The wizard with both catalogs and the first tick of the way to another workspace. */
  async function elsewhere(destination: string): Promise<Page> {
    const page = await open("/clone");
    await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
    await page.getByRole("combobox", { name: "Destination catalog" }).fill(destination);
    await page.keyboard.press("Tab");
    await page.getByLabel("Clone to a different workspace").check();
    return page;
  }

  /** Tick, tick, pick, parallel = 5, submit; only some tables, as one is enough to tell. */
  async function fanOut(destination: string, targets: readonly string[]): Promise<Page> {
    const page = await elsewhere(destination);
    await page.getByLabel("Fan out to multiple targets").check();
    for (const target of targets) await page.getByRole("checkbox", { name: target, exact: true }).check();
    await page.getByLabel("Targets at once").fill("5");
    await page.getByLabel("Only tables that match").fill("^orders$|^customers$");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("Execute clones to all 2.").waitFor();
    // What cannot be previewed of one target keeps nobody from cloning to the others.
    test.expectComplaint("404");
    await page.getByRole("button", { name: "Execute", exact: true }).last().click();
    await page.getByText("Multi-target fanout clone job submitted (2 targets, max_parallel=5)").waitFor();
    await page.getByText("Data copied").waitFor();
    return page;
  }

  const badge = async (page: Page) =>
    (await page.locator("[data-badge]").allInnerTexts()).filter((text) => /^[A-Z]+$/u.test(text))[0];
  const rowOf = (page: Page, name: string) =>
    page.getByRole("list", { name: "Targets" }).getByRole("listitem").filter({ hasText: name });
  const runOfId = async (id: string) => (await get<Run>(`/api/clone/${id}`)).result;
  const runOf = (page: Page) => runOfId(runIn(page));

  it("fans out to two metastores: SUCCESS", async () => {
    const { east, west } = test.world;
    const page = await elsewhere("shop_fan");
    await page.getByLabel("Fan out to multiple targets").check();
    expect(await page.getByRole("button", { name: "Continue to options" }).isDisabled()).toBe(true);
    await page.getByRole("checkbox", { name: "east", exact: true }).check();
    await page.getByRole("checkbox", { name: "west", exact: true }).check();
    await page.getByLabel("Targets at once").fill("5");
    await page.getByRole("combobox", { name: "Catalog on east" }).fill("shop_east");
    await look(page, "1-source-targets");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("never_cloned").first().waitFor();
    await page.getByText("--target name=east,dest=shop_east").waitFor();
    expect(await page.content()).not.toContain(east.connection.token);
    expect(await page.getByText("Full clone vs selective re-clone").count()).toBe(0);
    await look(page, "3-preview-targets");
    await page.getByRole("radio", { name: "west" }).click();
    await page.getByText("on west").waitFor();
    await page.getByRole("button", { name: "Execute", exact: true }).last().click();
    const message = "Multi-target fanout clone job submitted (2 targets, max_parallel=5)";
    await page.getByText(message, { exact: true }).waitFor();
    await page.getByText("Data copied").waitFor();

    expect(await badge(page)).toBe("SUCCESS");
    for (const [name, { url }] of [
      ["east", east],
      ["west", west],
    ] as const) {
      const row = rowOf(page, name);
      await row.getByRole("img", { name: "Succeeded" }).waitFor();
      expect(await row.innerText()).toMatch(
        new RegExp(`✓[^]*${name}[^]*${url}[^]*shop[^]*success · 7 tables · .* kB`, "u"),
      );
    }
    await look(page, "4-fanout-success");
    expect(await runOf(page)).toMatchObject({
      mode: "fanout",
      target_count: 2,
      succeeded_targets: 2,
      failed_targets: 0,
    });
    for (const [{ lakehouse }, catalog] of [
      [east, "shop_east"],
      [west, "shop_west"],
    ] as const) {
      const text = `SELECT count(*) FROM ${catalog}.bronze.orders`;
      const { rows } = await lakehouse.connect().statements.execute({ text, kind: "select", effect: "read" });
      expect(rows).toEqual([["3"]]);
    }
    await page.goto(`${test.world.url}/runs`);
    await page.getByRole("link", { name: /shop_fan to 2 targets/u }).waitFor();
  });

  it("keeps what works from what does not: PARTIAL", async () => {
    const page = await fanOut("shop_part", ["broken", "west"]);
    expect(await badge(page)).toBe("PARTIAL");
    const broken = rowOf(page, "broken");
    await broken.getByRole("img", { name: "Failed" }).waitFor();
    expect(await broken.innerText()).toMatch(new RegExp(`✗[^]*broken[^]*failed[^]*${NO_WAREHOUSE}`, "u"));
    await rowOf(page, "west").getByRole("img", { name: "Succeeded" }).waitFor();
    await look(page, "4-fanout-partial");
    expect(await runOf(page)).toMatchObject({ status: "partial", succeeded_targets: 1, failed_targets: 1 });
  });

  it("says that no target has the copy: FAILED", async () => {
    const page = await fanOut("shop_none", ["broken", "broken too"]);
    expect(await badge(page)).toBe("FAILED");
    await page.getByRole("img", { name: "Failed" }).nth(1).waitFor();
    await look(page, "4-fanout-failed");
    expect(await runOf(page)).toMatchObject({ status: "failed", succeeded_targets: 0, failed_targets: 2 });
  });

  it("follows each target while others go on, and shows one that cannot be previewed", async () => {
    const { east } = test.world;
    east.lakehouse.chaos.add({
      on: { kind: "clone", statement: "orders" },
      fault: { kind: "delay", ms: 90_000 },
    });
    const id = await test.submit({
      source_catalog: "shop",
      destination_catalog: "shop_followed",
      include_tables_regex: "^orders$|^products$",
      target_workspaces: [
        "broken",
        { connection: "east", destination_catalog: "shop_followed_east" },
        { connection: "west", destination_catalog: "shop_followed_west" },
      ],
    });
    const page = await open(`/runs/${id}`);
    await rowOf(page, "broken").getByText(NO_WAREHOUSE).waitFor();
    await rowOf(page, "west").getByRole("img", { name: "Succeeded" }).waitFor();
    const row = rowOf(page, "east");
    await row.getByRole("img", { name: "Under way" }).waitFor();
    await row.getByRole("progressbar", { name: "Objects done on east" }).waitFor();
    await look(page, "4-fanout-live");
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page.locator("[data-badge]", { hasText: "CANCELLED" }).waitFor();
    east.lakehouse.chaos.clear();
    await page.getByRole("link", { name: "Set up another like it" }).click();
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText(`SQL warehouse ${NO_WAREHOUSE} does not exist.`).waitFor();
    expect(await page.getByRole("button", { name: "Execute", exact: true }).last().isDisabled()).toBe(false);
    await look(page, "3-preview-broken");
    test.expectComplaint("404");
  });

  it("says of a dry run what each target would get", async () => {
    const { job_id } = await test.clone({
      source_catalog: "shop",
      destination_catalog: "shop_dry",
      dry_run: true,
      target_workspaces: ["east", { connection: "west", destination_catalog: "shop_dry_west" }],
    });
    const page = await open(`/runs/${job_id}`);
    await page.getByText("DRY RUN", { exact: true }).waitFor();
    await page.getByText("Data to copy").waitFor();
    expect(await badge(page)).toBe("SUCCESS");
    const planned = page.getByRole("listitem").filter({ hasText: "shop_dry_west" });
    await planned.getByRole("img", { name: "Succeeded" }).waitFor();
    await look(page, "4-fanout-dry");
    expect(await runOfId(job_id)).toMatchObject({ dry_run: true, target_count: 2, succeeded_targets: 2 });
  });

  it("goes on with the failed target alone when its connection is mended", async () => {
    const { east } = test.world;
    await post("/api/connections", { name: "mended", ...east.connection, warehouse_id: NO_WAREHOUSE });
    const { job_id } = await test.clone({
      source_catalog: "shop",
      destination_catalog: "shop_mended",
      include_tables_regex: "^products$",
      target_workspaces: ["mended", { connection: "west", destination_catalog: "shop_mended_west" }],
    });
    const page = await open("/settings");
    await page.getByRole("button", { name: "Edit mended" }).click();
    await page.getByRole("combobox", { name: "Warehouse" }).fill(east.connection.warehouse_id);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Save", exact: true }).waitFor({ state: "detached" });
    await page.goto(`${test.world.url}/runs/${job_id}`);
    await rowOf(page, "mended").getByRole("img", { name: "Failed" }).waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await rowOf(page, "mended").getByRole("img", { name: "Succeeded" }).waitFor();
    await page.getByText("Data copied").waitFor();
    expect(await badge(page)).toBe("SUCCESS");
    await rowOf(page, "west").getByRole("img", { name: "Succeeded" }).waitFor();
    expect(await runOfId(job_id)).toMatchObject({
      status: "success",
      succeeded_targets: 2,
      failed_targets: 0,
    });
  });

  it("clones to one other workspace, and tells over which share", async () => {
    const page = await elsewhere("shop_one");
    await page.getByRole("radio", { name: "east" }).click();
    await page.getByRole("combobox", { name: "Catalog on east" }).fill("shop_one_east");
    await page.getByLabel("Only tables that match").fill("^orders$");
    await look(page, "1-source-target");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("never_cloned").first().waitFor();
    await page.getByRole("button", { name: "Execute", exact: true }).last().click();
    await page
      .getByText("Cross-workspace clone job submitted (Delta Sharing → DEEP CLONE)", { exact: true })
      .waitFor();
    await page.getByText(/^Over share clone_xs_share_[0-9a-f]{8} \(created\), recipient/u).waitFor();
    await page.getByText("shop_one_east", { exact: true }).first().waitFor();
    expect(await page.getByText("shop_one_east.bronze").count()).toBe(0);
    await look(page, "4-cross-workspace");
    await page.getByRole("link", { name: "Set up another like it" }).click();
    await page.getByRole("radio", { name: "east", checked: true }).waitFor();
    expect(await page.getByRole("combobox", { name: "Catalog on east" }).inputValue()).toBe("shop_one_east");
  });
});
