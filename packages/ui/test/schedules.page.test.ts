import type { Run, Schedule, ScheduleDetail, Schedules } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

describePage("the schedules", startShop, (test) => {
  const { open, get, post, clone } = test;
  const all = async () => (await get<Schedules>("/api/schedules")).schedules;
  const named = async (name: string) => (await all()).find((each) => each.name === name);
  const nightly = (name: string, change: object = {}) =>
    post<Schedule>("/api/schedules", {
      name,
      cron: "0 2 * * *",
      time_zone: "Europe/Berlin",
      request: { source_catalog: "shop", destination_catalog: "shop_copy" },
      ...change,
    });
  const fill = async (page: Page, label: string, text: string) =>
    page.getByRole("combobox", { name: label, exact: true }).fill(text);

  it("saves a schedule as it was put together, with its next times as they are typed", async () => {
    const page = await open("/schedules");
    await page.getByText("Nothing starts by itself.").waitFor();
    await look(page, "schedules-none");
    await page.getByRole("link", { name: "New schedule" }).click();
    await page.getByLabel("Name").fill("nightly");
    await page.getByLabel("Cron").fill("30 6 * * 1-5");
    await fill(page, "Time zone", "Asia/Kolkata");
    await page.getByText("It says on working days at 06:30.").waitFor();
    const times = page.getByRole("list", { name: "Next times" }).getByText(/, 06:30$/u);
    await times.nth(4).waitFor();
    await page.getByText("Choose the source catalog.").waitFor();
    await look(page, "schedules-new");
    await fill(page, "Source catalog", "shop");
    await fill(page, "Destination catalog", "shop_nightly");
    await page.getByLabel("Load").selectOption("INCREMENTAL");
    await page.getByLabel("Let it wait").click();
    await page.getByLabel("Leave them out").click();
    await page.getByLabel("Retries").fill("3");
    await page.getByLabel("Seconds before the first").fill("120");
    await page.getByText("By other means").click();
    await page.getByText("clxs schedules add").first().waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "nightly" }).waitFor();
    expect(await named("nightly")).toMatchObject({
      cron: "30 6 * * 1-5",
      time_zone: "Asia/Kolkata",
      kind: "clone",
      request: { source_catalog: "shop", destination_catalog: "shop_nightly", load_type: "INCREMENTAL" },
      enabled: true,
      retries: { max: 3, backoff_seconds: 120 },
      overlap: "queue",
      missed: "skip",
    });
    await look(page, "schedule-fresh");
  });

  it("says under the field what the server does not take", async () => {
    await nightly("taken");
    const page = await open("/schedules/new");
    test.expectComplaint("422");
    test.expectComplaint("409");
    await page.getByLabel("Name").fill("taken");
    await page.getByLabel("Cron").fill("61 2 * * *");
    await page.getByText(/Invalid value for minute/u).waitFor();
    expect(await page.getByLabel("Cron").getAttribute("aria-invalid")).toBe("true");
    await look(page, "schedules-wrong");
    await page.getByLabel("Cron").fill("0 2 * * *");
    await fill(page, "Source catalog", "shop");
    await fill(page, "Destination catalog", "shop_copy");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("There is a schedule taken already.").waitFor();
  });

  it("runs now, pauses and deletes, each on the server", async () => {
    const { id } = await nightly("by hand");
    const drift = await nightly("drift", { kind: "drift_check", cron: "*/15 8-18 * * 1-5" });
    const page = await open("/schedules");
    const row = page.getByRole("listitem").filter({ hasText: "by hand" }).first();
    await row.getByRole("button", { name: "Run by hand now" }).click();
    await row.getByRole("link", { name: /^completed/u }).waitFor();
    const done = await get<ScheduleDetail>(`/api/schedules/${id}`);
    const run = await get<Run>(`/api/clone/${done.last?.job_id}`);
    expect(run).toMatchObject({ status: "completed", schedule: { id, name: "by hand", kind: "clone" } });
    await test.world.sql("INSERT INTO shop.bronze.orders VALUES (4, 'ada', 1.00)");
    await page.getByRole("button", { name: "Run drift now" }).click();
    await page.getByRole("link", { name: /^completed, 1 drifted/u }).waitFor();
    await page.getByRole("switch", { name: "by hand is on" }).click();
    await row.getByText("paused").waitFor();
    expect(await named("by hand")).toMatchObject({ enabled: false, next_run_at: null });
    await look(page, "schedules");

    await page.getByRole("link", { name: "drift", exact: true }).click();
    await page.getByText("1 DRIFTED").waitFor();
    await look(page, "schedule");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Delete the schedule drift?").waitFor();
    await look(page, "schedule-delete");
    await page.getByRole("button", { name: "Yes, delete it" }).click();
    await page.getByRole("heading", { name: "Schedules" }).waitFor();
    expect((await all()).map((each) => each.id)).not.toContain(drift.id);
  });

  it("begins with the request of an earlier run, or of the wizard", async () => {
    const { job_id } = await clone({
      source_catalog: "shop",
      destination_catalog: "shop_some",
      include_schemas: ["bronze"],
      load_type: "SELECTIVE",
    });
    const page = await open(`/schedules/new?from=${job_id}`);
    await page.getByText('["bronze"]').waitFor();
    await page.getByLabel("Name").fill("again");
    await look(page, "schedules-from-run");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "again" }).waitFor();
    expect((await named("again"))?.request).toEqual({
      source_catalog: "shop",
      destination_catalog: "shop_some",
      load_type: "SELECTIVE",
      include_schemas: ["bronze"],
    });
  });

  it("changes a saved schedule", async () => {
    const { id } = await nightly("to change");
    const page = await open(`/schedules/${id}`);
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("How often").selectOption({ label: "Every hour" });
    await page.getByLabel("Verification").click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "to change", exact: true }).waitFor();
    await page.getByText("every hour", { exact: true }).waitFor();
    expect(await named("to change")).toMatchObject({ id, cron: "0 * * * *", kind: "verify" });
  });
});
