import type { Connections } from "@clone-xs/server/contract";
import { expect, it } from "vitest";
import { look } from "./look.ts";
import { startNeighbours } from "./neighbours.ts";
import { describePage } from "./page.ts";

describePage("the settings", startNeighbours, (test) => {
  const { open, get, post } = test;
  const names = async () =>
    (await get<Connections>("/api/connections")).connections.map(({ name }) => name).sort();

  it("adds a connection with a warehouse of its list, tests it, and never shows its token again", async () => {
    const { east } = test.world;
    const page = await open("/settings");
    await page.getByText("No connection is saved yet.").waitFor();
    await look(page, "7-settings-none");
    await page.getByRole("button", { name: "Add a connection" }).click();
    await page.getByLabel("Name").fill("east");
    await page.getByLabel("Host").fill(east.url);
    await page.getByRole("textbox", { name: "Token" }).fill(east.connection.token);
    await page.getByRole("button", { name: "List them" }).click();
    await page.getByRole("button", { name: "List them" }).waitFor();
    await page.getByRole("combobox", { name: "Warehouse" }).click();
    await page.getByRole("option", { name: new RegExp(east.connection.warehouse_id, "u") }).click();
    await page.getByLabel("Default destination").fill("shop_east");
    await page.getByRole("button", { name: "Test without saving" }).click();
    await page.getByText("WORKS", { exact: true }).waitFor();
    await look(page, "7-settings-add");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: "shop_east" });
    await row.getByText("warehouse").waitFor();

    await row.getByRole("button", { name: "Test east" }).click();
    await row.getByText("WORKS", { exact: true }).waitFor();
    await row.getByText(`Signed in to ${east.url} as ${east.lakehouse.owner}.`).waitFor();
    await row.getByText(/^Warehouse .* \((RUNNING|STOPPED)\)\.$/u).waitFor();
    await look(page, "7-settings-tested");
    await row.getByRole("button", { name: "Edit east" }).click();
    expect(await page.getByRole("textbox", { name: "Token" }).inputValue()).toBe("");
    expect(await page.content()).not.toContain(east.connection.token);
    expect(JSON.stringify(await get("/api/connections"))).not.toContain(east.connection.token);
  });

  it("says under each field what is wrong with it", async () => {
    const page = await open("/settings");
    await page.getByRole("button", { name: "Add a connection" }).click();
    await page.getByLabel("Name").fill("south");
    await page.getByLabel("Host").fill("http://south.example.com");
    await page.getByLabel("Default destination").fill("a.b");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/would send credentials in the clear/u).waitFor();
    await page.getByText("token is required with auth_method pat.").waitFor();
    await page.getByText(/^destination_catalog "a\.b" cannot be a catalog name/u).waitFor();
    for (const label of ["Host", "Token", "Default destination"])
      expect(await page.getByLabel(label, { exact: true }).getAttribute("aria-invalid")).toBe("true");
    await look(page, "7-settings-wrong");
    expect(await names()).not.toContain("south");
    test.expectComplaint("422");
  });

  it("keeps credentials over a change, and tells why a connection does not work", async () => {
    const { west } = test.world;
    await post("/api/connections", { name: "west", ...west.connection });
    const page = await open("/settings");
    await page.getByRole("button", { name: "Edit west" }).click();
    await page.getByRole("combobox", { name: "Warehouse" }).fill("0000000000000bad");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: "0000000000000bad" });
    await row.getByRole("button", { name: "Test west" }).click();
    await row.getByText("DOES NOT WORK").waitFor();
    await row.getByText(/no SQL warehouse 0000000000000bad/u).waitFor();
    await row.getByText(`Signed in to ${west.url} as ${west.lakehouse.owner}.`).waitFor();
    expect(await row.getByRole("img", { name: "Failed" }).count()).toBe(1);
    await look(page, "7-settings-broken");
  });

  it("deletes a connection after asking", async () => {
    await post("/api/connections", { name: "gone", ...test.world.west.connection });
    const page = await open("/settings");
    await page.getByRole("button", { name: "Delete gone" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    expect(await names()).toContain("gone");
    await page.getByRole("button", { name: "Delete gone" }).click();
    await look(page, "7-settings-delete");
    await page.getByRole("button", { name: "Yes, delete it" }).click();
    await page.getByRole("button", { name: "Delete gone" }).waitFor({ state: "detached" });
    expect(await names()).not.toContain("gone");
  });
});
