import type { StreamRecord } from "@clone-xs/server/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

/** Pictures in two themes and two widths, each judged by axe. */
const PATIENCE = 400_000;

const STREAMS = "/api/continuous-sync/streams";

describePage("the streams", startShop, (test) => {
  const { open, get, post } = test;

  beforeAll(async () => {
    const { sql } = test.world;
    await sql(
      `CREATE TABLE shop.bronze.events (id BIGINT NOT NULL, note STRING, CONSTRAINT pk PRIMARY KEY (id))
       TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
    );
    await sql("INSERT INTO shop.bronze.events VALUES (1, 'one'), (2, 'two')");
    await sql("CREATE TABLE shop.bronze.visits (id BIGINT NOT NULL, CONSTRAINT pk2 PRIMARY KEY (id))");
  });
  afterAll(async () => {
    for (const { stream_id } of await get<StreamRecord[]>(STREAMS))
      await post(`${STREAMS}/${stream_id}/stop`, {});
  });

  const only = async () => (await get<StreamRecord[]>(STREAMS))[0];

  it(
    "plans a stream, names the ALTER that is missing, starts, restarts and stops it",
    async () => {
      const { sql } = test.world;
      const page = await open("/streams");
      await page.getByText("Nothing is kept in sync.").waitFor();
      await look(page, "8-streams-none");
      await page.getByRole("link", { name: "New stream" }).click();
      await page.getByRole("combobox", { name: "Source catalog" }).fill("shop");
      await page.getByRole("combobox", { name: "Destination catalog" }).fill("shop_live");
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: "Show tables of bronze" }).click();
      for (const name of ["events", "visits", "orders"])
        await page.getByRole("checkbox", { name, exact: true }).check();
      await page.getByLabel("Seconds between two looks").fill("0.2");
      await page.getByRole("button", { name: "Show the plan" }).click();
      await page.getByText("The stream cannot start: 1 problem").waitFor();
      const alter = page.getByRole("region", { name: "the ALTER statements" });
      expect(await alter.innerText()).toMatch(/ALTER TABLE .*visits.* SET TBLPROPERTIES/u);
      expect(await page.getByRole("button", { name: "Start the stream" }).isDisabled()).toBe(true);
      await look(page, "8-streams-plan-problem");

      await sql("ALTER TABLE shop.bronze.visits SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
      await page.getByRole("button", { name: "Look again" }).click();
      await page.getByText("MERGE BY KEY").nth(1).waitFor();
      await page.getByText("INCREMENTAL CLONE").waitFor();
      await page.getByText("A day", { exact: true }).waitFor();
      await look(page, "8-streams-plan");
      await page.getByRole("button", { name: "Start the stream" }).click();
      await page.locator("[data-badge]", { hasText: "RUNNING" }).waitFor();
      const first = await only();
      await sql("INSERT INTO shop.bronze.events VALUES (3, 'three')");
      await expect
        .poll(() => sql("SELECT count(*) FROM shop_live.bronze.events"), { timeout: 20_000 })
        .toEqual([["3"]]);
      await page.getByText("in step").nth(2).waitFor();
      await page.getByRole("figure", { name: "How far the slowest table was behind" }).waitFor();
      expect(await page.getByRole("grid", { name: "Tables of the stream" }).getByRole("row").count()).toBe(4);
      await look(page, "8-stream");

      await page.getByRole("button", { name: "Restart", exact: true }).click();
      await page.getByRole("dialog").getByText("By other means").click();
      await page
        .getByRole("region", { name: "the command" })
        .getByText(`clxs streams restart ${first?.stream_id}`)
        .waitFor();
      await look(page, "8-stream-restart");
      await page.getByRole("button", { name: "Restart the stream" }).click();
      await expect.poll(async () => (await only())?.run_id, { timeout: 20_000 }).not.toBe(first?.run_id);
      const second = await only();
      expect(second?.stream_id).toBe(first?.stream_id);
      await page
        .getByText(second?.run_id ?? "")
        .first()
        .waitFor();
      await page.locator("[data-badge]", { hasText: "RUNNING" }).waitFor();
      await page.goto(`${test.world.url}/streams`);
      const row = page.getByRole("listitem").filter({ hasText: first?.stream_id ?? "" });
      await row.getByText("RUNNING").waitFor();
      for (const name of ["events", "visits", "orders"])
        await row.getByText(`bronze.${name} in step`).waitFor();
      await row.getByText(`run ${second?.run_id}`).waitFor();
      await look(page, "8-streams");
      await row.getByRole("link", { name: first?.stream_id ?? "" }).click();
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      expect(await only()).toMatchObject({ status: "running" });
      await page.getByRole("button", { name: "Stop the stream" }).click();
      await page.locator("[data-badge]", { hasText: "STOPPED" }).waitFor();
      expect(await only()).toMatchObject({ status: "stopped", run_id: second?.run_id });
      expect(await page.getByRole("button", { name: "Stop", exact: true }).count()).toBe(0);
    },
    PATIENCE,
  );

  it(
    "says what a stream has failed of",
    async () => {
      const { sql } = test.world;
      await sql("CREATE TABLE shop.bronze.doomed (id INT)");
      const { stream_id } = await post<StreamRecord>("/api/continuous-sync/start", {
        source_catalog: "shop",
        destination_catalog: "shop_doomed",
        tables: ["bronze.doomed"],
        trigger_ms: 100,
        max_retries: 0,
      });
      await sql("DROP TABLE shop.bronze.doomed");
      const page = await open(`/streams/${stream_id}`);
      await page.getByText("The stream has failed").waitFor();
      await page.locator("[data-badge]", { hasText: "FAILED" }).waitFor();
      await page
        .getByRole("alert")
        .getByText(/doomed/u)
        .waitFor();
      await look(page, "8-stream-failed");
      expect((await get<StreamRecord>(`${STREAMS}/${stream_id}`)).error).toContain("doomed");
    },
    PATIENCE,
  );

  it(
    "says why a stream cannot be found",
    async () => {
      const page = await open("/streams/sync-0123456789");
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").innerText()).toContain("sync-0123456789");
      test.expectComplaint("404");
    },
    PATIENCE,
  );
});
