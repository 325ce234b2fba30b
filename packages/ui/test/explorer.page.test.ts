import type { Run } from "@clone-xs/server/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage, runIn } from "./page.ts";
import { startShop } from "./running.ts";

/** A shop as one might find it: raw tables, cleaned ones, views on views, a masked column, keys. */
const MORE = [
  "ALTER CATALOG shop SET TAGS ('domain' = 'sales')",
  "CREATE TABLE shop.bronze.payments (order_id BIGINT, method STRING, paid_at TIMESTAMP)",
  "CREATE TABLE shop.bronze.shipments (order_id BIGINT, carrier STRING, sent_at TIMESTAMP)",
  "CREATE TABLE shop.bronze.returns (order_id BIGINT, reason STRING)",
  "CREATE TABLE shop.bronze.web_events (id BIGINT, session STRING, payload STRING) COMMENT 'Clicks, as the site sends them'",
  "CREATE TABLE shop.bronze.`naïve-ünï` (`we.ird/col` INT)",
  "CREATE VOLUME shop.bronze.inbox COMMENT 'Files of the suppliers'",
  `CREATE TABLE shop.silver.people (
     id BIGINT NOT NULL COMMENT 'Given by the shop', name STRING NOT NULL, mail STRING COMMENT 'Private',
     city STRING, country STRING COMMENT 'ISO 3166', joined DATE, credit DECIMAL(12,2),
     preferences MAP<STRING, STRING>, CONSTRAINT people_pk PRIMARY KEY (id)
   ) PARTITIONED BY (country) COMMENT 'One row per customer, as the shop knows them'
     TBLPROPERTIES ('team' = 'crm', 'quality' = 'gold')`,
  `CREATE TABLE shop.silver.addresses (
     person BIGINT NOT NULL, street STRING, city STRING,
     CONSTRAINT lives_there FOREIGN KEY (person) REFERENCES shop.silver.people (id))`,
  "INSERT INTO shop.silver.people VALUES (1, 'ada', 'ada@example.org', 'London', 'GB', DATE'2024-01-05', 10.00, map('news', 'yes')), (2, 'grace', 'grace@example.org', 'New York', 'US', DATE'2024-03-09', 0.00, map('news', 'no'))",
  "ALTER TABLE shop.silver.people ADD CONSTRAINT solvent CHECK (credit >= 0)",
  "CREATE FUNCTION shop.silver.hide_mail(mail STRING) RETURNS STRING COMMENT 'Only the domain' RETURN concat('***@', split_part(mail, '@', 2))",
  "CREATE FUNCTION shop.silver.vat(amount DECIMAL(10,2)) RETURNS DECIMAL(12,2) RETURN CAST(amount * 1.2 AS DECIMAL(12,2))",
  "ALTER TABLE shop.silver.people ALTER COLUMN mail SET MASK shop.silver.hide_mail",
  "ALTER TABLE shop.silver.people ALTER COLUMN mail SET TAGS ('pii' = 'mail')",
  "ALTER TABLE shop.silver.people SET TAGS ('tier' = '1')",
  "CREATE VIEW shop.silver.order_facts AS SELECT o.id, o.customer, l.product, l.pieces, shop.silver.vat(p.price * l.pieces) AS paid FROM shop.bronze.orders o JOIN shop.bronze.order_lines l ON l.order_id = o.id JOIN shop.bronze.products p ON p.product = l.product",
  "CREATE VIEW shop.gold.revenue_by_product COMMENT 'What each product brings' AS SELECT product, sum(paid) AS revenue FROM shop.silver.order_facts GROUP BY product",
  "CREATE VIEW shop.gold.revenue_by_city AS SELECT p.city, sum(f.paid) AS revenue FROM shop.silver.order_facts f JOIN shop.silver.people p ON p.name = f.customer GROUP BY p.city",
  "CREATE VIEW shop.gold.best_customers AS SELECT shop.gold.shout(s.customer) AS who, s.total FROM shop.gold.spend s JOIN shop.gold.big_spenders b ON b.customer = s.customer",
  "CREATE VIEW shop.gold.board_report AS SELECT c.city, c.revenue, b.who FROM shop.gold.revenue_by_city c CROSS JOIN shop.gold.best_customers b CROSS JOIN shop.gold.revenue_by_product p",
  "GRANT USE CATALOG ON CATALOG shop TO readers",
  "GRANT USE SCHEMA, SELECT ON SCHEMA shop.silver TO readers",
  "GRANT MODIFY ON TABLE shop.silver.people TO reader",
  ...[7, 3, 11, 5, 2].map(
    (rows, i) =>
      `INSERT INTO shop.bronze.orders SELECT id, concat('customer ', CAST(id AS STRING)), CAST(9.5 AS DECIMAL(10,2)) FROM range(${i * 100}, ${i * 100 + rows * 40})`,
  ),
  "UPDATE shop.bronze.orders SET amount = 10.00 WHERE id < 20",
  "DELETE FROM shop.bronze.orders WHERE id > 560",
];

async function startRichShop(uiDirectory: string) {
  const shop = await startShop(uiDirectory);
  for (const statement of MORE) await shop.sql(statement);
  const { files } = shop.lakehouse.connect();
  const text = async function* () {
    yield new TextEncoder().encode("product,price\n");
  };
  for (const name of ["prices 2026.csv", "readme.md", "archive/prices 2024.csv", "archive/prices 2025.csv"])
    await files.write(`/Volumes/shop/bronze/inbox/${name}`, text());
  return shop;
}

const at = (search: Record<string, string>) => `/explorer?${new URLSearchParams(search).toString()}`;
const tree = (page: Page) => page.getByRole("tree", { name: "Catalogs" });
const item = (page: Page, name: string) => tree(page).getByRole("treeitem", { name, exact: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

describePage("the explorer", startRichShop, (test) => {
  const { open, get, clone } = test;

  beforeAll(async () => {
    await clone({ source_catalog: "shop", destination_catalog: "shop_copy", include_schemas: ["bronze"] });
  });

  it("is walked through by keys alone", async () => {
    const page = await open("/explorer");
    await item(page, "shop").waitFor();
    await page.getByText("Choose a catalog").waitFor();
    await look(page, "explorer-closed");
    await page.getByRole("searchbox", { name: "Filter what is open" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.type("shop");
    expect(await focused(page)).toBe("shop");
    await page.keyboard.press("ArrowRight");
    await item(page, "bronze").waitFor();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => focused(page)).toBe("bronze");
    await page.keyboard.press("End");
    await expect.poll(() => focused(page)).toBe("shop_copy");
    await page.keyboard.press("Home");
    await page.keyboard.type("si");
    await expect.poll(() => focused(page)).toBe("silver");
    await page.keyboard.press("ArrowRight");
    await item(page, "people").waitFor();
    await page.keyboard.type("peo");
    await expect.poll(() => focused(page)).toBe("people");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "people" }).waitFor();
    expect(new URL(page.url()).search).toBe("?catalog=shop&schema=silver&object=people");
    expect(await item(page, "people").getAttribute("aria-selected")).toBe("true");
    // The details are there and the keyboard is still in the tree.
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => focused(page)).toBe("silver");
    await page.keyboard.press("ArrowLeft");
    await item(page, "people").waitFor({ state: "detached" });
    expect(await item(page, "silver").getAttribute("aria-expanded")).toBe("false");
  });

  it("filters what is open", async () => {
    const page = await open(at({ catalog: "shop", schema: "gold" }));
    await item(page, "big_spenders").waitFor();
    await page.getByRole("searchbox").fill("REVENUE");
    await item(page, "revenue_by_city").waitFor();
    expect(await tree(page).getByRole("treeitem").allInnerTexts()).toEqual([
      "shop",
      "gold",
      "revenue_by_city",
      "revenue_by_product",
    ]);
    await page.getByRole("searchbox").fill("nothing is called this");
    await page.getByText("Nothing open holds this text.").waitFor();
  });

  it("shows a table down to its columns, with keys, masks, partitions and tags", async () => {
    const page = await open(at({ catalog: "shop", schema: "silver", object: "people" }));
    const columns = page.getByRole("grid", { name: "Columns" });
    await columns.waitFor();
    const mail = columns.getByRole("row").filter({ hasText: "mail" });
    expect(await mail.innerText()).toMatch(/string.*masked.*pii: mail.*Private/su);
    expect(await columns.getByRole("row").filter({ hasText: "country" }).innerText()).toContain(
      "partition 1",
    );
    expect(await columns.getByRole("row").nth(1).innerText()).toMatch(/id\s+bigint\s+PK\s+not null/u);
    await look(page, "explorer-table");
  });

  it("shows who may do what with a table, and all that it is by definition", async () => {
    const page = await open(at({ catalog: "shop", schema: "silver", object: "people", view: "grants" }));
    const grants = page.getByRole("grid", { name: "Grants" });
    await grants.waitFor();
    expect(await grants.getByRole("row").nth(1).innerText()).toMatch(/reader\s+MODIFY\s+here/u);
    expect(await grants.innerText()).toMatch(
      /readers\s+SELECT, USE SCHEMA\s+on schema silver|USE SCHEMA, SELECT/u,
    );
    await page.getByRole("tab", { name: "Definition" }).click();
    await page.getByText("credit >= 0").waitFor();
    await page.getByText("By other means").click();
    await page.getByText("clxs sql 'DESCRIBE TABLE EXTENDED shop.silver.people'").waitFor();
    await look(page, "explorer-definition");
    expect(new URL(page.url()).searchParams.get("view")).toBe("definition");
    await page.reload();
    await page.getByText("credit >= 0").waitFor();
  });

  it("shows every version of a table, and one in full", async () => {
    const page = await open(at({ catalog: "shop", schema: "bronze", object: "orders", view: "history" }));
    const history = page.getByRole("grid", { name: "History" });
    const deletion = history.getByRole("row").filter({ hasText: "DELETE" });
    await deletion.waitFor();
    expect(await history.getByRole("row").filter({ hasText: "WRITE" }).first().innerText()).toContain(
      "+80 rows",
    );
    await page
      .getByRole("figure", { name: "Bytes written per version" })
      .locator(".recharts-surface path")
      .first()
      .waitFor();
    await deletion.click();
    await page
      .getByRole("region", { name: /^Version \d+$/u })
      .getByText("numDeletedRows")
      .waitFor();
    await look(page, "explorer-history");
  });

  it("draws what is made from what, and says it", async () => {
    const page = await open(at({ catalog: "shop", view: "lineage" }));
    const graph = page.getByRole("group", { name: "Lineage of shop" });
    await graph.getByRole("link", { name: "board_report" }).waitFor();
    await graph.getByText("masks").waitFor();
    expect(await graph.getByRole("link", { name: /bronze/u }).count()).toBe(3);
    const words = page.getByRole("grid", { name: "Lineage in words" });
    // 16 edges and the head.
    expect(await words.getAttribute("aria-rowcount")).toBe("17");
    await look(page, "explorer-lineage");
  });

  it("leads from object to object along their lineage", async () => {
    const page = await open(at({ catalog: "shop", view: "lineage" }));
    const graph = page.getByRole("group", { name: "Lineage of shop" });
    await graph.getByRole("link", { name: "order_facts" }).click();
    await page.getByRole("heading", { name: "order_facts" }).waitFor();
    expect(new URL(page.url()).search).toBe("?catalog=shop&schema=silver&object=order_facts");
    await page.getByRole("tab", { name: "Lineage" }).click();
    const words = page.getByLabel("In words");
    await words.waitFor();
    expect(await words.innerText()).toMatch(
      /Reads\s+shop\.bronze\.order_lines\s+shop\.bronze\.orders\s+shop\.bronze\.products\s+Is read by/u,
    );
    expect(await words.innerText()).toMatch(/Calls\s+shop\.silver\.vat/u);
    await look(page, "explorer-lineage-view");
    await words.getByRole("link", { name: "shop.silver.vat" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "vat" }).waitFor();
    await page.getByText("vat(amount decimal(10,2)) → decimal(12,2)").waitFor();
    await look(page, "explorer-function");
  });

  it("says of a clone where it comes from", async () => {
    const page = await open(at({ catalog: "shop_copy", schema: "bronze", object: "orders" }));
    const { job_id } = (await get<Run[]>("/api/clone/jobs?limit=1"))[0] ?? { job_id: "" };
    await page.getByText("Clone of").waitFor();
    expect(await page.getByRole("link", { name: job_id }).getAttribute("href")).toBe(`/runs/${job_id}`);
    await page.getByRole("tab", { name: "Lineage" }).click();
    await page.getByLabel("In words").getByText("Is a clone of").waitFor();
    await page.getByRole("link", { name: "shop.bronze.orders" }).first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get("catalog")).toBe("shop");
  });

  it("lists the files of a volume folder by folder", async () => {
    const page = await open(at({ catalog: "shop", schema: "bronze", object: "inbox", kind: "volume" }));
    const files = page.getByRole("grid", { name: "Files" });
    await files.getByText("readme.md").waitFor();
    await look(page, "explorer-volume");
    await files.getByText("archive").click();
    await files.getByText("prices 2024.csv").waitFor();
    expect(new URL(page.url()).searchParams.get("path")).toBe("archive");
    await page.getByRole("navigation", { name: "Folder" }).getByRole("link", { name: "inbox" }).click();
    await files.getByText("readme.md").waitFor();
  });

  it("stands one after the other on a narrow screen", async () => {
    const page = await open("/explorer");
    await page.setViewportSize({ width: 360, height: 780 });
    await item(page, "shop").click();
    await page.getByRole("heading", { name: "shop" }).waitFor();
    expect(await tree(page).isVisible()).toBe(false);
    await page.getByRole("grid", { name: "Schemas" }).getByText("gold").click();
    await page.getByRole("heading", { name: "gold" }).waitFor();
    await look(page, "explorer-schema");
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole("link", { name: "All catalogs" }).click();
    await item(page, "gold").waitFor();
    expect(await tree(page).isVisible()).toBe(true);
  });

  it("begins a clone of one view with it", async () => {
    const page = await open(at({ catalog: "shop", schema: "gold", object: "big_spenders" }));
    await page.getByRole("main").getByRole("link", { name: "Clone", exact: true }).click();
    await page.getByRole("combobox", { name: "Destination" }).fill("spenders");
    await page.getByRole("button", { name: "Continue to options" }).click();
    await page.getByRole("button", { name: "Continue to preview" }).click();
    await page.getByRole("button", { name: "Dry run" }).click();
    await expect.poll(() => runIn(page)).toMatch(/^[0-9a-f]{8}$/u);
    expect((await get<Run>(`/api/clone/${runIn(page)}`)).request).toMatchObject({
      source_catalog: "shop",
      destination_catalog: "spenders",
      include_schemas: ["gold"],
      include_objects: [{ schema: "gold", name: "big_spenders", type: "view" }],
    });
  });

  it("begins a stream of one table with it", async () => {
    const page = await open(at({ catalog: "shop", schema: "bronze", object: "orders" }));
    await page.getByRole("link", { name: "Keep in sync" }).click();
    expect(await page.getByRole("combobox", { name: "Source catalog" }).inputValue()).toBe("shop");
    await page.getByRole("checkbox", { name: "orders", exact: true }).waitFor();
    expect(await page.getByRole("checkbox", { name: "orders", exact: true }).isChecked()).toBe(true);
  });

  it("says what is not there, and shows the rest where one part cannot be read", async () => {
    const page = await open(at({ catalog: "shop", schema: "gold", object: "gone" }));
    await page.getByRole("alert").getByText("There is no table shop.gold.gone").waitFor();
    await look(page, "explorer-not-there");
    test.expectComplaint("404");
    test.world.chaos.add({
      on: { statement: "DESCRIBE DETAIL|DESCRIBE HISTORY" },
      fault: { kind: "end", state: "FAILED", errorCode: "BAD_REQUEST", message: "No SELECT on it." },
    });
    await page.goto(test.world.url + at({ catalog: "shop", schema: "bronze", object: "naïve-ünï" }));
    await page.getByRole("grid", { name: "Columns" }).getByText("we.ird/col").waitFor();
    await page.getByRole("tab", { name: "History" }).click();
    await page.getByRole("alert").getByText("No SELECT on it.").waitFor();
    await look(page, "explorer-part-refused");
    test.expectComplaint("403");
    test.expectComplaint("502");
    test.world.chaos.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    const history = page.getByRole("grid", { name: "History" });
    await history.getByText("CREATE TABLE").waitFor();
    expect(await history.getAttribute("aria-rowcount")).toBe("2");
  });
});
