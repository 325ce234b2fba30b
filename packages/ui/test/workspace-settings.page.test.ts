import { expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

describePage("the settings of the workspace", startShop, (test) => {
  it("tell who one is, which warehouse is used, and what the audit tables lack", async () => {
    const page = await test.open("/settings/workspace");
    const facts = page.getByLabel("Who and where");
    await facts.getByText("owner@embedded.local").first().waitFor();
    await facts.getByText("embedded, on this machine").waitFor();
    const warehouses = page.getByRole("list", { name: "SQL warehouses" });
    await warehouses.getByText("in use").waitFor();
    const audit = page.getByRole("list", { name: "Audit tables" });
    expect(await audit.getByText("NOT YET").count()).toBe(2);
    expect(await page.getByRole("region", { name: "the statements" }).innerText()).toContain(
      "CREATE CATALOG",
    );
    await page.getByRole("list", { name: "Files" }).getByText("runs.db").waitFor();
    await look(page, "9-settings-workspace");
  });

  it("count what runs left behind, and lead to it", async () => {
    const run = await test.clone({ source_catalog: "shop", destination_catalog: "shop_dev" });
    const cloned = run.result?.tables.success;
    expect(cloned).toBeGreaterThan(1);
    const page = await test.open("/settings/workspace");
    await page.getByRole("button", { name: "Count rows" }).click();
    const audit = page.getByRole("list", { name: "Audit tables" });
    await audit.getByText("1 row, the last").waitFor();
    await audit.getByText(`${cloned} rows, the last`).waitFor();
    await look(page, "9-settings-workspace-counted");
    await audit.getByRole("link", { name: /logging_01/u }).click();
    await page.waitForURL(/\/explorer\?.*edp_dev/u);
  });
});
