import { cloneRequestKeys } from "@clone-xs/clone";
import type { Run } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage, runIn } from "./page.ts";
import { startNeighbours } from "./neighbours.ts";

describePage("every option of the wizard", startNeighbours, (test) => {
  const { open, get, post } = test;
  const check = (page: Page, name: string | RegExp) => page.getByRole("checkbox", { name }).click();
  const choose = (page: Page, name: string | RegExp) => page.getByRole("radio", { name }).click();
  const seen = new Set<string>();

  /** Makes a dry run of what the wizard holds, and gives what reached the engine. */
  async function requestOf(page: Page): Promise<Record<string, unknown>> {
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.waitForURL((url) => url.searchParams.get("run") !== null);
    const { request } = await get<Run>(`/api/clone/${runIn(page)}`);
    for (const key of Object.keys(request)) seen.add(key);
    return request;
  }

  it("reaches the run: what is copied, of which moment, and how it ends", async () => {
    const page = await open("/clone?source=shop&destination=shop_all&load=INCREMENTAL");
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    await check(page, "gold");
    await page.getByLabel("Object", { exact: true }).fill("bronze.orders");
    await page.keyboard.press("Enter");
    await page.getByLabel("Kind").selectOption("view");
    await page.getByLabel("Object", { exact: true }).fill("silver.a.b");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByLabel("Only tables that match").fill("^o");
    await page.getByLabel("No tables that match").fill("_tmp$");
    await look(page, "wizard-objects");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await check(page, "Pre-clone source quiesce");
    await choose(page, /Until the versions are read/);
    await check(page, /schemas outside the scope/);
    for (const name of [
      "Views",
      "Functions",
      "Volumes",
      "Grants",
      "Owners",
      "Tags",
      "Keys",
      "Comments",
      "Properties",
    ])
      await page.getByRole("checkbox", { name, exact: true }).click();
    await check(page, "Masks and row filters");
    await choose(page, "At a version");
    await page.getByLabel("Version", { exact: true }).fill("1");
    await page.getByLabel("Location").fill("s3://your-bucket/copies");
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.getByLabel("Table of condition 1").fill("bronze.orders");
    await page.getByLabel("Predicate of condition 1").fill("customer <> 'it''s'");
    await page.getByRole("button", { name: "Add a property" }).click();
    await page.getByLabel("Key of property 1").fill("team");
    await page.getByLabel("Value of property 1").fill("data");
    await choose(page, /Overwrite it/);
    await check(page, /Replace tables/);
    await check(page, /Clone again/);
    await choose(page, /Refuse the run/);
    await choose(page, /Drop them/);
    await check(page, /Compare every copy/);
    await check(page, /Record what is needed/);
    await check(page, "Strict");
    await page.getByLabel("Statements in parallel").fill("3");
    await page.getByLabel("Schemas in parallel").fill("2");
    await look(page, "wizard-options-all");
    expect(await requestOf(page)).toEqual({
      source_catalog: "shop",
      destination_catalog: "shop_all",
      load_type: "INCREMENTAL",
      exclude_schemas: ["information_schema", "default", "gold"],
      include_tables_regex: "^o",
      exclude_tables_regex: "_tmp$",
      include_objects: [
        { schema: "bronze", name: "orders", type: "table" },
        { schema: "silver", name: "a.b", type: "view" },
      ],
      clone_views: false,
      clone_functions: false,
      clone_volumes: false,
      quiesce_source: true,
      quiesce_until: "pinned",
      quiesce_wide: true,
      as_of_version: "1",
      where_clauses: { "bronze.orders": "customer <> 'it''s'" },
      location: "s3://your-bucket/copies",
      copy_permissions: false,
      copy_ownership: false,
      copy_tags: false,
      copy_security: false,
      copy_constraints: false,
      copy_comments: false,
      copy_properties: false,
      access: "refuse",
      prune: "drop",
      on_target_modified: "overwrite",
      replace_foreign: true,
      force_reclone: true,
      clone_tbl_properties: { team: "data" },
      max_parallel_queries: 3,
      max_workers: 2,
      validate_after_clone: true,
      enable_rollback: false,
      strict: true,
      dry_run: true,
    });
    // What the server said when it took the run is still there after a reload.
    const taken = page.getByText("Clone job submitted");
    await taken.waitFor();
    await page.reload();
    await taken.waitFor();
  }, 240_000);

  it("reaches the run: a shallow clone, tables without rows, an earlier time", async () => {
    const page = await open("/clone?source=shop&destination=shop_empty");
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    await page.getByRole("radio", { name: "Only the chosen" }).click();
    await check(page, "silver");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await check(page, "Tables without rows");
    expect(await requestOf(page)).toMatchObject({ include_schemas: ["bronze", "gold"], schema_only: true });

    await page.goto(`${test.world.url}/clone?source=shop&destination=shop_then`);
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    await page.getByRole("button", { name: "Continue to options" }).click();
    await choose(page, /^Shallow/);
    await choose(page, "At a time");
    await page.getByLabel("Time", { exact: true }).fill("2026-01-31T12:00:00Z");
    expect(await requestOf(page)).toMatchObject({
      clone_type: "SHALLOW",
      as_of_timestamp: "2026-01-31T12:00:00Z",
    });
  }, 180_000);

  it("reaches the run: one other workspace, and several", async () => {
    for (const name of ["east", "west"] as const)
      await post("/api/connections", { name, ...test.world[name].connection });
    const page = await open("/clone?source=shop&destination=shop_east");
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    await check(page, "Clone to a different workspace");
    await choose(page, /^east/);
    await page.getByLabel("Load on east").selectOption("incremental");
    await check(page, /Lift masks/);
    await check(page, /Clean up afterwards/);
    await page.getByRole("button", { name: "Continue to options" }).click();
    expect(await requestOf(page)).toMatchObject({
      target_workspace: {
        connection: "east",
        data_sync_mode: "incremental",
        auto_handle_masks: true,
        cleanup_after_clone: true,
      },
    });
    await page.goto(`${test.world.url}/clone?source=shop&destination=shop_both`);
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    await check(page, "Clone to a different workspace");
    await check(page, "Fan out to multiple targets");
    await check(page, "east");
    await check(page, "west");
    await page.getByLabel("Targets at once").fill("1");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    // A plan is of one target.
    await page.getByRole("button", { name: "Save the plan for east" }).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    expect(await requestOf(page)).toMatchObject({
      target_workspaces: ["east", "west"],
      fanout_max_parallel: 1,
    });
  }, 180_000);

  it("is every key of a request", () => {
    // Without a control: another warehouse than that of the connection is not available.
    const expected = cloneRequestKeys.filter((key) => key !== "warehouse_id");
    expect([...expected].filter((key) => !seen.has(key))).toEqual([]);
  });

  it("can be gone through by keyboard alone", async () => {
    const page = await open("/clone");
    const { keyboard } = page;
    /** Tabs on until what has the focus answers to this name. */
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 120; presses += 1) {
        await keyboard.press("Tab");
        const label = await page.evaluate(() => {
          const focused = document.activeElement;
          const labelled = focused?.getAttribute("aria-labelledby");
          const byId = labelled ? document.getElementById(labelled)?.textContent : undefined;
          const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : undefined;
          return byId ?? label ?? focused?.getAttribute("aria-label") ?? focused?.textContent ?? "";
        });
        if (name.test(label)) return;
      }
      throw new Error(`Nothing named ${name} was reached`);
    };
    await page.getByRole("combobox", { name: "Source catalog" }).waitFor();
    await tabTo(/Source catalog/);
    await keyboard.type("shop");
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await tabTo(/Destination catalog/);
    await keyboard.type("shop_by_keys");
    await tabTo(/^gold/);
    await keyboard.press("Space");
    await tabTo(/Continue to options/);
    await keyboard.press("Enter");
    await page.getByRole("radio", { name: /^Selective/ }).waitFor();
    await tabTo(/^Full/);
    // An arrow chooses while it is held down, as long as a hand holds it.
    for (const name of [/^Incremental/, /^Selective/]) {
      await keyboard.down("ArrowDown");
      await page.getByRole("radio", { name, checked: true }).waitFor();
      await keyboard.up("ArrowDown");
    }
    await tabTo(/^Strict/);
    await keyboard.press("Space");
    await tabTo(/Continue to preview/);
    await keyboard.press("Enter");
    await page.getByText("never_cloned").first().waitFor();
    await tabTo(/^Execute$/);
    await keyboard.press("Enter");
    await page.getByText("Data copied").waitFor();
    expect((await get<Run>(`/api/clone/${runIn(page)}`)).request).toEqual({
      source_catalog: "shop",
      destination_catalog: "shop_by_keys",
      exclude_schemas: ["information_schema", "default", "gold"],
      load_type: "SELECTIVE",
      strict: true,
    });
  }, 180_000);
});
