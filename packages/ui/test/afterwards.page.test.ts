import type { Estimate, Run } from "@clone-xs/server/contract";
import { afterEach, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage, runIn } from "./page.ts";
import { startShop } from "./running.ts";

async function shopWithLegacy(uiDirectory: string) {
  const shop = await startShop(uiDirectory);
  await shop.sql(
    "CREATE TABLE shop.bronze.legacy (id INT) USING PARQUET LOCATION 's3://your-bucket/legacy/'",
  );
  return shop;
}

describePage("options, preview and what comes after a run", shopWithLegacy, (test) => {
  const { open, get, post, submit, clone } = test;
  afterEach(() => test.world.chaos.clear());

  it("sends what every option says", async () => {
    const earlier = await clone({
      source_catalog: "shop",
      destination_catalog: "shop_opted",
      dry_run: true,
      max_workers: 2,
    });
    const page = await open(`/clone?from=${earlier.job_id}&step=2`);
    await page.getByRole("checkbox", { name: "Pre-clone source quiesce" }).waitFor();
    await page.getByRole("checkbox", { name: "Pre-clone source quiesce" }).click();
    await page.getByRole("radio", { name: "Until the versions are read" }).click();
    await page.getByRole("checkbox", { name: /Also where schemas outside/ }).click();
    const left = ["Grants", "Owners", "Tags", "Masks and row filters", "Keys", "Comments", "Properties"];
    for (const name of left) await page.getByRole("checkbox", { name, exact: true }).click();
    await page.getByRole("radio", { name: "At a version" }).click();
    const next = page.getByRole("button", { name: "Continue to preview" });
    expect(await next.isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "Version" }).fill("1");
    await page.getByLabel("Location").fill("s3://your-bucket/opted");
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.getByLabel("Table of condition 1").fill("bronze.orders");
    await page.getByLabel("Predicate of condition 1").fill("id > 1");
    await page.getByRole("checkbox", { name: "Tables without rows" }).click();
    await page.getByText("Tables without rows cannot be had with conditions").first().waitFor();
    expect(await next.isDisabled()).toBe(true);
    await page.getByRole("checkbox", { name: "Tables without rows" }).click();
    await page.getByRole("radio", { name: "Refuse the run" }).click();
    await page.getByRole("radio", { name: "Drop them" }).click();
    await page.getByRole("checkbox", { name: "Record what is needed to roll back" }).click();
    await page.getByRole("checkbox", { name: "Strict" }).click();
    await look(page, "2-options-all");
    await next.click();
    await page.getByText("Who gains access").waitFor();
    await page.getByText("# Flags cannot say all of this request").waitFor();
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.getByText("DRY RUN", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Set up another like it" }).waitFor();

    expect((await get<Run>(`/api/clone/${runIn(page)}`)).request).toEqual({
      source_catalog: "shop",
      destination_catalog: "shop_opted",
      quiesce_source: true,
      quiesce_until: "pinned",
      quiesce_wide: true,
      as_of_version: "1",
      where_clauses: { "bronze.orders": "id > 1" },
      location: "s3://your-bucket/opted",
      copy_permissions: false,
      copy_ownership: false,
      copy_tags: false,
      copy_security: false,
      copy_constraints: false,
      copy_comments: false,
      copy_properties: false,
      access: "refuse",
      prune: "drop",
      enable_rollback: false,
      strict: true,
      max_workers: 2,
      dry_run: true,
    });
  });

  it("makes tables without rows, of a time", async () => {
    const page = await open("/clone?step=2");
    await page.goto(`${test.world.url}/clone`);
    await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
    await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_bare");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("radio", { name: "At a time" }).click();
    await page.getByLabel("Time", { exact: true }).fill("yesterday");
    await page.getByText("Write it as 2026-01-31T12:00:00Z.").first().waitFor();
    await page.getByRole("radio", { name: "Newest" }).click();
    await page.getByRole("checkbox", { name: "Tables without rows" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.locator("main").getByRole("button", { name: "Execute", exact: true }).click();
    await page.getByText("Data copied").waitFor();
    const { request, result } = await get<Run>(`/api/clone/${runIn(page)}`);
    expect(request).toEqual({ source_catalog: "shop", destination_catalog: "shop_bare", schema_only: true });
    expect(result?.errors).toEqual([]);
    expect(await test.world.sql("SELECT count(*) FROM shop_bare.bronze.orders")).toEqual([["0"]]);
  });

  it("weighs a selective load against a full one where the destination exists, and only there", async () => {
    const request = { source_catalog: "shop", destination_catalog: "shop_drifted" };
    const first = await clone(request);
    await test.world.sql("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG shop_drifted TO reader");
    const page = await open(`/clone?from=${first.job_id}&step=3`);
    await page.getByRole("heading", { name: "Full clone vs selective re-clone", exact: true }).waitFor();
    const { selective } = await post<Estimate>("/api/estimate", request);
    expect(selective?.recommended).toBe(true);
    const badges = async () =>
      (await page.locator("[data-badge]").allInnerTexts()).filter((text) => text.startsWith("Recommended"));
    expect(await badges()).toEqual(["Recommended: SELECTIVE"]);
    const gains = page.getByRole("region", { name: "Who gains access" });
    await gains.getByText("reader", { exact: true }).first().waitFor();
    await look(page, "3-preview-tile");
    await page.getByRole("button", { name: "Load selective instead" }).click();
    await page.getByText("There is nothing to do").waitFor();
    await page.getByText("--load-type SELECTIVE").waitFor();

    for (const table of ["orders", "customers", "order_lines", "products"])
      await test.world.sql(`INSERT OVERWRITE shop.bronze.${table} SELECT * FROM shop.bronze.${table}`);
    await test.world.sql(
      "INSERT INTO shop.bronze.orders SELECT id + 10, customer, amount FROM shop.bronze.orders",
    );
    for (const table of ["customers_clean", "orders_clean"])
      await test.world.sql(`INSERT INTO shop.silver.${table} SELECT * FROM shop.silver.${table}`);
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByText("Recommended: FULL").waitFor();
    expect((await post<Estimate>("/api/estimate", request)).selective?.recommended).toBe(false);
    await test.world.sql("DELETE FROM shop.bronze.orders WHERE id > 10");

    await page.goto(`${test.world.url}/clone`);
    const fresh = await clone({ ...request, destination_catalog: "shop_fresh", dry_run: true });
    await page.goto(`${test.world.url}/clone?from=${fresh.job_id}&step=3`);
    await page.getByText("Storage a month").waitFor();
    expect(await page.getByText("Full clone vs selective re-clone").count()).toBe(0);
    expect(await badges()).toEqual([]);
  });

  it("shows a badge for each source format when there are two, and none for one", async () => {
    const request = { source_catalog: "shop", destination_catalog: "shop_formats" };
    const [two, one] = [
      await clone({ ...request, include_schemas: ["bronze"] }),
      await clone({ ...request, include_schemas: ["gold"] }),
    ];
    const page = await open(`/clone?step=4&run=${two.job_id}`);
    await page.getByText("Data copied").waitFor();
    const formats = async () =>
      (await page.locator("[data-badge]").allInnerTexts()).filter((text) => /DELTA|PARQUET/u.test(text));
    expect((await formats()).sort()).toEqual(["DELTA 4", "PARQUET 1"]);
    await page.goto(`${test.world.url}/clone?step=4&run=${one.job_id}`);
    await page.getByText("Data copied").waitFor();
    expect(await formats()).toEqual([]);
  });

  it("cancels a run that holds its source, after asking, and tells what was given back", async () => {
    await test.world.sql("GRANT SELECT, MODIFY ON SCHEMA shop.bronze TO reader");
    test.world.chaos.add({ on: { kind: "clone", statement: "order" }, fault: { kind: "delay", ms: 90_000 } });
    const id = await submit({
      source_catalog: "shop",
      destination_catalog: "shop_cancelled",
      quiesce_source: true,
    });
    const page = await open(`/clone?step=4&run=${id}`);
    await page.getByText("The source is quiesced: 1 grant to write taken away").waitFor();
    await page.getByRole("progressbar", { name: "Bytes copied" }).waitFor();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Keep it running" }).click();
    expect((await get<Run>(`/api/clone/${id}`)).status).toBe("running");
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await look(page, "4-cancel");
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page
      .getByText(/^Cancelled: running statements were stopped\..* Quiesce restore complete: 1/)
      .waitFor();
    await page.locator("[data-badge]", { hasText: "CANCELLED" }).waitFor();
    await look(page, "4-cancelled");
    const run = await get<Run>(`/api/clone/${id}`);
    expect(run).toMatchObject({ status: "cancelled", result: { status: "cancelled" } });
    await test.world.sql("REVOKE SELECT, MODIFY ON SCHEMA shop.bronze FROM reader");
  });

  it("rolls a run back after showing what that does", async () => {
    const { job_id } = await clone({ source_catalog: "shop", destination_catalog: "shop_undone" });
    const page = await open(`/runs/${job_id}`);
    await page.getByRole("button", { name: "Roll back…" }).click();
    const panel = page.getByRole("region", { name: "Roll back this run" });
    await panel.getByText("shop_undone.bronze.orders").first().waitFor();
    await look(page, "6-rollback");
    await panel.getByRole("button", { name: /^Roll back \d+ changes$/ }).click();
    await page.getByText(/^Rolled back: \d+ changes undone\.$/).waitFor();
    expect(await get("/api/catalogs/shop_undone/schemas")).toMatchObject({ status: 404 });
    expect(await page.getByRole("button", { name: "Roll back…" }).count()).toBe(0);
    await page.getByRole("tab", { name: /Log/ }).click();
    await page.getByLabel("Filter the log").fill("rollback");
    await page.getByText(/^Rollback success: /).waitFor();
  });

  it("goes on with a run that was interrupted", async () => {
    test.world.chaos.add({
      on: { kind: "clone", statement: "spend" },
      fault: { kind: "token", revoked: false },
      times: 1,
    });
    const broken = await clone({ source_catalog: "shop", destination_catalog: "shop_resumed" });
    expect(broken).toMatchObject({ status: "failed", resumable: true });
    const page = await open(`/runs/${broken.job_id}`);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("SUCCESS", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Resume" }).count()).toBe(0);
    expect(await get<Run>(`/api/clone/${broken.job_id}`)).toMatchObject({
      status: "completed",
      resumable: false,
      result: { status: "success", errors: [] },
    });
  });
});
