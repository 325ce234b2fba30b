import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { appWith } from "../../test/app.ts";
import { temporaryAccess } from "../../test/fixtures.ts";
import type { AccessAsked } from "../access/open-access.ts";
import type { Activities, CreatedToken, Session, Tokens } from "../contract/index.ts";

const TOKEN = "s3cret";
const HOUR = 60 * 60_000;
const own = { origin: "http://clone.example", host: "clone.example" };

/** A server elsewhere than on loopback, with a clock that goes when it is told to. */
async function elsewhere(asked: Partial<AccessAsked> = {}) {
  let at = 1_000;
  const clock = { now: () => at, sleep: () => Promise.resolve() };
  const access = temporaryAccess({ host: "0.0.0.0", token: TOKEN, clock, ...asked });
  const { app } = await appWith({ access, clock });
  return { app, access, pass: (ms: number) => (at += ms) };
}

const signIn = (app: FastifyInstance, token: string, headers: Record<string, string> = own) =>
  app.inject({ method: "POST", url: "/api/session", payload: JSON.stringify({ token }), headers });

async function signedIn(app: FastifyInstance, token = TOKEN): Promise<{ readonly cookie: string }> {
  const [cookie] = (await signIn(app, token)).cookies;
  return { cookie: `${cookie?.name}=${cookie?.value}` };
}

const bearer = { authorization: `Bearer ${TOKEN}` };

const status = async (app: FastifyInstance, url: string, headers: Record<string, string>) =>
  (await app.inject({ url, headers })).statusCode;

describe("a page's session", () => {
  it("is begun with a token, in a cookie that no script reads and no other site sends", async () => {
    const { app } = await elsewhere();
    const answer = await signIn(app, TOKEN);
    expect(answer.json<Session>()).toEqual({
      authenticated: true,
      auth: "token",
      role: "admin",
      name: "server",
      expires_at: new Date(1_000 + 12 * HOUR).toISOString(),
    });
    expect(answer.headers["set-cookie"]).toMatch(
      /^clxs_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u,
    );
    const { cookie } = await signedIn(app);
    expect(cookie).not.toContain(TOKEN);
    expect(await status(app, "/api/clone/jobs", { cookie })).toBe(200);
    expect((await app.inject({ url: "/api/session", headers: { cookie } })).json()).toMatchObject({
      authenticated: true,
      name: "server",
    });
  });

  it("is sent over https only where the page came by https, also through a proxy that is trusted", async () => {
    const https = { ...own, origin: "https://clone.example", "x-forwarded-proto": "https" };
    const trusted = await elsewhere({ trustProxy: true });
    expect((await signIn(trusted.app, TOKEN, https)).headers["set-cookie"]).toContain("Secure");
    const direct = await elsewhere();
    expect((await signIn(direct.app, TOKEN, https)).headers["set-cookie"]).not.toContain("Secure");
  });

  it("knows its origin by the host that the trusted proxy was asked for", async () => {
    const { app } = await elsewhere({ trustProxy: true });
    const behind = {
      host: "127.0.0.1:8080",
      "x-forwarded-host": "clone.example",
      origin: "https://clone.example",
    };
    expect((await signIn(app, TOKEN, behind)).statusCode).toBe(200);
    const { app: direct } = await elsewhere();
    expect((await signIn(direct, TOKEN, behind)).statusCode).toBe(403);
  });

  it("ends when it is signed out, when its token is removed, and after 12 hours without use", async () => {
    const { app, access, pass } = await elsewhere();
    const out = await signedIn(app);
    const answer = await app.inject({ method: "DELETE", url: "/api/session", headers: { ...own, ...out } });
    expect(answer.json()).toMatchObject({ authenticated: false });
    expect(answer.headers["set-cookie"]).toContain("clxs_session=; ");
    expect(await status(app, "/api/clone/jobs", out)).toBe(401);

    const { token, text } = access.tokens.add({ name: "ada", role: "viewer", createdBy: "server" }, 0);
    const ada = await signedIn(app, text);
    expect(await status(app, "/api/clone/jobs", ada)).toBe(200);
    expect(await status(app, "/api/tokens", ada)).toBe(403);
    access.tokens.remove(token.id);
    expect(await status(app, "/api/clone/jobs", ada)).toBe(401);

    const used = await signedIn(app);
    for (const hours of [11, 11, 11]) {
      pass(hours * HOUR);
      expect(await status(app, "/api/clone/jobs", used)).toBe(200);
    }
    pass(12 * HOUR);
    expect(await status(app, "/api/clone/jobs", used)).toBe(401);
  });

  it.each<[string, Record<string, string>, number]>([
    ["from this page", own, 201],
    ["from this page, by what the browser says", { host: own.host, "sec-fetch-site": "same-origin" }, 201],
    ["from another site", { ...own, origin: "https://evil.example" }, 403],
    ["from a sibling", { host: own.host, "sec-fetch-site": "same-site" }, 403],
    ["from nowhere that is told", { host: own.host }, 403],
  ])("pitfall 26: carries a write %s: %s", async (_, headers, expected) => {
    const { app } = await elsewhere();
    const { cookie } = await signedIn(app);
    const payload = JSON.stringify({ name: "x", role: "viewer" });
    const answer = await app.inject({
      method: "POST",
      url: "/api/tokens",
      payload,
      headers: { ...headers, cookie },
    });
    expect(answer.statusCode).toBe(expected);
  });

  it("gives way to a token that is sent beside it", async () => {
    const { app } = await elsewhere();
    const { cookie } = await signedIn(app);
    expect(await status(app, "/api/clone/jobs", { cookie, authorization: "Bearer wrong" })).toBe(401);
  });

  it("is not asked for where nobody needs a token", async () => {
    const { app } = await appWith();
    const local = { authenticated: true, auth: "none", role: "admin", name: "local", expires_at: null };
    expect((await app.inject("/api/session")).json()).toEqual(local);
    const answer = await signIn(app, "anything", {});
    expect([answer.json(), answer.headers["set-cookie"]]).toEqual([local, undefined]);
  });
});

describe("too many requests", () => {
  it("are ten failed sign-ins from an address within a minute: then a right token waits too", async () => {
    const { app, pass } = await elsewhere();
    const failed = async () => (await signIn(app, "guess")).statusCode;
    for (let n = 0; n < 10; n++) expect(await failed()).toBe(401);
    pass(15_000);
    const refused = await signIn(app, TOKEN);
    expect(refused.json()).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
    expect(refused.headers["retry-after"]).toBe("45");
    pass(45_000);
    expect((await signIn(app, TOKEN)).statusCode).toBe(200);
  });

  it("are more reads or writes of a caller than the server answers in a minute", async () => {
    const { app, access } = await elsewhere({ limits: { reads: 3, writes: 1 } });
    const { text } = access.tokens.add({ name: "ada", role: "viewer", createdBy: "server" }, 0);
    for (let n = 0; n < 3; n++) expect(await status(app, "/api/clone/jobs", bearer)).toBe(200);
    const refused = await app.inject({ url: "/api/clone/jobs", headers: bearer });
    expect(refused.headers["content-type"]).toMatch(/^application\/problem\+json/u);
    expect(refused.json()).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(await status(app, "/api/clone/jobs", { authorization: `Bearer ${text}` })).toBe(200);
    const write = () => app.inject({ method: "DELETE", url: "/api/tokens/none", headers: bearer });
    expect([(await write()).statusCode, (await write()).statusCode]).toEqual([404, 429]);
  });

  it("are none on this machine's own server", async () => {
    const { app } = await appWith({ access: temporaryAccess() });
    for (let n = 0; n < 200; n++)
      expect((await app.inject({ method: "DELETE", url: "/api/tokens/none" })).statusCode).toBe(404);
  });
});

describe("tokens", () => {
  const make = (app: FastifyInstance, body: object) =>
    app.inject({ method: "POST", url: "/api/tokens", payload: JSON.stringify(body), headers: bearer });

  it("are made by name and role, shown once, listed without their texts, and removed", async () => {
    const { app } = await elsewhere();
    const made = (
      await make(app, { name: "nightly", role: "operator", expires_in_days: 30 })
    ).json<CreatedToken>();
    expect(made).toMatchObject({ name: "nightly", role: "operator", created_by: "server", expired: false });
    expect(made.expires_at).toBe(new Date(1_000 + 30 * 24 * HOUR).toISOString());
    const listed = await app.inject({ url: "/api/tokens", headers: bearer });
    expect(listed.json<Tokens>().tokens.map(({ name }) => name)).toEqual(["nightly"]);
    expect(listed.payload).not.toContain(made.token);
    const url = `/api/tokens/${made.id}`;
    expect((await app.inject({ method: "DELETE", url, headers: bearer })).json()).toMatchObject({
      name: "nightly",
    });
    expect((await app.inject({ method: "DELETE", url, headers: bearer })).statusCode).toBe(404);
  });

  it.each<[string, object, number]>([
    ["without a role", { name: "x" }, 422],
    ["of an unknown role", { name: "x", role: "root" }, 422],
    ["that means something else in the record", { name: "Local", role: "viewer" }, 422],
    ["of a name with a line break", { name: "x\ny", role: "viewer" }, 422],
    ["that ends before it begins", { name: "x", role: "viewer", expires_in_days: 0 }, 422],
    ["with an unknown key", { name: "x", role: "viewer", token: "mine" }, 422],
    ["of a name that is taken", { name: "taken", role: "viewer" }, 409],
  ])("are not made %s", async (_, body, expected) => {
    const { app } = await elsewhere();
    await make(app, { name: "taken", role: "viewer" });
    expect((await make(app, body)).statusCode).toBe(expected);
  });
});

describe("the record of who did what", () => {
  const recorded = async (app: FastifyInstance) =>
    (await app.inject({ url: "/api/activity", headers: bearer }))
      .json<Activities>()
      .activities.map(({ who, role, action, object, status: outcome }) => [
        who,
        role,
        action,
        object,
        outcome,
      ]);

  it("names who, what and with what outcome, also for what was refused, and never a body", async () => {
    const { app, access } = await elsewhere();
    const { text } = access.tokens.add({ name: "ada", role: "viewer", createdBy: "server" }, 0);
    const ada = { authorization: `Bearer ${text}` };
    const clone = JSON.stringify({ source_catalog: "shop", destination_catalog: "copy", load_type: "FULL" });
    await signIn(app, "a-wrong-token");
    await signIn(app, TOKEN);
    await app.inject({ method: "POST", url: "/api/clone", payload: clone, headers: ada });
    await app.inject({ method: "POST", url: "/api/clone", payload: clone, headers: bearer });
    await app.inject({ method: "DELETE", url: "/api/clone/00000000", headers: bearer });
    await app.inject({ method: "POST", url: "/api/clone", payload: clone });
    await app.inject({ method: "POST", url: "/api/plan", payload: clone, headers: ada });
    await app.inject({ url: "/api/clone/jobs", headers: ada });
    const entries = await recorded(app);
    const run = entries.find(([, , action, , outcome]) => action === "submitClone" && outcome === 202);
    expect(run?.[3]).toMatch(/^shop → copy, [0-9a-f]{8}$/u);
    expect(entries.filter((entry) => entry !== run)).toEqual([
      ["nobody", null, "submitClone", "", 401],
      ["server", "admin", "cancelRun", "00000000", 404],
      ["ada", "viewer", "submitClone", "", 403],
      ["server", "admin", "signIn", "", 200],
      ["nobody", null, "signIn", "", 401],
    ]);
  });

  it("is read a page at a time", async () => {
    const { app } = await elsewhere();
    for (const id of ["a", "b", "c"])
      await app.inject({ method: "DELETE", url: `/api/tokens/${id}`, headers: bearer });
    const page = async (query: string) =>
      (await app.inject({ url: `/api/activity?${query}`, headers: bearer })).json<Activities>().activities;
    const [first, second] = await page("limit=2");
    expect([first?.object, second?.object]).toEqual(["c", "b"]);
    expect((await page(`limit=2&before=${second?.id}`)).map(({ object }) => object)).toEqual(["a"]);
  });
});

it("asks an administrator for connections that sign in with the server's own profiles", async () => {
  const { app, access } = await elsewhere();
  const { text } = access.tokens.add({ name: "ada", role: "operator", createdBy: "server" }, 0);
  const target = { host: "https://dbc-1.cloud.databricks.com", auth_method: "profile", profile: "PROD" };
  const payload = JSON.stringify({ source_catalog: "a", destination_catalog: "b", target_workspace: target });
  const answer = await app.inject({
    method: "POST",
    url: "/api/clone",
    payload,
    headers: { authorization: `Bearer ${text}` },
  });
  expect(answer.json()).toMatchObject({ status: 403, code: "FORBIDDEN_ROLE" });
  expect((await app.inject({ method: "POST", url: "/api/clone", payload, headers: bearer })).statusCode).toBe(
    202,
  );
});
