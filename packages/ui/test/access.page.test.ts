import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { look } from "./look.ts";
import { describePage } from "./page.ts";
import { startShop } from "./running.ts";

const SERVER_TOKEN = "planted-server-token-7f3a";

describePage(
  "access",
  (ui) => startShop(ui, { auth: "token", token: SERVER_TOKEN }),
  (test) => {
    const asAdmin = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const answer = await fetch(test.world.url + path, {
        method,
        headers: { authorization: `Bearer ${SERVER_TOKEN}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as T;
    };
    const makeToken = (name: string, role: string) =>
      asAdmin<{ id: string; token: string }>("POST", "/api/tokens", { name, role });
    const signIn = async (page: Page, token: string) => {
      await page.getByRole("textbox", { name: "Token" }).fill(token);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    /** Why a button is shut, as it is read out. */
    const refusalOf = async (page: Page, name: string) => {
      const button = page.getByRole("button", { name, exact: true, disabled: true });
      return page.locator(`[id="${await button.getAttribute("aria-describedby")}"]`).textContent();
    };
    /** Everything of a page that outlives a look at it, and what it shows. */
    const keptBy = async (page: Page) =>
      page.evaluate(() =>
        JSON.stringify([
          Object.entries(localStorage),
          Object.entries(sessionStorage),
          document.cookie,
          document.documentElement.outerHTML,
          [...document.querySelectorAll("input")].map(({ value }) => value),
          history.state,
          location.href,
        ]),
      );

    it("asks for a token, stays signed in over a reload, and signs out", async () => {
      const page = await test.open("/settings/access");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      expect(await page.getByRole("navigation").count()).toBe(0);
      await look(page, "access-sign-in");
      await signIn(page, "guessed");
      await page.getByText(/This token is not known here/u).waitFor();
      await look(page, "access-sign-in-wrong");
      test.expectComplaint("401");
      await signIn(page, SERVER_TOKEN);
      await page.getByRole("heading", { name: "Access" }).waitFor();
      await page.getByText("You may do everything").waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "Access" }).waitFor();
      expect(await keptBy(page)).not.toContain(SERVER_TOKEN);
      const [cookie] = await page.context().cookies();
      expect(cookie).toMatchObject({ name: "clxs_session", httpOnly: true, sameSite: "Strict", path: "/" });
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });

    it("makes a token that is shown once and works", async () => {
      const page = await test.open("/settings/access");
      await signIn(page, SERVER_TOKEN);
      await page.getByText("Only the token that the server was started with is known.").waitFor();
      await page.getByRole("button", { name: "Add a token" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("nightly");
      await dialog.getByRole("radio", { name: "operator" }).click();
      await dialog.getByRole("button", { name: "Make the token" }).click();
      const token = await dialog.getByRole("region", { name: "the token" }).innerText();
      await look(page, "access-token-shown");
      await dialog.getByRole("button", { name: "Done" }).click();
      const row = page.getByRole("listitem").filter({ hasText: "nightly" });
      await row.getByText(/made by server just now · expires .* · never used/u).waitFor();
      expect(await keptBy(page)).not.toContain(token);

      const who = await fetch(`${test.world.url}/api/session`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await who.json()).toMatchObject({ name: "nightly", role: "operator", auth: "token" });
      await page.reload();
      await page.getByRole("row", { name: /server.*Add token nightly/u }).waitFor();
    });

    it("says under the name of a token what is wrong with it", async () => {
      const page = await test.open("/settings/access");
      await signIn(page, SERVER_TOKEN);
      await page.getByRole("button", { name: "Add a token" }).click();
      await page.getByRole("dialog").getByLabel("Name").fill("local");
      await page.getByRole("radio", { name: "operator" }).click();
      await page.getByRole("button", { name: "Make the token" }).click();
      await page.getByText("name local means something else in the record of who did what.").waitFor();
      test.expectComplaint("422");
      await look(page, "access-new-token");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect((await asAdmin<{ tokens: { name: string }[] }>("GET", "/api/tokens")).tokens).not.toContainEqual(
        expect.objectContaining({ name: "local" }),
      );
    });

    it("takes a token back after asking", async () => {
      const { token } = await makeToken("passing", "operator");
      const page = await test.open("/settings/access");
      await signIn(page, SERVER_TOKEN);
      const row = page.getByRole("listitem").filter({ hasText: "passing" });
      await row.waitFor();
      await look(page, "access-page");
      await page.getByRole("button", { name: "Remove passing" }).click();
      await page.getByRole("button", { name: "Keep it" }).click();
      await page.getByRole("button", { name: "Remove passing" }).click();
      await look(page, "access-remove");
      await page.getByRole("button", { name: "Yes, remove it" }).click();
      await row.waitFor({ state: "detached" });
      const after = await fetch(`${test.world.url}/api/whoami`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(after.status).toBe(401);
    });

    it("tells a viewer clearly what is not for him", async () => {
      const { token } = await makeToken("reader", "viewer");
      const page = await test.open("/settings/access");
      await signIn(page, token);
      await page.getByText("Tokens and the record of who did what are for administrators.").waitFor();
      await page.getByText("reader viewer").waitFor();
      await look(page, "access-viewer");
      await page.goto(`${test.world.url}/settings`);
      expect(await refusalOf(page, "Add a connection")).toBe("Needs the role admin; you are a viewer.");
      expect(await page.title()).toBe("Connections · Clone-Xs");
      await page.goto(`${test.world.url}/plans`);
      expect(await refusalOf(page, "Open a file")).toBe("Needs the role operator; you are a viewer.");
      expect(await page.title()).toBe("Plans · Clone-Xs");
      await page.goto(`${test.world.url}/schedules`);
      expect(await refusalOf(page, "New schedule")).toBe("Needs the role operator; you are a viewer.");
      expect(await page.title()).toBe("Schedules · Clone-Xs");
    });

    it("goes back to signing in when the token is taken away meanwhile", async () => {
      const { id, token } = await makeToken("leaving", "admin");
      const page = await test.open("/settings/access");
      await signIn(page, token);
      await page.getByRole("heading", { name: "Access" }).waitFor();
      await asAdmin("DELETE", `/api/tokens/${id}`);
      test.expectComplaint("401");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      expect(await page.getByText("leaving").count()).toBe(0);
    });

    it("says on a server that asks nobody how to have it ask", async () => {
      const open = await startShop(test.world.uiDirectory);
      try {
        const page = await test.open("/settings/access", open.url);
        await page.getByText("This server asks nobody for a token").waitFor();
        await page.getByText("clxs serve --auth token").waitFor();
        expect(await page.getByRole("button", { name: "Sign out" }).count()).toBe(0);
        await look(page, "access-nobody-asked");
        await page.close();
      } finally {
        await open.stop();
      }
    });
  },
);
