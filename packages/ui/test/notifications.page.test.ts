import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

interface Channels {
  readonly channels: readonly {
    readonly name: string;
    readonly enabled: boolean;
    readonly events: string[];
  }[];
}

/** Takes whatever is posted, and answers as it is told. */
async function receiver(status: () => number): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server: Server = createServer((request, answer) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      bodies.push(text);
      answer.writeHead(status()).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/planted-address`, bodies };
}

describePage("the notifications", startShop, (test) => {
  const { open, get, post, clone } = test;
  const channels = async () => (await get<Channels>("/api/notifications")).channels;

  it("adds a channel, tests it, tells it of runs, and never shows its address again", async () => {
    const there = await receiver(() => 204);
    const page = await open("/settings/notifications");
    await page.getByText("Nobody is told of anything yet.").waitFor();
    await look(page, "settings-notifications-none");
    await page.getByRole("button", { name: "Add a channel" }).click();
    await page.getByLabel("Name").fill("ops");
    await page.getByLabel("Address").fill("http://hooks.example.com/x");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(/url must be https/u).waitFor();
    test.expectComplaint("422");
    await page.getByLabel("Address").fill(there.url);
    await page.getByLabel("Secret").fill("planted-secret");
    await page.getByLabel("A run completed").click();
    await page.getByText("By other means").click();
    await look(page, "settings-notifications-add");
    await page.getByRole("button", { name: "Save" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "ops" });
    await row.getByText("…ress").waitFor();
    await row.getByRole("button", { name: "Test ops" }).click();
    await row.getByText(/^.?\s*Delivered to 127\.0\.0\.1/u).waitFor();
    const { job_id } = await clone({ source_catalog: "shop", destination_catalog: "shop_told" });
    await row.getByRole("button", { name: "Deliveries" }).click();
    await row.getByText("Clone shop → shop_told completed").waitFor();
    await row.getByText("DELIVERED", { exact: true }).nth(1).waitFor();
    expect(there.bodies.map((body) => (JSON.parse(body) as { event: string }).event)).toEqual([
      "test",
      "run_completed",
    ]);
    expect(there.bodies[1]).toContain(job_id);
    await look(page, "settings-notifications");
    for (const planted of ["planted-address", "planted-secret"]) {
      expect(await page.content()).not.toContain(planted);
      expect(JSON.stringify(await channels())).not.toContain(planted);
    }
  });

  it("says what does not arrive, switches off and deletes after asking", async () => {
    const there = await receiver(() => 500);
    await post("/api/notifications", { name: "broken", kind: "webhook", url: there.url });
    const page = await open("/settings/notifications");
    const row = page.getByRole("listitem").filter({ hasText: "broken" });
    await row.getByRole("button", { name: "Test broken" }).click();
    await row.getByText("Answered 500.").first().waitFor();
    await look(page, "settings-notifications-broken");
    await row.getByRole("switch", { name: "broken is on" }).click();
    await row.getByText("switched off").waitFor();
    expect((await channels()).find(({ name }) => name === "broken")?.enabled).toBe(false);
    await row.getByRole("button", { name: "Change broken" }).click();
    await row.getByLabel("A stream failed").click();
    await row.getByRole("button", { name: "Save" }).click();
    await row.getByRole("button", { name: "Save" }).waitFor({ state: "detached" });
    expect((await channels()).find(({ name }) => name === "broken")?.events).not.toContain("stream_failed");
    await row.getByRole("button", { name: "Delete broken" }).click();
    await page.getByText("Delete the channel broken?").waitFor();
    await page.getByRole("button", { name: "Yes, delete it" }).click();
    await row.waitFor({ state: "detached" });
    expect((await channels()).map(({ name }) => name)).not.toContain("broken");
  });
});
