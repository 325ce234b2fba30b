import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeptPlan, KeptPlanDetail, Run } from "@clone-xs/server/contract";
import { afterAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-plans-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describePage("plans", startShop, (test) => {
  const { open, get, post } = test;
  const keep = (destination: string, name?: string) =>
    post<KeptPlan>("/api/plans", {
      ...(name === undefined ? {} : { name }),
      request: { source_catalog: "shop", destination_catalog: destination },
    });

  it("says where plans come from while there is none", async () => {
    const page = await open("/plans");
    await page.getByText("No plan is kept yet.").waitFor();
    expect(await page.getByRole("grid").count()).toBe(0);
    await look(page, "plans-empty");
  });

  it("saves a preview, approves it, checks it, and applies it as it was made", async () => {
    const page = await open("/clone?source=shop&destination=shop_planned&step=3");
    await page.getByText("never_cloned").first().waitFor();
    await page.getByRole("button", { name: "Save as a plan" }).click();
    await page.getByRole("heading", { name: "shop → shop_planned" }).waitFor();
    await page.getByRole("grid", { name: "Decisions" }).getByText("never_cloned").first().waitFor();
    await look(page, "plan-open");
    const [kept] = await get<KeptPlan[]>("/api/plans");
    expect(page.url()).toContain(kept?.plan_id);

    await test.world.sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");
    await page.getByRole("button", { name: "Check what moved" }).click();
    await page.getByText("Nothing that stands in the way.").waitFor();
    await page.getByText(/1 source table was written since/).waitFor();
    await page.getByLabel("Your note").fill("Tables of the shop, as asked for");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("APPROVED", { exact: true }).first().waitFor();
    await look(page, "plan-checked");

    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await page.getByText("Approved by local.").waitFor();
    await look(page, "plan-apply");
    await page.getByRole("button", { name: "Yes, apply it" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f]{8}/);
    await page.getByText("Data copied").waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1);
    expect(await get<Run>(`/api/clone/${id}`)).toMatchObject({ status: "completed" });
    expect(await test.world.sql("SELECT count(*) FROM shop_planned.bronze.orders")).toEqual([["3"]]);
    expect(await get<KeptPlanDetail>(`/api/plans/${kept?.plan_id}`)).toMatchObject({
      state: "applied",
      run_id: id,
      reviews: [{ verdict: "approved", note: "Tables of the shop, as asked for" }],
    });
    await page.goto(`${test.world.url}/plans/${kept?.plan_id}`);
    await page.getByText("Applied by local, in run").waitFor();
    expect(await page.getByRole("button", { name: "Apply", exact: true }).isDisabled()).toBe(true);
  }, 240_000);

  it("shows some decisions by what they are, and keeps that in the address", async () => {
    const { plan_id } = await keep("shop_filtered", "Filters");
    const page = await open(`/plans/${plan_id}`);
    const rows = page.getByRole("grid", { name: "Decisions" }).locator("[data-index]");
    await rows.first().waitFor();
    await page.getByLabel("Kind").selectOption("view");
    await page.getByText(/1 of \d+ objects/).waitFor();
    expect(await rows.count()).toBe(1);
    await page.reload();
    await page.getByText(/1 of \d+ objects/).waitFor();
    await rows.first().click();
    await page.getByText("views: ").waitFor();
    await look(page, "plan-decision");
    await page.getByRole("tab", { name: /Steps/ }).click();
    await page.getByRole("grid", { name: "Steps" }).getByText("clone_table").first().waitFor();
    await look(page, "plan-steps");
    await page.getByRole("tab", { name: /Request/ }).click();
    await page.getByText("clxs clone --source shop --dest shop_filtered").waitFor();
  });

  it("names what moved, and does not offer what would be refused", async () => {
    const { plan_id } = await keep("shop_moved", "Moved");
    await test.world.sql("CREATE CATALOG shop_moved");
    await test.world.sql("CREATE SCHEMA shop_moved.bronze");
    await test.world.sql("CREATE TABLE shop_moved.bronze.orders (id BIGINT)");
    const page = await open(`/plans/${plan_id}`);
    await page.getByRole("button", { name: "Check what moved" }).click();
    await page.getByText("Source or destination have moved since this plan was made").waitFor();
    await page.getByText(/shop_moved\.bronze\.orders appeared on the target/).waitFor();
    await look(page, "plan-stale");
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByText("REJECTED", { exact: true }).first().waitFor();
    expect(await page.getByRole("button", { name: "Apply", exact: true }).isDisabled()).toBe(true);
  });

  it("downloads a plan, opens the file again, and says what is wrong with another", async () => {
    const { plan_id, digest } = await keep("shop_file", "A file");
    const page = await open(`/plans/${plan_id}`);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const file = join(directory, "plan.json");
    await (await saved).saveAs(file);

    await page.getByRole("link", { name: "Plans" }).last().click();
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("opened from a file by local").waitFor();
    const opened = new URL(page.url()).pathname.split("/").at(-1);
    expect(await get(`/api/plans/${opened}`)).toMatchObject({ origin: "opened", name: "plan", digest });

    const changed = join(directory, "changed.json");
    writeFileSync(changed, readFileSync(file, "utf8").replace("shop_file", "shop_other"));
    await page.goto(`${test.world.url}/plans`);
    await page.getByRole("button", { name: "Open a file" }).waitFor();
    test.expectComplaint("422");
    await page.locator("input[type=file]").setInputFiles(changed);
    await page.getByText(/it was changed after it was made/).waitFor();
    await look(page, "plans");

    await page.getByRole("link", { name: "A file" }).first().click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Yes, delete it" }).click();
    await page.waitForURL(/\/plans$/);
    expect((await get<KeptPlan[]>("/api/plans")).map((each) => each.plan_id)).not.toContain(plan_id);
  });
});
