import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { appWith } from "../../test/app.ts";
import { temporaryAccess } from "../../test/fixtures.ts";
import { mayDo, type Role, type RouteAccess } from "./roles.ts";

interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly role: RouteAccess;
  /** An answer that never ends, once it has begun. */
  readonly streams: boolean;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly "x-role": RouteAccess;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

const SERVER_TOKEN = "planted-server-token";

/** Every operation of the document, so that a new route is judged by itself. */
async function operationsOf(app: FastifyInstance): Promise<readonly Operation[]> {
  const headers = { authorization: `Bearer ${SERVER_TOKEN}` };
  const { paths } = (await app.inject({ url: "/api/openapi.json", headers })).json<{
    paths: Record<string, Record<string, DocumentedOperation>>;
  }>();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, "x-role": role, responses }]) => ({
      name: operationId,
      method: method.toUpperCase() as Operation["method"],
      url: path.replaceAll(/\{\w+\}/gu, "nothing"),
      role,
      streams: "text/event-stream" in (responses["200"]?.content ?? {}) && !path.includes("{"),
    })),
  );
}

/** A server that others reach, and what each caller sends. */
async function guarded() {
  let at = 0;
  const clock = { now: () => at, sleep: () => Promise.resolve() };
  const limits = { reads: 10_000, writes: 10_000 };
  const access = temporaryAccess({ host: "0.0.0.0", token: SERVER_TOKEN, clock, limits });
  const { app } = await appWith({ access, clock });
  const tokenOf = (name: string, role: Role, expiry: object = {}) =>
    access.tokens.add({ name, role, createdBy: "server", ...expiry }, at);
  const removed = tokenOf("removed", "admin");
  access.tokens.remove(removed.token.id);
  const callers: Readonly<Record<string, { readonly role: Role | undefined; readonly token?: string }>> = {
    nobody: { role: undefined },
    viewer: { role: "viewer", token: tokenOf("viewer", "viewer").text },
    operator: { role: "operator", token: tokenOf("operator", "operator").text },
    admin: { role: "admin", token: tokenOf("admin", "admin").text },
    server: { role: "admin", token: SERVER_TOKEN },
    expired: { role: undefined, token: tokenOf("expired", "admin", { expiresAt: 1 }).text },
    removed: { role: undefined, token: removed.text },
  };
  at = 1_000;
  return { app, callers, operations: await operationsOf(app) };
}

const headersOf = (token: string | undefined) =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** How access is decided: what becomes of the request afterwards is another matter. */
async function decision(app: FastifyInstance, { method, url }: Operation, headers: Record<string, string>) {
  const answer = await app.inject({ method, url, headers, ...(method === "GET" ? {} : { payload: "{}" }) });
  const { code } = answer.headers["content-type"]?.toString().startsWith("application/problem+json")
    ? answer.json<{ code: string }>()
    : { code: "" };
  if (answer.statusCode === 401) return "401";
  return code === "FORBIDDEN_ROLE" || code === "FORBIDDEN_ORIGIN" ? `403 ${code}` : "passes";
}

function expected(role: Role | undefined, needed: RouteAccess): string {
  if (mayDo(role, needed)) return "passes";
  return role === undefined ? "401" : "403 FORBIDDEN_ROLE";
}

describe("every route, for every caller", () => {
  it("is open to whom it is for, and to nobody else", async () => {
    const { app, callers, operations } = await guarded();
    expect(operations.length).toBeGreaterThan(40);
    const wrong: string[] = [];
    for (const operation of operations)
      for (const [caller, { role, token }] of Object.entries(callers)) {
        // A session's end and beginning are anybody's, and looked at elsewhere: here each would judge a token of its own.
        if (operation.url === "/api/session") continue;
        const should = expected(role, operation.role);
        if (operation.streams && should === "passes") continue;
        const is = await decision(app, operation, headersOf(token));
        if (is !== should) wrong.push(`${operation.name} for ${caller}: ${is}, not ${should}`);
      }
    expect(wrong).toEqual([]);
  });

  it("is for operators at least when it changes something: what a viewer may post are questions", async () => {
    const { operations } = await guarded();
    const asked = operations.filter(({ method, role }) => method !== "GET" && role === "viewer");
    expect(
      asked
        .map(({ url }) => url)
        .filter((url) => !/\/(plan|diff|estimate|preflight|preview|compare|check)$/u.test(url)),
    ).toEqual([]);
    const open = operations.filter(({ role }) => role === "anyone").map(({ name }) => name);
    expect(open.sort()).toEqual(["getHealth", "getReadiness", "getSession", "signIn", "signOut"]);
  });

  it.each([
    ["/api/openapi.json", 200],
    ["/metrics", 200],
    ["/api/nothing", 404],
  ])("asks for a viewer where the document does not reach: %s", async (url, found) => {
    const { app, callers } = await guarded();
    const statusFor = async (caller: string) =>
      (await app.inject({ url, headers: headersOf(callers[caller]?.token) })).statusCode;
    expect([await statusFor("nobody"), await statusFor("viewer")]).toEqual([401, found]);
  });

  it("pitfall 26: takes no write from another site, whoever sends it", async () => {
    const { app, operations } = await guarded();
    const writes = operations.filter(({ method }) => method !== "GET");
    const foreign = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    const passed: string[] = [];
    for (const operation of writes)
      for (const headers of foreign) {
        const is = await decision(app, operation, { ...headersOf(SERVER_TOKEN), ...headers });
        if (is !== "403 FORBIDDEN_ORIGIN")
          passed.push(`${operation.name} from ${JSON.stringify(headers)}: ${is}`);
      }
    expect(passed).toEqual([]);
  });
});
