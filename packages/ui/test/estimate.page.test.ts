import type { Estimate } from "@clone-xs/server/contract";
import { beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { startNeighbours } from "./neighbours.ts";
import { describePage } from "./page.ts";

describePage("the estimate", startNeighbours, (test) => {
  const { open, post, clone } = test;

  beforeAll(async () => {
    const { sql, east } = test.world;
    await sql(
      "CREATE TABLE shop.gold.facts AS SELECT id, concat('row number ', id) AS name FROM range(0, 20000)",
    );
    await post("/api/connections", { name: "east", ...east.connection });
    await clone({ source_catalog: "shop", destination_catalog: "shop_copy" });
    await clone({ source_catalog: "shop", destination_catalog: "shop_east", target_workspace: "east" });
    for (const statement of [
      "INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)",
      "CREATE TABLE shop.bronze.returns AS SELECT 1 AS id",
      "INSERT INTO shop.gold.facts SELECT id, 'more' FROM range(20000, 21000)",
    ])
      await sql(statement);
  });

  it("weighs a catalog, and compares the two ways to bring a copy up to date", async () => {
    const page = await open("/estimate");
    await page.getByText("Choose a catalog to see what a copy of it weighs.").waitFor();
    await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Estimate", exact: true }).click();
    const largest = page.getByRole("list", { name: "Largest tables" });
    await largest.getByText("facts").waitFor();
    expect(await page.getByText("Recommended:").count()).toBe(0);
    await look(page, "e1-estimate-full");

    await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_copy");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Estimate again" }).click();
    await page.getByText("Recommended: SELECTIVE").waitFor();
    const { selective } = await post<Estimate>("/api/estimate", {
      source_catalog: "shop",
      destination_catalog: "shop_copy",
    });
    const why = page.getByLabel("Why tables are cloned again");
    expect(await why.textContent()).toContain("never_cloned1");
    expect(selective?.drift_breakdown).toEqual({ never_cloned: 1, version_drift: 2 });
    const copied = page.getByRole("list", { name: "What a selective clone copies" });
    expect(await copied.getByRole("listitem").count()).toBe(selective?.tables_to_clone);
    await look(page, "e2-estimate-selective");

    await page.getByRole("link", { name: "Clone it" }).click();
    await page.getByRole("button", { name: "Continue to options" }).click();
    expect(
      await page
        .getByRole("radio", { name: /selective/iu })
        .first()
        .isChecked(),
    ).toBe(true);
  });

  it("takes a price and schemas, and refuses what is no price", async () => {
    const page = await open("/estimate?source=shop&include=%5B%22gold%22%5D");
    await page.getByText("list price of S3 Standard").waitFor();
    expect(await page.getByRole("list", { name: "Largest tables" }).textContent()).not.toContain("bronze");
    await page.getByLabel("Price of a GB and month, in dollars").fill("much");
    expect(await page.getByRole("button", { name: "Estimate again" }).isDisabled()).toBe(true);
    await page.getByLabel("Price of a GB and month, in dollars").fill("1000");
    await page.getByRole("button", { name: "Estimate again" }).click();
    await page.getByText(/At \$1,000.00 a GB and month: as the request says/u).waitFor();
    await page.getByText("By other means").click();
    expect(await page.getByRole("region", { name: "the command" }).textContent()).toBe(
      "clxs estimate --source shop --include-schemas gold --storage-price 1000",
    );
  });

  it("judges a copy in another workspace, and compares it", async () => {
    const page = await open("/estimate?source=shop&destination=shop_east&target=east");
    await page.getByText("Recommended: SELECTIVE").waitFor();
    expect(await page.getByLabel("Destination is in").inputValue()).toBe("east");
    await page.getByText("By other means").click();
    expect(await page.getByRole("region", { name: "the command" }).textContent()).toBe(
      "clxs estimate --source shop --target name=east,dest=shop_east",
    );
    await page.goto(`${test.world.url}/compare?source=shop&destination=shop_east&target=east`);
    await page.getByRole("tree", { name: "Objects" }).waitFor();
    await page.getByRole("button", { name: /only in shop \d/iu }).waitFor();
    await page.getByText("returns").first().waitFor();
    await look(page, "c6-compare-elsewhere");
  });

  it("says what is wrong in the server's words", async () => {
    test.expectComplaint("404");
    const page = await open("/estimate?source=shoop");
    expect(await page.getByRole("alert").textContent()).toMatch(
      /Catalog shoop does not exist.*Did you mean shop/u,
    );
  });
});
