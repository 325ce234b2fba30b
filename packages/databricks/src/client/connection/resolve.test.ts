import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { ConnectionSettings } from "./config.ts";
import { resolveConnection } from "./resolve.ts";

const FILE = `
[__settings__]
default_profile = dev

[dev]
host = https://dev.example.com
token = dev-token
warehouse_id = dev-wh

[bot]
host = bot.example.com
client_id = bot-id
client_secret = bot-secret

[user]
host = user.example.com
auth_type = databricks-cli
`;

interface Given {
  readonly env?: Record<string, string>;
  readonly profile?: string;
  readonly explicit?: ConnectionSettings;
  readonly files?: Record<string, string>;
}

const resolve = ({ env = {}, files = { "/home/ada/.databrickscfg": FILE }, ...rest }: Given) =>
  resolveConnection({ env, readFile: async (path) => files[path], homeDir: "/home/ada", ...rest });

const refusal = (message: RegExp) => ({
  code: "CONFIGURATION",
  message: expect.stringMatching(message) as string,
});

describe("what is found", () => {
  it("nothing at all: no workspace", async () => {
    expect(await resolve({ files: {}, env: { DATABRICKS_WAREHOUSE_ID: "w" } })).toBeUndefined();
  });

  it("the environment alone, and the file is not looked at", async () => {
    const env = { DATABRICKS_HOST: "env.example.com", DATABRICKS_TOKEN: "env-token" };
    expect(await resolve({ env })).toMatchObject({
      host: "https://env.example.com",
      auth: { type: "pat" },
      sources: { host: "DATABRICKS_HOST", token: "DATABRICKS_TOKEN" },
    });
    expect((await resolve({ env }))?.warehouseId).toBeUndefined();
  });

  it("the file's own default profile", async () => {
    const found = await resolve({});
    expect(found).toMatchObject({
      host: "https://dev.example.com",
      warehouseId: "dev-wh",
      sources: { token: "profile [dev] of ~/.databrickscfg" },
    });
  });

  it("a named profile with a service principal", async () => {
    expect(await resolve({ profile: "bot" })).toMatchObject({
      host: "https://bot.example.com",
      auth: { type: "oauth-m2m", clientId: "bot-id" },
    });
  });

  it("a named profile of another file", async () => {
    const env = { DATABRICKS_CONFIG_FILE: "~/other.cfg", DATABRICKS_CONFIG_PROFILE: "x" };
    expect(
      await resolve({ env, files: { "/home/ada/other.cfg": "[x]\nhost = x.example.com\ntoken = t" } }),
    ).toMatchObject({
      host: "https://x.example.com",
      sources: { host: "profile [x] of ~/other.cfg" },
    });
  });

  it("what was given directly wins over the environment, and the environment over the profile", async () => {
    const found = await resolve({
      profile: "dev",
      env: { DATABRICKS_TOKEN: "env", DATABRICKS_WAREHOUSE_ID: "env-wh" },
      explicit: { warehouse_id: "mine" },
    });
    expect(found?.warehouseId).toBe("mine");
    expect(found?.sources).toMatchObject({
      host: "profile [dev] of ~/.databrickscfg",
      token: "DATABRICKS_TOKEN",
    });
    expect(found?.auth.type === "pat" && found.auth.token.reveal()).toBe("env");
  });

  it("nothing of an environment that is about another workspace than the one given directly", async () => {
    const env = {
      DATABRICKS_HOST: "env.example.com",
      DATABRICKS_TOKEN: "env-token",
      DATABRICKS_WAREHOUSE_ID: "env-wh",
      DATABRICKS_CONFIG_PROFILE: "bot",
    };
    const found = await resolve({ env, explicit: { host: "mine.example.com", token: "my-token" } });
    expect(found).toMatchObject({
      host: "https://mine.example.com",
      sources: { token: "the connection's settings" },
    });
    expect(found?.warehouseId).toBeUndefined();
  });

  it("a workspace id from its setting before the one in the address", async () => {
    const env = { DATABRICKS_HOST: "https://x.example.com/?o=1", DATABRICKS_TOKEN: "t" };
    expect((await resolve({ env }))?.workspaceId).toBe("1");
    expect((await resolve({ env: { ...env, DATABRICKS_WORKSPACE_ID: "2" } }))?.workspaceId).toBe("2");
  });
});

describe("how to authenticate", () => {
  const host = { DATABRICKS_HOST: "x.example.com" };
  const both = { ...host, DATABRICKS_TOKEN: "t", DATABRICKS_CLIENT_ID: "i", DATABRICKS_CLIENT_SECRET: "s" };

  it("refuses to choose between two methods given alike", async () => {
    await expect(resolve({ env: both, files: {} })).rejects.toMatchObject(
      refusal(/DATABRICKS_TOKEN.*DATABRICKS_CLIENT_ID.*DATABRICKS_AUTH_TYPE/u),
    );
  });

  it.each(["pat", "oauth-m2m"])("obeys DATABRICKS_AUTH_TYPE=%s", async (type) => {
    expect(await resolve({ env: { ...both, DATABRICKS_AUTH_TYPE: type }, files: {} })).toMatchObject({
      auth: { type },
    });
  });

  it("prefers what was given more directly", async () => {
    const env = { DATABRICKS_CLIENT_ID: "i", DATABRICKS_CLIENT_SECRET: "s" };
    expect(await resolve({ env, profile: "dev" })).toMatchObject({ auth: { type: "oauth-m2m" } });
  });

  it.each([
    [
      "no credentials",
      { env: host, files: {} },
      /No credentials for https:\/\/x\.example\.com.*DATABRICKS_TOKEN/u,
    ],
    [
      "credentials without a host",
      { env: { DATABRICKS_TOKEN: "t" }, files: {} },
      /DATABRICKS_TOKEN.*DATABRICKS_HOST/u,
    ],
    [
      "half a service principal",
      { env: { ...host, DATABRICKS_CLIENT_ID: "i" }, files: {} },
      /client_secret.*DATABRICKS_CLIENT_SECRET/u,
    ],
    [
      "a forced method without its setting",
      { env: { ...host, DATABRICKS_AUTH_TYPE: "pat" }, files: {} },
      /token.*DATABRICKS_TOKEN/u,
    ],
    [
      "a method that is not supported",
      { profile: "user" },
      /databricks-cli.*profile \[user\].*not supported.*pat.*oauth-m2m/u,
    ],
    ["an unknown profile", { profile: "nope" }, /\[nope\].*dev, bot, user/u],
    [
      "an unknown profile of the environment",
      { env: { DATABRICKS_CONFIG_PROFILE: "nope" } },
      /\[nope\].*DATABRICKS_CONFIG_PROFILE/u,
    ],
    ["a named profile in an empty file", { profile: "nope", files: {} }, /no profiles/u],
    [
      "an empty DEFAULT that was named",
      { profile: "DEFAULT", files: { "/home/ada/.databrickscfg": "[DEFAULT]\n" } },
      /no profile \[DEFAULT\]/u,
    ],
    [
      "a host that is not the named profile's",
      { env: host, profile: "dev" },
      /DATABRICKS_HOST.*profile \[dev\].*different workspaces/u,
    ],
    [
      "a host that is not the file's default, without credentials",
      { env: host },
      /No credentials for https:\/\/x\.example\.com/u,
    ],
    [
      "a token with a line break",
      { env: { ...host, DATABRICKS_TOKEN: "da\npi" }, files: {} },
      /token in DATABRICKS_TOKEN/u,
    ],
  ])("refuses %s", async (_, given, message) => {
    await expect(resolve(given)).rejects.toMatchObject(refusal(message));
  });
});

it("shows no secret however it is printed", async () => {
  for (const profile of ["dev", "bot"]) {
    const config = await resolve({ profile });
    const printed = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      config?.auth.type === "pat" ? `${config.auth.token}` : "",
    ].join("\n");
    expect(printed).not.toMatch(/dev-token|bot-secret/u);
  }
});
