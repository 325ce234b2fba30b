import { readFileSync } from "node:fs";
import type { CatalogComparison, Run } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

const LONG_VIEW = (limit: number, order: string) =>
  `SELECT customer,\n       sum(total) AS total,\n       count(*) AS orders\nFROM shop.gold.spend\nWHERE total > ${limit}\nGROUP BY customer\nORDER BY ${order}`;

describePage("the comparison", startShop, (test) => {
  const { open, get, post, clone } = test;
  const pane = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const compared = () =>
    post<CatalogComparison>("/api/compare", { source_catalog: "shop", destination_catalog: "shop_qa" });

  beforeAll(async () => {
    const { sql } = test.world;
    await sql(`CREATE VIEW shop.gold.leaders AS ${LONG_VIEW(10, "total")}`);
    await clone({ source_catalog: "shop", destination_catalog: "shop_same" });
    await clone({ source_catalog: "shop", destination_catalog: "shop_qa" });
    for (const statement of [
      "INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)",
      "ALTER TABLE shop_qa.bronze.customers ADD COLUMN (country STRING COMMENT 'ISO 3166')",
      "ALTER TABLE shop_qa.bronze.customers ALTER COLUMN city COMMENT 'Where they live'",
      "ALTER TABLE shop_qa.bronze.products SET TBLPROPERTIES ('team' = 'qa')",
      "ALTER TABLE shop_qa.silver.orders_clean SET TAGS ('pii' = 'none')",
      "GRANT SELECT ON TABLE shop_qa.silver.orders_clean TO `account users`",
      "COMMENT ON TABLE shop_qa.bronze.orders IS 'Orders, a row each'",
      `ALTER VIEW shop_qa.gold.leaders AS ${LONG_VIEW(20, "orders DESC").replace("shop.gold", "shop_qa.gold")}`,
      "DROP FUNCTION shop_qa.gold.shout",
      "CREATE TABLE shop_qa.silver.scratch (id BIGINT, note STRING)",
      "CREATE SCHEMA shop_qa.sandbox",
    ])
      await sql(statement);
  });

  it("puts two catalogs side by side, narrows them, opens an object, and leads to the wizard", async () => {
    const page = await open("/compare");
    await page.getByText("Choose two catalogs to see where they differ.").waitFor();
    await look(page, "c1-compare-empty");
    await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
    await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_qa");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.getByRole("tree", { name: "Objects" }).waitFor();
    expect(new URL(page.url()).searchParams.get("destination")).toBe("shop_qa");
    await look(page, "c2-compare-differences");
    await page.getByRole("treeitem", { name: /leaders/u }).click();
    await pane(page, "view leaders").waitFor();
    expect(new URL(page.url()).searchParams.get("object")).toBe("view:gold.leaders");
    await look(page, "c3-compare-definition");
    await page
      .getByRole("treeitem", { name: /customers/u })
      .first()
      .click();
    await pane(page, "table customers").getByText("country").first().waitFor();
    await look(page, "c4-compare-columns");
  });
});
