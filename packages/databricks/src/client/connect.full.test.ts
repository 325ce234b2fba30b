import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  inTurn,
  me,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../test/scripted-service.ts";
import { connectDatabricks } from "./connect.ts";
import { Secret } from "./connection/secret.ts";

const TOKEN_PATH = "/oidc/v1/token";

let service: ScriptedService;
afterEach(async () => service[Symbol.asyncDispose]());

describe("with a token", () => {
  it("says who it is and where", async () => {
    service = await startService(inTurn());
    const workspace = await connectDatabricks(configFor(service, { workspaceId: "42" }), {
      ...fakeEffects(),
      userAgent: "clone-xs/1.2.3",
    });
    expect(workspace.identity).toEqual({ host: service.host, userName: "ada@example.com" });
    expect(service.received[0]?.headers).toMatchObject({
      authorization: "Bearer dapi-secret-1234",
      "user-agent": "clone-xs/1.2.3",
      "x-databricks-workspace-id": "42",
    });
    await workspace.close();
    await workspace.close();
  });

  const refusals: [string, Reply][] = [
    [
      "401 by number",
      {
        status: 401,
        json: {
          error_code: 401,
          message: "Credential was not sent or was of an unsupported type for this API.",
        },
      },
    ],
    ["403 by number", { status: 403, json: { error_code: 403, message: "Invalid access token." } }],
    [
      "401 by name",
      {
        status: 401,
        json: { error_code: "UNAUTHENTICATED", message: "Request lacks valid authentication credentials" },
      },
    ],
  ];
  it.each(refusals)("a refused token (%s) names the setting and never shows it", async (_, reply) => {
    service = await startService(() => reply);
    const error: unknown = await connectDatabricks(configFor(service), fakeEffects()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: "UNAUTHENTICATED",
      message: expect.stringContaining("DATABRICKS_TOKEN") as string,
    });
    expect(inspect(error, { depth: 9 })).not.toContain("dapi-secret");
    expect(service.received).toHaveLength(1);
  });

  it("an address that shows a login page is no workspace", async () => {
    service = await startService(() => ({ text: "<html><title>Sign in</title></html>" }));
    await expect(connectDatabricks(configFor(service), fakeEffects())).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining("JSON") as string,
    });
  });

  it("an address that redirects is no workspace", async () => {
    service = await startService(() => ({
      status: 303,
      headers: { location: "https://login.example.com" },
      text: "",
    }));
    await expect(connectDatabricks(configFor(service), fakeEffects())).rejects.toMatchObject({
      code: "CONFIGURATION",
    });
  });

  it("an address where nobody listens is tried for a few seconds, then named", async () => {
    service = await startService(inTurn());
    const { host } = service;
    await service[Symbol.asyncDispose]();
    const effects = fakeEffects();
    await expect(connectDatabricks(configFor({ host }), effects)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining(host) as string,
    });
    expect(effects.slept.length).toBeGreaterThan(0);
    service = await startService(inTurn());
  });

  it("waits at least as long as Retry-After says, then goes on", async () => {
    const busy: Reply = {
      status: 429,
      headers: { "retry-after": "7" },
      json: { error_code: "REQUEST_LIMIT_EXCEEDED", message: "Too many requests." },
    };
    const replies = [busy, { status: 503, text: "" } as const, me];
    service = await startService(() => replies.shift() ?? me);
    const effects = fakeEffects();
    await connectDatabricks(configFor(service), effects);
    expect(effects.slept).toEqual([7050, 2050]);
  });

  it("gives up when the service stays busy for five minutes", async () => {
    service = await startService(() => ({
      status: 429,
      json: { error_code: "RESOURCE_EXHAUSTED", message: "Too many requests." },
    }));
    const effects = fakeEffects();
    await expect(connectDatabricks(configFor(service), effects)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      errorClass: "RESOURCE_EXHAUSTED",
      retryable: true,
    });
    const waited = effects.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(280_000);
    expect(waited).toBeLessThanOrEqual(300_000);
  });
});

describe("with a service principal", () => {
  const auth = { type: "oauth-m2m", clientId: "app-id", clientSecret: new Secret("s3cr+t/==") } as const;

  function playOAuth(
    token: (turn: number) => Reply,
    rest: (request: Received) => Reply = inTurn({ json: {} }),
  ) {
    let turn = 0;
    return (request: Received): Reply => {
      if (request.path === "/oidc/.well-known/oauth-authorization-server")
        return { json: { token_endpoint: `${service.host}${TOKEN_PATH}` } };
      if (request.path !== TOKEN_PATH) return rest(request);
      turn += 1;
      return token(turn);
    };
  }
  const grant = (turn: number, expires_in = 3600): Reply => ({
    json: { access_token: `token-${turn}`, token_type: "Bearer", expires_in, scope: "all-apis" },
  });
  const bearers = () =>
    service.received
      .map(({ headers }) => headers.authorization)
      .filter((header) => header?.startsWith("Bearer"));
  const tokenRequests = () => service.received.filter(({ path }) => path === TOKEN_PATH);

  it("fetches a token where the workspace says, and keeps it", async () => {
    service = await startService(playOAuth(grant));
    const workspace = await connectDatabricks(configFor(service, { auth }), fakeEffects());
    await Promise.all([workspace.unity.catalogs(), workspace.unity.schemas("c")]);
    expect(tokenRequests()).toHaveLength(1);
    expect(tokenRequests()[0]?.text).toBe("grant_type=client_credentials&scope=all-apis");
    expect(tokenRequests()[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from("app-id:s3cr%2Bt%2F%3D%3D").toString("base64")}`,
    );
    expect(new Set(bearers())).toEqual(new Set(["Bearer token-1"]));
  });

  it("renews it when less than 40 seconds are left", async () => {
    service = await startService(playOAuth((turn) => grant(turn, 60)));
    const effects = fakeEffects();
    const workspace = await connectDatabricks(configFor(service, { auth }), effects);
    await effects.sleep(19_000);
    await workspace.unity.catalogs();
    await effects.sleep(2_000);
    await workspace.unity.catalogs();
    expect(bearers()).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
  });

  it("renews it once when the service refuses it before its time", async () => {
    const rest = (request: Received): Reply =>
      request.path.endsWith("/catalogs") && request.headers.authorization === "Bearer token-1"
        ? { status: 401, json: { error_code: 401, message: "Token expired." } }
        : inTurn({ json: { catalogs: [] } })(request);
    service = await startService(playOAuth(grant, rest));
    const workspace = await connectDatabricks(configFor(service, { auth }), fakeEffects());
    expect(await workspace.unity.catalogs()).toEqual([]);
    expect(tokenRequests()).toHaveLength(2);
  });

  it("asks the default endpoint when the workspace announces none", async () => {
    const play = playOAuth(grant);
    service = await startService((request) =>
      request.path.includes(".well-known") ? { status: 404, text: "" } : play(request),
    );
    await connectDatabricks(configFor(service, { auth }), fakeEffects());
    expect(tokenRequests()).toHaveLength(1);
  });

  it("does not hand the secret to an insecure endpoint elsewhere", async () => {
    const play = playOAuth(grant);
    const elsewhere = { json: { token_endpoint: "http://elsewhere.example.com/token" } };
    service = await startService((request) =>
      request.path.includes(".well-known") ? elsewhere : play(request),
    );
    await connectDatabricks(configFor(service, { auth }), fakeEffects());
    expect(tokenRequests()).toHaveLength(1);
  });

  it("a refused client names the settings and never shows the secret", async () => {
    service = await startService(
      playOAuth(() => ({
        status: 401,
        json: { error: "invalid_client", error_description: "Client authentication failed" },
      })),
    );
    const error: unknown = await connectDatabricks(configFor(service, { auth }), fakeEffects()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: "UNAUTHENTICATED",
      message: expect.stringMatching(
        /app-id.*Client authentication failed.*DATABRICKS_CLIENT_SECRET/su,
      ) as string,
    });
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr");
  });
});

describe("through a proxy", () => {
  it("asks the proxy for a tunnel, and says so when that is refused", async () => {
    service = await startService(inTurn());
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const httpsProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const network = { httpsProxy, certificates: [] };
    const refused = await connectDatabricks(
      configFor({ host: "https://workspace.invalid" }, { network }),
      fakeEffects(),
    ).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining("HTTPS_PROXY") as string,
    });
    expect(asked).toEqual(["CONNECT workspace.invalid:443"]);
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
});
