import type { Overview, OverviewSeries } from "@clone-xs/server/contract";
import { afterEach, beforeAll, expect, it } from "vitest";
import { fourWeeks, startInThePast } from "./lively.ts";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

/** Pictures in two themes and two widths, each judged by axe. */
const PATIENCE = 300_000;

describePage("the overview at first use", startShop, (test) => {
  it(
    "says what this is, and offers three ways to begin that all lead somewhere",
    async () => {
      const page = await test.open("/");
      await page.getByRole("heading", { name: "Nothing has been cloned yet" }).waitFor();
      await page.getByText("--source shop").waitFor();
      await look(page, "0-overview-first-use");
      await page.getByRole("link", { name: "Clone a catalog", exact: true }).click();
      await page.getByRole("combobox", { name: "Source catalog" }).waitFor();
      await page.goBack();
      await page.getByRole("link", { name: "Open the explorer" }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/explorer");
    },
    PATIENCE,
  );

  it(
    "is calm when all is well",
    async () => {
      await test.clone({ source_catalog: "shop", destination_catalog: "shop_dev" });
      const page = await test.open("/");
      await page.getByText("Nothing needs attention.").waitFor();
      const copies = page.getByRole("table", { name: "Copies" });
      await copies.getByText("In sync").waitFor();
      expect((await test.get<Overview>("/api/overview")).attention).toEqual([]);
      await page.getByRole("figure", { name: "Runs per day, by outcome" }).waitFor();
      await look(page, "0-overview-calm");
    },
    PATIENCE,
  );
});

describePage("the overview", startInThePast, (test) => {
  beforeAll(async () => {
    await fourWeeks(test.world);
  }, 400_000);
  afterEach(() => test.world.chaos.clear());

  it(
    "shows what needs attention first, with what mends it",
    async () => {
      const page = await test.open("/");
      const attention = page.getByRole("list", { name: "Needs attention" });
      await attention.getByText("people → people_test was cloned in part").first().waitFor();
      await attention.getByText("2 tables of sales → sales_backup drifted").first().waitFor();
      const { attention: told } = await test.get<Overview>("/api/overview");
      expect(told.map(({ kind }) => kind)).toEqual(["run_failed", "drift"]);
      const copies = page.getByRole("table", { name: "Copies" });
      const row = (name: string) => copies.getByRole("row").filter({ hasText: name });
      await row("sales_backup").getByText("2 tables drifted").waitFor();
      await row("shop_dev").getByText("In sync").waitFor();
      await row("sales_backup").getByRole("img", { name: "Drifted tables found: 1, 2" }).waitFor();
      await page.locator(".recharts-surface").nth(3).waitFor();
      await look(page, "0-overview");

      await attention.getByRole("link", { name: /Clone what drifted/u }).click();
      await expect
        .poll(() => page.getByRole("combobox", { name: "Source catalog" }).inputValue())
        .toBe("sales");
    },
    PATIENCE,
  );

  it(
    "draws what can be read as a table, and by the keyboard",
    async () => {
      const { days } = await test.get<OverviewSeries>("/api/overview/series?days=30");
      const failed = days.reduce((sum, day) => sum + day.failed + day.partial, 0);
      expect(failed).toBe(1);
      const page = await test.open("/");
      const figure = page.getByRole("figure", { name: "Runs per day, by outcome" });
      await figure.locator(".recharts-surface").first().waitFor();
      const before = await figure.boundingBox();
      await figure.getByRole("button", { name: /^Show as table/u }).click();
      const table = figure.getByRole("table");
      expect(await table.getByRole("row").count()).toBe(31);
      expect(await table.getByRole("columnheader").allInnerTexts()).toEqual(["When", "completed", "in part"]);
      expect(await figure.boundingBox()).toEqual(before);
      await figure.getByRole("button", { name: /^Show as table/u }).click();
      await figure.getByRole("application").focus();
      await page.keyboard.press("ArrowRight");
      await figure.getByText("nothing").waitFor();
    },
    PATIENCE,
  );

  it(
    "follows what runs",
    async () => {
      test.world.chaos.add({
        on: { kind: "clone", statement: "invoices" },
        fault: { kind: "delay", ms: 90_000 },
      });
      const id = await test.submit({
        source_catalog: "sales",
        destination_catalog: "sales_backup",
        load_type: "SELECTIVE",
      });
      const page = await test.open("/");
      const live = page.getByRole("list", { name: "Runs under way" });
      await live.getByText("RUNNING").waitFor();
      expect((await test.get<Overview>("/api/overview")).live.map(({ job_id }) => job_id)).toEqual([id]);
      await look(page, "0-overview-live");
      test.world.chaos.clear();
      await fetch(`${test.world.url}/api/clone/${id}`, { method: "DELETE" });
      await live.waitFor({ state: "detached" });
      await page.getByRole("list", { name: "Recent runs" }).getByText("CANCELLED").waitFor();
    },
    PATIENCE,
  );
});
