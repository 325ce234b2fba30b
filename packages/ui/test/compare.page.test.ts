import { readFileSync } from "node:fs";
import type { CatalogComparison, Run } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage, runIn } from "./page.ts";
import { startShop } from "./running.ts";

const LEADERS = (catalog: string, limit: number, order: string) =>
  `SELECT customer,\n       sum(total) AS total,\n       count(*) AS orders\nFROM ${catalog}.gold.spend\nWHERE total > ${limit}\nGROUP BY customer\nORDER BY ${order}`;

describePage("the comparison", startShop, (test) => {
  const { open, get, post, clone } = test;
  const pane = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const tree = (page: Page) => page.getByRole("tree", { name: "Objects" });
  const item = (page: Page, name: string) =>
    page.getByRole("treeitem", { name: new RegExp(`\\b${name}\\b`, "u") }).first();
  const shown = (page: Page) => page.getByText(/^\d[\d,]* objects? of /u).textContent();
  const at = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);

  beforeAll(async () => {
    const { sql } = test.world;
    await sql(`CREATE VIEW shop.gold.leaders AS ${LEADERS("shop", 10, "total")}`);
    await clone({ source_catalog: "shop", destination_catalog: "shop_same" });
    await clone({ source_catalog: "shop", destination_catalog: "shop_qa" });
    for (const statement of [
      "INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)",
      "ALTER TABLE shop_qa.bronze.customers ADD COLUMN (country STRING COMMENT 'ISO 3166')",
      "ALTER TABLE shop_qa.bronze.customers ALTER COLUMN city COMMENT 'Where they live'",
      "ALTER TABLE shop_qa.bronze.products SET TBLPROPERTIES ('team' = 'qa')",
      "ALTER TABLE shop_qa.silver.orders_clean SET TAGS ('pii' = 'none')",
      "GRANT SELECT ON TABLE shop_qa.silver.orders_clean TO `account users`",
      `ALTER VIEW shop_qa.gold.leaders AS ${LEADERS("shop_qa", 20, "orders DESC")}`,
      "DROP FUNCTION shop_qa.gold.shout",
      "CREATE TABLE shop_qa.silver.scratch (id BIGINT, note STRING)",
      "CREATE SCHEMA shop_qa.sandbox",
    ])
      await sql(statement);
  });

  it("puts two catalogs side by side, object by object", async () => {
    const page = await open("/compare");
    await page.getByText("Choose two catalogs to see where they differ.").waitFor();
    await look(page, "c1-compare-empty");
    await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
    await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_qa");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await tree(page).waitFor();
    expect([at(page, "source"), at(page, "destination")]).toEqual(["shop", "shop_qa"]);
    const body = { source_catalog: "shop", destination_catalog: "shop_qa" };
    const { figures, objects } = await post<CatalogComparison>("/api/compare", body);
    expect(figures).toMatchObject({ differs: 5, only_source: 1, only_target: 2, not_compared: 0 });
    expect(await shown(page)).toBe(`8 objects of ${objects.length}`);
    await look(page, "c2-compare-differences");
  });

  it("opens an object, whose texts stand line beside line", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa");
    await tree(page).waitFor();
    await item(page, "leaders").click();
    await pane(page, "view leaders").getByText("orders DESC").first().waitFor();
    expect(at(page, "object")).toBe("view:gold.leaders");
    await look(page, "c3-compare-definition");
  });

  it("shows tags and grants one by one, and is as it was after a reload", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa");
    await tree(page).waitFor();
    await item(page, "orders_clean").click();
    const grants = pane(page, "table orders_clean").getByRole("region", { name: "Grants" });
    await grants.getByText("account users").waitFor();
    expect(await grants.textContent()).toContain("only in shop_qa");
    await look(page, "c4-compare-grants");

    // What is at the address comes back after a reload.
    await page.getByLabel("What differs").selectOption("column");
    await page.reload();
    await tree(page).waitFor();
    expect(await shown(page)).toBe("1 object of 16");
    await pane(page, "table orders_clean").waitFor();
  });

  it("narrows by state, kind, schema and name, and shows everything when asked", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa");
    await tree(page).waitFor();
    const states = page.getByRole("group", { name: "Objects shown" });
    await states.getByRole("button", { name: "same" }).click();
    expect(await shown(page)).toMatch(/^16 objects of 16$/u);
    for (const state of ["same", "differs", "only in shop_qa"])
      await states.getByRole("button", { name: state }).click();
    expect(await shown(page)).toBe("1 object of 16");
    await pane(page, "function shout").waitFor();
    await states.getByRole("button", { name: /only in shop ?\d/u }).click();
    await page.getByText("No object meets these filters.").waitFor();
    await page.goto(`${test.world.url}/compare?source=shop&destination=shop_qa`);
    await page.getByLabel("Find").fill("country");
    await page.getByText("1 object of 16").waitFor();
    await page.getByLabel("Find").fill("");
    await page.getByLabel("Schema", { exact: true }).selectOption("gold");
    await page.getByText("2 objects of 16").waitFor();
    await page.getByLabel("Kind", { exact: true }).selectOption("view");
    await page.getByText("1 object of 16").waitFor();
  });

  it("goes by the keyboard alone", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa");
    await tree(page).waitFor();
    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await pane(page, "table orders").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("false");
    expect(await page.getByRole("treeitem", { name: "customers" }).count()).toBe(0);
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("treeitem", { name: /customers/u }).count()).toBe(1);
    await page.keyboard.press("End");
    expect(await page.locator(":focus").textContent()).toContain("sandbox");
  });

  it("leads to a run that brings one object in line, and to one of all", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa&object=table:bronze.orders");
    await pane(page, "table orders").getByRole("link", { name: "Bring it in line" }).click();
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByRole("button", { name: "Execute", exact: true }).click();
    await page.waitForURL(/run=/u);
    const id = runIn(page);
    await (await fetch(`${test.world.url}/api/clone/${id}/events`)).text();
    expect(await get<Run>(`/api/clone/${id}`)).toMatchObject({
      status: "completed",
      load_type: "SELECTIVE",
      request: { include_objects: [{ schema: "bronze", name: "orders", type: "table" }] },
      result: { tables: { success: 1 } },
    });
    await page.goto(`${test.world.url}/compare?source=shop&destination=shop_qa`);
    await page.getByRole("link", { name: "Bring it in line" }).first().click();
    expect(await page.getByRole("combobox", { name: "Destination catalog" }).inputValue()).toBe("shop_qa");
  });

  it("can be taken away as CSV and JSON", async () => {
    const page = await open("/compare?source=shop&destination=shop_qa");
    const save = async (name: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name, exact: true }).click();
      const done = await download;
      return [done.suggestedFilename(), readFileSync(await done.path(), "utf8")] as const;
    };
    const [csvName, csv] = await save("CSV");
    expect(csvName).toBe("shop-shop_qa.csv");
    expect(csv.split("\r\n")).toContain("table,silver,orders_clean,only_target,tags,,pii,,none,");
    const [jsonName, json] = await save("JSON");
    expect(jsonName).toBe("shop-shop_qa.json");
    const body = { source_catalog: "shop", destination_catalog: "shop_qa" };
    expect(JSON.parse(json)).toEqual(await post("/api/compare", body));
  });

  it("is calm about catalogs that are alike, and names what it could not compare", async () => {
    await test.world.sql("DELETE FROM shop.bronze.orders WHERE id = 4");
    await clone({ source_catalog: "shop", destination_catalog: "shop_same", load_type: "SELECTIVE" });
    const page = await open("/compare?source=shop&destination=shop_same");
    await page.getByText("No differences").waitFor();
    await page.getByText(/hold the same 3 schemas, 7 tables, 2 views and 1 function/u).waitFor();
    await look(page, "c5-compare-alike");
    await test.world.sql("CREATE CATALOG a1");
    await test.world.sql("CREATE CATALOG a2");
    for (const catalog of ["a1", "a2"]) {
      await test.world.sql(`CREATE SCHEMA ${catalog}.s`);
      await test.world.sql(`CREATE TABLE ${catalog}.s.t (id BIGINT)`);
    }
    await page.goto(`${test.world.url}/compare?source=a1&destination=a2`);
    await page.getByText("Of 1 object not everything could be compared").waitFor();
    await page.getByText("Not compared: it carries no mark of a clone").waitFor();
    expect(await shown(page)).toBe("1 object of 3");
  });

  it("says what is wrong in the server's words, and stops when told to", async () => {
    test.expectComplaint("404");
    const page = await open("/compare?source=shop&destination=shop_qua");
    await page.getByText(/Catalog shop_qua does not exist/u).waitFor();
    await page.goto(`${test.world.url}/compare?source=shop&destination=shop_qa&include=%5B%22brnze%22%5D`);
    await page.getByText(/has a schema brnze. Did you mean bronze/u).waitFor();
    // Never answered: it is the page that gives up.
    await page.route("**/api/compare", () => {});
    await page.goto(`${test.world.url}/compare?source=shop&destination=shop_qa`);
    await page.getByRole("status", { name: "Looking at both catalogs" }).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    expect(await page.getByRole("button", { name: "Compare", exact: true }).count()).toBe(2);
  });

  it("draws of thousands of objects only those in sight", async () => {
    const { sql } = test.world;
    await sql("CREATE CATALOG many");
    await sql("CREATE SCHEMA many.s");
    await sql("CREATE CATALOG few");
    const names = Array.from({ length: 5_000 }, (_, n) => `f${String(n).padStart(4, "0")}`);
    while (names.length > 0)
      await Promise.all(
        names
          .splice(0, 100)
          .map((name) => sql(`CREATE FUNCTION many.s.${name}(x BIGINT) RETURNS BIGINT RETURN x + 1`)),
      );
    const page = await open("/compare?source=many&destination=few");
    await page.getByText("5,001 objects of 5,002").waitFor();
    const drawn = () => page.getByRole("treeitem").count();
    expect(await drawn()).toBeLessThan(60);
    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("End");
    await page.getByRole("treeitem", { name: /f4999/u }).waitFor();
    expect(await drawn()).toBeLessThan(60);
    await page.getByLabel("Find").fill("f1234");
    await page.getByText("1 object of 5,002").waitFor();
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1_000);
  }, 240_000);
});
