import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run, RunVerification } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { LONG_RUN, recordLongRun } from "./long-run.ts";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

const SOON = { timeout: 30_000 };

describePage("the page of a run", startShop, (test) => {
  const { open, get, submit, clone } = test;
  afterEach(() => test.world.chaos.clear());
  const search = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
  const rows = (page: Page, name = "Objects of the run") => page.getByRole("grid", { name }).getByRole("row");

  it("shows every object with what became of it, filtered by the address, and one of them in full", async () => {
    const request = { source_catalog: "shop", destination_catalog: "shop_parts" };
    await clone(request);
    await test.world.sql("INSERT INTO shop.bronze.orders VALUES (10, 'alan', 1.00)");
    await test.world.sql("INSERT INTO shop_parts.gold.spend VALUES ('eve', 1.00)");
    const { job_id } = await clone({ ...request, load_type: "SELECTIVE" });
    const page = await open(`/runs/${job_id}?tab=objects`);
    await page.getByRole("gridcell", { name: "gold.spend", exact: true }).waitFor();
    expect(await rows(page).count()).toBe(10);
    await look(page, "runs-objects");

    await page.getByRole("radio", { name: /^Unchanged/ }).click();
    await page.waitForURL((url) => url.searchParams.get("state") === "unchanged");
    await page.getByLabel("Filter the objects").fill("silver");
    await page.waitForURL((url) => url.searchParams.get("q") === "silver");
    await page.getByRole("gridcell", { name: "silver.customers_clean", exact: true }).waitFor();
    await expect.poll(() => rows(page).count(), SOON).toBe(3);
    await page.reload();
    await page.getByRole("gridcell", { name: "silver.customers_clean", exact: true }).waitFor();
    expect(await rows(page).count()).toBe(3);

    await page.goto(`${test.world.url}/runs/${job_id}?tab=objects`);
    const row = rows(page).filter({ hasText: "bronze.orders" });
    await row.focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog");
    await sheet.getByText("DEEP CLONE").waitFor();
    await sheet.getByText("version_drift").first().waitFor();
    expect(search(page)).toMatchObject({ tab: "objects", object: "shop_parts.bronze.orders" });
    await look(page, "runs-object");
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });

    for (const [tab, found] of [
      ["Statements", "CREATE OR REPLACE TABLE"],
      ["Errors", "TARGET_MODIFIED"],
      ["Timeline", "at the same time"],
      ["Log", "selective load"],
      ["Request", "--load-type SELECTIVE"],
    ] as const) {
      await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      await page.getByRole("tabpanel").getByText(found).first().waitFor();
      await page.waitForURL((url) => url.searchParams.get("tab") === tab.toLowerCase());
      await look(page, `runs-${tab.toLowerCase()}`);
    }
  }, 480_000);

  it("compares copies with their sources, over a reload, and keeps what it found", async () => {
    const { job_id } = await clone({ source_catalog: "shop", destination_catalog: "shop_verified" });
    await test.world.sql("INSERT INTO shop_verified.bronze.orders VALUES (99, 'eve', 1.00)");
    test.world.chaos.add({
      on: { kind: "select", statement: "products" },
      fault: { kind: "delay", ms: 90_000 },
    });
    const page = await open(`/runs/${job_id}`);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByRole("button", { name: "Compare now" }).click();
    await page.getByText("Comparing copies with their sources").waitFor();
    await page.reload();
    await page.getByText("Comparing copies with their sources").waitFor();
    await look(page, "runs-verifying");
    await page.getByRole("button", { name: "Give up" }).click();
    await page.getByText("Comparing was given up").waitFor();
    test.world.chaos.clear();
    await page.getByRole("button", { name: "Compare again" }).click();
    await page.getByRole("grid", { name: "Objects compared" }).waitFor();
    const kept = await get<RunVerification>(`/api/clone/${job_id}/verify`);
    expect(kept).toMatchObject({ state: "done", targets: [{ verification: { differing: 1, matched: 8 } }] });
    await look(page, "runs-verification");
    await rows(page, "Objects compared").filter({ hasText: "bronze.orders" }).click();
    await page.getByRole("dialog").getByText("the source has 4 rows and the copy has 5").waitFor();
  }, 480_000);

  it("saves the report as a file", async () => {
    const run = await clone({ source_catalog: "shop", destination_catalog: "shop_reported" });
    const page = await open(`/runs/${run.job_id}`);
    for (const [item, suffix, text] of [
      ["HTML, to read and to send", "html", "<h1>shop → shop_reported: SUCCESS</h1>"],
      ["JSON, for scripts", "json", `"run_id": "${run.job_id}"`],
    ] as const) {
      await page.getByRole("button", { name: "Report" }).click();
      const saved = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: item }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toBe(`clone-xs-${run.job_id}.${suffix}`);
      expect(await readFile(await file.path(), "utf8")).toContain(text);
    }
    await page.getByRole("tab", { name: /^Log/ }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const log = await readFile(await (await saved).path(), "utf8");
    for (const line of run.logs) expect(log).toContain(line);
  });

  it("shows a run live, and its end, without asking for what it has seen", async () => {
    test.world.chaos.add({ on: { kind: "clone", statement: "spend" }, fault: { kind: "delay", ms: 6_000 } });
    const id = await submit({ source_catalog: "shop", destination_catalog: "shop_live" });
    const page = await open(`/runs/${id}`);
    const row = (name: string) => rows(page).filter({ hasText: name });
    await page.getByRole("progressbar", { name: "Objects done" }).waitFor();
    await row("gold.spend").getByRole("img", { name: "Under way" }).waitFor();
    await row("bronze.orders").getByRole("img", { name: "Done" }).waitFor();
    await page.getByText("SUCCESS", { exact: true }).waitFor();
    await row("gold.spend").getByRole("img", { name: "Done" }).waitFor();
    expect(await get<Run>(`/api/clone/${id}`)).toMatchObject({ status: "completed" });
  });

  it("cancels in mid-run what holds its source, and gives back what was taken", async () => {
    await test.world.sql("GRANT SELECT, MODIFY ON SCHEMA shop.bronze TO reader");
    test.world.chaos.add({
      on: { kind: "clone", statement: "spend" },
      fault: { kind: "delay", ms: 600_000 },
    });
    const request = { source_catalog: "shop", destination_catalog: "shop_stopped", quiesce_source: true };
    const id = await submit(request);
    const page = await open(`/runs/${id}`);
    await page.getByText("The source is quiesced: 1 grant to write taken away").waitFor();
    const row = rows(page).filter({ hasText: "gold.spend" });
    await row.getByRole("img", { name: "Under way" }).waitFor();
    await look(page, "runs-live");
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page.locator("[data-badge]", { hasText: "CANCELLED" }).waitFor();
    await row.getByRole("img", { name: /Skipped|Failed|Not finished/ }).waitFor();
    await page.getByText(/^Quiesce restore complete: 1/).waitFor();
    expect(await get<Run>(`/api/clone/${id}`)).toMatchObject({
      status: "cancelled",
      result: { status: "cancelled" },
    });
    const grants = JSON.stringify(await test.world.sql("SHOW GRANTS ON SCHEMA shop.bronze"));
    expect(grants).toContain("MODIFY");
    await test.world.sql("REVOKE SELECT, MODIFY ON SCHEMA shop.bronze FROM reader");
  }, 240_000);

  it("finds runs by state, load and text, and opens one by the keyboard", async () => {
    const request = { source_catalog: "shop", destination_catalog: "shop_found" };
    const { job_id } = await clone(request);
    await clone({ ...request, load_type: "SELECTIVE", destination_catalog: "shop_found_2" });
    const page = await open("/runs?q=shop_found");
    await expect.poll(() => rows(page, "Runs").count(), SOON).toBe(3);
    await look(page, "runs-list");
    await page.getByLabel("Load").selectOption("FULL");
    await expect.poll(() => rows(page, "Runs").count(), SOON).toBe(2);
    expect(search(page)).toMatchObject({ q: "shop_found", load: "FULL" });
    await page.getByRole("radio", { name: "Failed" }).click();
    await page.getByText("No run meets the filters.").waitFor();
    await page.getByRole("radio", { name: "All" }).click();
    await rows(page, "Runs").filter({ hasText: job_id }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === `/runs/${job_id}`);
  });
});

const TABLES = 10_200;

async function startLong(uiDirectory: string) {
  const storeDirectory = mkdtempSync(join(tmpdir(), "clxs-long-"));
  recordLongRun(storeDirectory, TABLES);
  const shop = await startShop(uiDirectory, { storeDirectory });
  return {
    ...shop,
    async stop() {
      await shop.stop();
      rmSync(storeDirectory, { recursive: true, force: true });
    },
  };
}

describePage(`a run of ${TABLES} objects`, startLong, ({ open }) => {
  it("is opened with few calls, and has no more in the page than can be seen", async () => {
    const page = await open("/runs");
    await page.getByRole("gridcell", { name: "long_copy" }).waitFor();
    const calls: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes(`/api/clone/${LONG_RUN}/`))
        calls.push(new URL(request.url()).pathname.split("/").at(-1) ?? "");
    });
    await page.goto(`${page.url().replace("/runs", `/runs/${LONG_RUN}`)}?tab=objects`);
    const grid = page.getByRole("grid", { name: "Objects of the run" });
    await grid.getByRole("gridcell", { name: "s39.table_000999", exact: true }).waitFor();
    expect([...new Set(calls)].sort((a, b) => a.localeCompare(b))).toEqual(["objects", "standing"]);
    expect(await grid.getAttribute("aria-rowcount")).toBe(String(TABLES + 1));
    const drawn = () => grid.getByRole("row").count();
    expect(await drawn()).toBeLessThan(80);

    await grid.getByRole("row").nth(1).focus();
    await page.keyboard.press("End");
    await grid.getByRole("gridcell", { name: "s9.table_010169", exact: true }).waitFor();
    expect(await drawn()).toBeLessThan(80);
    expect(calls.length).toBeLessThan(8);
    await look(page, "runs-long");

    await page.getByRole("radio", { name: "Failed 10" }).click();
    await expect.poll(drawn, SOON).toBe(11);
    await page.getByRole("tab", { name: /^Timeline/ }).click();
    await page.getByText("10,200 steps in").waitFor();
    const steps = page.getByRole("list", { name: "Steps in the order in which they began" });
    await expect.poll(() => steps.getByRole("listitem").count(), SOON).toBeLessThan(80);
    await look(page, "runs-long-timeline");
    await page.getByRole("tab", { name: /^Log/ }).click();
    await page.getByText("s0.table_000000").first().waitFor();
    await page.getByLabel("Filter the log").fill("table_010190");
    await page.getByText("1 line", { exact: true }).waitFor();
  }, 480_000);
});
