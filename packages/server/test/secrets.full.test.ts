import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { CreatedToken, Submitted } from "../src/contract/index.ts";
import { jsonLog } from "../src/service/log.ts";
import { temporaryDirectory } from "./fixtures.ts";
import { type Running, running, SHOP } from "./running.ts";

/** A server that asks for a token, and everything that it has said. */
interface World {
  readonly server: Running;
  /** Where a workspace listens that knows nobody. */
  readonly place: { readonly host: string; readonly warehouse_id: string };
  /** Sends as an administrator, and keeps the answer with its headers for the search. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<string>;
  /** The same, for an answer that is meant to hold a secret, or sent by somebody else: it is not kept. */
  readonly sendUnkept: (
    method: string,
    path: string,
    more?: { readonly body?: unknown; readonly headers?: Record<string, string> },
  ) => Promise<Response>;
}

/** Puts a secret wherever the API takes one of its kind. Gives those that the server itself made. */
interface Planter {
  readonly what: string;
  readonly secrets: readonly string[];
  readonly plant: (world: World) => Promise<readonly string[]>;
}

const SERVER_TOKEN = "planted-server-token-01";
const asPrincipal = { auth_method: "service_principal", client_id: "client" };
const clone = { source_catalog: "shop", destination_catalog: "copy" };

/** A field that takes a secret gets its entry here. */
const PLANTERS: readonly Planter[] = [
  {
    what: "the server's token",
    secrets: [SERVER_TOKEN],
    plant: async ({ send }) => {
      await send("GET", "/api/session");
      return [];
    },
  },
  {
    what: "tokens of saved connections",
    secrets: ["planted-pat-02", "planted-pat-changed-02", "planted-pat-replaced-02"],
    plant: async ({ send, place }) => {
      const pat = (token: string) => ({ ...place, auth_method: "pat", token });
      await send("POST", "/api/connections", { name: "pat", ...pat("planted-pat-02") });
      await send("POST", "/api/connections/pat/validate", {});
      await send("PATCH", "/api/connections/pat", { token: "planted-pat-changed-02" });
      await send("PUT", "/api/connections/pat", pat("planted-pat-replaced-02"));
      return [];
    },
  },
  {
    what: "client secrets of saved connections",
    secrets: ["planted-client-secret-03"],
    plant: async ({ send, place }) => {
      const given = { ...place, ...asPrincipal, client_secret: "planted-client-secret-03" };
      await send("POST", "/api/connections", { name: "principal", ...given });
      for (const path of ["validate", "whoami", "warehouses", "catalogs"])
        await send(path === "validate" ? "POST" : "GET", `/api/connections/principal/${path}`);
      return [];
    },
  },
  {
    what: "connections that are tried",
    secrets: ["planted-tried-04", "planted-tried-secret-04"],
    plant: async ({ send, place }) => {
      for (const path of ["validate", "whoami", "warehouses", "catalogs"]) {
        await send("POST", `/api/connections/${path}`, {
          ...place,
          auth_method: "pat",
          token: "planted-tried-04",
        });
        await send("POST", `/api/connections/${path}`, {
          ...place,
          ...asPrincipal,
          client_secret: "planted-tried-secret-04",
        });
      }
      return [];
    },
  },
  {
    what: "targets of requests",
    secrets: ["planted-target-05", "planted-target-secret-05", "planted-second-05"],
    plant: async ({ send, server, place }) => {
      const pat = { ...place, auth_method: "pat", token: "planted-target-05" };
      const one = { ...clone, target_workspace: pat };
      const several = [
        { ...pat, token: "planted-second-05" },
        { ...place, ...asPrincipal, client_secret: "planted-target-secret-05", destination_catalog: "other" },
      ];
      for (const path of ["plan", "preflight"]) await send("POST", `/api/${path}`, one);
      for (const body of [one, { ...clone, target_workspaces: several }]) {
        const { job_id } = JSON.parse(await send("POST", "/api/clone", body)) as Submitted;
        await (await fetch(`${server.url}/api/clone/${job_id}/events`, { headers: bearer })).text();
      }
      return [];
    },
  },
  {
    what: "what cannot be used as it was sent",
    secrets: ["planted-wrong-06", "planted-key-06", "planted-broken-06", "planted-foreign-06"],
    plant: async ({ send, sendUnkept, place }) => {
      const wrong = { ...place, host: "http://far.example", auth_method: "pat", token: "planted-wrong-06" };
      await send("POST", "/api/connections", { name: "wrong", ...wrong });
      await send("POST", "/api/clone", { ...clone, target_workspace: wrong });
      await send("POST", "/api/connections", {
        name: "key",
        ...place,
        auth_method: "pat",
        tokn: "planted-key-06",
      });
      await send("POST", "/api/connections", {
        ...place,
        ...asPrincipal,
        name: "f",
        token: "planted-foreign-06",
      });
      const broken = '{"name":"b","token":"planted-broken-06"';
      const answer = await sendUnkept("POST", "/api/connections", {
        headers: { ...bearer, "x-raw": broken },
      });
      expect(await answer.text()).not.toContain("planted-broken-06");
      return [];
    },
  },
  {
    what: "addresses that news go to, and what signs it",
    secrets: ["planted-webhook-09", "planted-moved-09", "planted-signature-09", "planted-slack-09"],
    plant: async ({ send, place: { host } }) => {
      const url = (secret: string) => `${host}/hooks/${secret}-end`;
      const hook = { name: "hook", kind: "webhook", secret: "planted-signature-09", events: ["run_failed"] };
      await send("POST", "/api/notifications", { ...hook, url: url("planted-webhook-09") });
      await send("POST", "/api/notifications/hook/test", {});
      await send("PATCH", "/api/notifications/hook", { url: url("planted-moved-09") });
      await send("POST", "/api/notifications", {
        name: "slack",
        kind: "slack",
        url: url("planted-slack-09"),
      });
      await send("POST", "/api/notifications/slack/test", {});
      await send("GET", "/api/notifications/hook/deliveries");
      return [];
    },
  },
  {
    what: "requests of schedules",
    secrets: ["planted-schedule-10"],
    plant: async ({ send, place }) => {
      const target = { ...place, auth_method: "pat", token: "planted-schedule-10" };
      const request = { ...clone, target_workspace: target };
      await send("POST", "/api/schedules", { name: "nightly", cron: "@daily", request });
      return [];
    },
  },
  {
    what: "tokens by name, and what is opened with them",
    secrets: [],
    plant: async ({ sendUnkept, send }) => {
      const made = await sendUnkept("POST", "/api/tokens", {
        body: { name: "ada", role: "operator" },
        headers: bearer,
      });
      const { token, id } = (await made.json()) as CreatedToken;
      const signedIn = await sendUnkept("POST", "/api/session", { body: { token } });
      const [cookie = ""] = (signedIn.headers.get("set-cookie") ?? "").split(";");
      const headers = { cookie, "sec-fetch-site": "same-origin" };
      expect(await (await sendUnkept("GET", "/api/session", { headers })).json()).toMatchObject({
        name: "ada",
      });
      await sendUnkept("POST", "/api/clone", { body: clone, headers });
      await sendUnkept("POST", "/api/clone", { body: clone, headers: { authorization: `Bearer ${token}` } });
      await send("DELETE", `/api/tokens/${id}`);
      return [token, cookie.split("=")[1] ?? ""];
    },
  },
  {
    what: "tokens that nobody knows",
    secrets: ["planted-guess-07", "planted-bearer-07", "planted-cookie-07"],
    plant: async ({ sendUnkept, send }) => {
      const answers = [
        await sendUnkept("POST", "/api/session", { body: { token: "planted-guess-07" } }),
        await sendUnkept("POST", "/api/clone", { headers: { authorization: "Bearer planted-bearer-07" } }),
        await sendUnkept("POST", "/api/clone", { headers: { cookie: "clxs_session=planted-cookie-07" } }),
      ];
      for (const answer of answers)
        expect([answer.status, await answer.text()]).toEqual([401, expect.not.stringContaining("planted")]);
      await send("GET", "/api/activity");
      return [];
    },
  },
];

const bearer = { authorization: `Bearer ${SERVER_TOKEN}` };

it("pitfall 26: keeps and tells no secret: in no file of the home, no answer, event, log line or metric", async () => {
  const home = temporaryDirectory();
  const logged: string[] = [];
  const options = {
    storeDirectory: home,
    auth: "token" as const,
    token: SERVER_TOKEN,
    log: jsonLog((line) => void logged.push(line), "debug"),
  };
  const server = await running(options);
  await server.sql(...SHOP);
  const place = { host: await strangersTo(), warehouse_id: "w" };
  const answers: string[] = [];
  const sendUnkept: World["sendUnkept"] = (method, path, { body, headers = {} } = {}) => {
    const { "x-raw": raw, ...others } = headers;
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    return fetch(`${server.url}${path}`, {
      method,
      headers: others,
      ...(text === undefined ? {} : { body: text }),
    });
  };
  const send: World["send"] = async (method, path, body) => {
    const answer = await sendUnkept(method, path, { body, headers: bearer });
    const text = await answer.text();
    answers.push(`${method} ${path}\n${JSON.stringify([...answer.headers])}\n${text}`);
    return text;
  };
  const secrets = new Map<string, string>();
  for (const { what, secrets: planted, plant } of PLANTERS)
    for (const secret of [...planted, ...(await plant({ server, place, send, sendUnkept }))])
      secrets.set(secret, what);
  for (const path of await readablePaths(send)) await send("GET", path);
  await server.close();
  await (await server.again(options)).close();

  const files = readdirSync(home, { recursive: true, encoding: "utf8" })
    .map((file) => join(home, file))
    .filter((file) => statSync(file).isFile());
  expect(files.map((file) => file.slice(home.length + 1))).toEqual(
    expect.arrayContaining(["connections.db", "tokens.db", "activity.db", "runs.db"]),
  );
  const everything = [
    ...answers,
    ...logged,
    ...files.map((file) => `${file}\n${readFileSync(file, "latin1")}`),
  ];
  const found = [...secrets].flatMap(([secret, what]) =>
    everything
      .filter((text) => spellingsOf(secret).some((spelling) => text.includes(spelling)))
      .map((text) => `${what}: ${secret} in ${text.slice(0, 120)}`),
  );
  expect(found).toEqual([]);
  // What is no secret is found by the same search: the answers, the events and the databases are all there.
  expect(everything.filter((text) => text.includes(place.host)).length).toBeGreaterThan(5);
  expect(secrets.size).toBeGreaterThanOrEqual(18);
});

/** A workspace that lets nobody in. Gives its address; gone when the test is over. */
async function strangersTo(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(
      '{"error_code":"UNAUTHENTICATED","message":"Credential was not sent or was of an unsupported type."}',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** In clear, and as headers and addresses write it. */
function spellingsOf(secret: string): readonly string[] {
  return [
    secret,
    Buffer.from(secret).toString("base64").replace(/=+$/u, ""),
    Buffer.from(secret).toString("hex"),
  ];
}

/** Everything that can be read by the document, for each run and each connection. */
async function readablePaths(send: World["send"]): Promise<readonly string[]> {
  const { paths } = JSON.parse(await send("GET", "/api/openapi.json")) as {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>
    >;
  };
  const runs = (JSON.parse(await send("GET", "/api/clone/jobs")) as { job_id: string }[]).map(
    ({ job_id }) => job_id,
  );
  const values: Readonly<Record<string, readonly string[]>> = { id: runs, name: ["pat", "principal"] };
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const endless = !path.includes("{") && "text/event-stream" in (get?.responses["200"]?.content ?? {});
    if (get === undefined || endless) return [];
    const [, parameter] = /^[^{]*\{(\w+)\}[^{]*$/u.exec(path) ?? [];
    if (parameter === undefined) return path.includes("{") ? [] : [path];
    return (values[parameter] ?? []).map((value) => path.replace(`{${parameter}}`, value));
  });
}
