import type { ClonePlan, Run, RunListItem } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage, runIn } from "./page.ts";
import { startShop } from "./running.ts";

describePage("the page", startShop, (test) => {
  const { open, get, clone } = test;
  const stepIn = (page: Page) => new URL(page.url()).searchParams.get("step");

  async function chooseCatalogs(page: Page, destination: string): Promise<void> {
    const source = page.getByRole("combobox", { name: "Source catalog" });
    await source.click();
    await page.getByRole("option", { name: "shop", exact: false }).first().waitFor();
    await source.pressSequentially("sho");
    await source.press("ArrowDown");
    await source.press("Enter");
    await page.getByRole("combobox", { name: "Destination catalog" }).fill(destination);
    await page.keyboard.press("Tab");
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
  }

  it("clones a catalog from choosing to the result", async () => {
    const page = await open("/clone");
    await chooseCatalogs(page, "shop_by_page");
    await page.getByRole("button", { name: "Show tables of bronze" }).click();
    await page.getByText("order_lines").waitFor();
    await look(page, "1-source");

    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "Deep" }).waitFor();
    await look(page, "2-options");

    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("never_cloned").first().waitFor();
    await look(page, "3-preview");
    const body = JSON.stringify({ source_catalog: "shop", destination_catalog: "shop_by_page" });
    const plan = (await (
      await fetch(`${test.world.url}/api/plan`, { method: "POST", body })
    ).json()) as ClonePlan;
    expect(await page.getByRole("list").getByText("never_cloned").count()).toBe(plan.decisions.length);

    await page.getByRole("button", { name: "Execute" }).last().click();
    await page.getByText("Data copied").waitFor();
    await look(page, "4-execute");
    await page.getByRole("tab", { name: /Log/ }).click();
    await look(page, "4-execute-log");

    const run = await get<Run>(`/api/clone/${runIn(page)}`);
    expect(run).toMatchObject({
      status: "completed",
      request: { source_catalog: "shop", destination_catalog: "shop_by_page" },
      result: { status: "success", tables: { success: 7, failed: 0 }, errors: [] },
    });
    expect(
      await test.world.sql("SELECT id, customer, amount FROM shop_by_page.bronze.orders ORDER BY id"),
    ).toEqual(await test.world.sql("SELECT id, customer, amount FROM shop.bronze.orders ORDER BY id"));
    expect(await test.world.sql("SELECT customer FROM shop_by_page.gold.big_spenders")).toEqual([["grace"]]);

    await page.goto(`${test.world.url}/runs/${run.job_id}`);
    await page.getByText("Data copied").waitFor();
    await page.goto(`${test.world.url}/runs`);
    await page.getByRole("link", { name: /shop_by_page/ }).waitFor();
    await look(page, "5-runs");
  }, 240_000);

  it("sends what every control says", async () => {
    const page = await open("/clone");
    await chooseCatalogs(page, "shop_some");
    await page.getByRole("radio", { name: "Only the chosen" }).click();
    await page.getByRole("checkbox", { name: "silver" }).click();
    await page.getByRole("checkbox", { name: "gold" }).click();
    await page.getByLabel("Only tables that match").fill("^orders|^customers");
    await page.getByLabel("No tables that match").fill("_clean$");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "Shallow" }).click();
    await page.getByRole("radio", { name: "Selective" }).click();
    await page.getByRole("checkbox", { name: "Views" }).click();
    await page.getByRole("checkbox", { name: "Functions" }).click();
    await page.getByRole("checkbox", { name: "Volumes" }).click();
    await page.getByLabel("Statements in parallel").fill("3");
    await page.getByRole("radio", { name: "Leave it as it is" }).click();
    await page.getByRole("checkbox", { name: /Replace tables/ }).click();
    await page.getByRole("checkbox", { name: /Clone again/ }).click();
    await page.getByRole("button", { name: "Add a property" }).click();
    await page.getByLabel("Key of property 1").fill("delta.logRetentionDuration");
    await page.getByLabel("Value of property 1").fill("30 days");
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("bronze.").first().waitFor();
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.getByText("DRY RUN", { exact: true }).waitFor();
    await page.getByText("Data to copy").waitFor();

    expect((await get<Run>(`/api/clone/${runIn(page)}`)).request).toEqual({
      source_catalog: "shop",
      destination_catalog: "shop_some",
      clone_type: "SHALLOW",
      load_type: "SELECTIVE",
      include_schemas: ["bronze"],
      include_tables_regex: "^orders|^customers",
      exclude_tables_regex: "_clean$",
      clone_views: false,
      clone_functions: false,
      clone_volumes: false,
      on_target_modified: "skip",
      replace_foreign: true,
      force_reclone: true,
      clone_tbl_properties: { "delta.logRetentionDuration": "30 days" },
      max_parallel_queries: 3,
      dry_run: true,
    });
    const { status } = await fetch(`${test.world.url}/api/catalogs/shop_some/schemas`);
    expect(status).toBe(404);

    await page.getByRole("link", { name: "Set up another like it" }).click();
    await page.getByText("tables like ^orders|^customers").waitFor();
    expect(await page.getByRole("checkbox", { name: "gold" }).isChecked()).toBe(false);
  });

  it("submits one run however fast it is asked twice, and calls a repetition by its name", async () => {
    const { job_id: again } = await clone({ source_catalog: "shop", destination_catalog: "shop_twice" });
    const page = await open(`/clone?from=${again}`);
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("Nothing has changed, but a full load clones it again.").first().waitFor();
    await page.getByText("Clone again", { exact: true }).first().waitFor();
    await page.getByRole("tab", { name: "YAML" }).click();
    await page.getByText("clxs clone --config clone.yaml").waitFor();
    await look(page, "3-preview-again");

    const execute = page.locator("main").getByRole("button", { name: "Execute", exact: true });
    await execute.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.getByText("Data copied").waitFor();
    const known = await get<RunListItem[]>("/api/clone/jobs?limit=1000");
    const runs = known.filter(({ destination_catalog }) => destination_catalog === "shop_twice");
    expect(runs.map(({ job_id }) => job_id)).toEqual([runIn(page), again]);
  });

  it("says once what befalls many tables", async () => {
    const { job_id: earlier } = await clone({ source_catalog: "shop", destination_catalog: "shop_noted" });
    const page = await open(`/clone?from=${earlier}`);
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "Shallow" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText(/^7 tables: each is dropped and made again/).waitFor();
    expect(await page.getByRole("note").count()).toBe(1);
    await page.getByText("Show their names").click();
    await page.getByRole("note").getByText("shop_noted.bronze.orders").waitFor();
    await look(page, "3-preview-notes");
  });

  it("lists what failed and what was not tried beside what was done", async () => {
    const request = { source_catalog: "shop", destination_catalog: "shop_partial" };
    await clone(request);
    await test.world.sql("INSERT INTO shop_partial.bronze.orders VALUES (9, 'eve', 1.00)");
    const page = await open(`/runs/${(await clone(request)).job_id}`);
    await page.getByText("PARTIAL", { exact: true }).waitFor();
    await page.getByRole("tab", { name: /Objects/ }).click();
    const rows = page.getByRole("grid", { name: "Objects of the run" }).getByRole("row");
    const failed = rows.filter({ has: page.getByRole("img", { name: "Failed" }) });
    await failed.first().waitFor();
    expect(await failed.count()).toBe(1);
    const text = await failed.innerText();
    expect(text).toContain("bronze.orders");
    expect(text).toContain("TARGET_MODIFIED");
    await failed.click();
    await page.getByRole("dialog").getByText("In the wizard: “Clones that were written to since”.").waitFor();
    await page.keyboard.press("Escape");
    const { result } = await get<Run>(`/api/clone/${new URL(page.url()).pathname.split("/").at(-1)}`);
    expect(result).toMatchObject({ status: "partial", tables: { success: 6, failed: 1, skipped: 0 } });
    await look(page, "6-partial");
  });

  it("keeps every choice over a reload, and names the step that it shows", async () => {
    const page = await open("/clone");
    await chooseCatalogs(page, "shop_kept");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "Selective" }).click();
    await page.reload();
    await page.getByRole("radio", { name: "Selective", checked: true }).waitFor();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByText("never_cloned").first().waitFor();
    await page.reload();
    await page.getByText("never_cloned").first().waitFor();
    await page.getByRole("tab", { name: "YAML" }).click();
    await page.getByText("load_type: SELECTIVE").waitFor();
    expect(stepIn(page)).toBe("3");

    expect(new URL(page.url()).searchParams.get("source")).toBe("shop");

    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${test.world.url}/clone?step=3`);
    await page.getByText("Choose the source catalog to see its schemas.").waitFor();
    await page.waitForURL((url) => url.searchParams.get("step") === "1");
  });

  it("begins with the pair and the load that its address names", async () => {
    const page = await open("/clone?source=shop&destination=2024&load=selective");
    await page.getByRole("checkbox", { name: "bronze" }).waitFor();
    expect(await page.getByRole("combobox", { name: "Source catalog" }).inputValue()).toBe("shop");
    expect(await page.getByRole("combobox", { name: "Destination catalog" }).inputValue()).toBe("2024");
    await page.waitForURL((url) => url.search === "?step=1");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "Selective", checked: true }).waitFor();
    await page.reload();
    await page.getByRole("radio", { name: "Selective", checked: true }).waitFor();
  });

  it("says what is wrong and keeps the way on shut", async () => {
    const page = await open("/clone");
    await chooseCatalogs(page, "shop");
    await page.getByText("This is the source. Name another catalog.").first().waitFor();
    const next = page.getByRole("button", { name: "Continue to options" });
    expect(await next.isDisabled()).toBe(true);
    await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_2");
    expect(await next.isDisabled()).toBe(false);
    await page.getByLabel("Clone to a different workspace").check();
    await page.getByText("No other workspace is known yet.").waitFor();
    expect(await page.getByRole("link", { name: "Settings" }).last().getAttribute("href")).toBe("/settings");
    await page.getByText("Choose the workspace to clone to.").waitFor();
    expect(await next.isDisabled()).toBe(true);
    await look(page, "1-source-no-target");
    await page.getByLabel("Clone to a different workspace").uncheck();
    await page.getByLabel("Only tables that match").fill("(");
    expect(await next.isDisabled()).toBe(true);
    expect(await page.getByText("This is no regular expression.").count()).toBe(2);
    await page.getByLabel("Only tables that match").fill("");
    await next.click();
    await page.getByRole("button", { name: "Add a property" }).click();
    await page.getByLabel("Key of property 1").fill("a=b");
    expect(await page.getByText("A property's key has no =").count()).toBe(2);
    expect(await page.getByRole("button", { name: "Continue to preview" }).isDisabled()).toBe(true);
    await look(page, "2-options-wrong");
    expect(await get<RunListItem[]>("/api/clone/jobs?limit=1000")).not.toContainEqual(
      expect.objectContaining({ destination_catalog: "shop_2" }),
    );
  });

  it("keeps the chosen theme over a reload", async () => {
    const page = await open("/runs");
    const theme = () => page.locator("html").getAttribute("data-theme");
    expect(await theme()).toBe("light");
    await page.getByRole("button", { name: /Change to light/ }).click();
    await page.getByRole("button", { name: /Change to dark/ }).click();
    expect(await theme()).toBe("dark");
    await page.reload();
    expect(await theme()).toBe("dark");
  });

  it("asks for the server's token, and works with it", async () => {
    const guarded = await startShop(test.world.uiDirectory, { auth: "token", token: "s3cret" });
    try {
      const page = await open("/clone", guarded.url);
      await page.getByLabel("Token").fill("s3cret");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("combobox", { name: "Source catalog" }).click();
      await page.getByRole("option", { name: /^shop/ }).waitFor();
      expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(
        "s3cret",
      );
      test.expectComplaint("401");
    } finally {
      await guarded.stop();
    }
  });
});
