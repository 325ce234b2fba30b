import { describe, expect, it } from "vitest";
import { networkFromEnvironment, proxyFor } from "./network.ts";

describe("proxyFor", () => {
  const proxies = { httpsProxy: "http://secure:3128", httpProxy: "http://plain:3128" };
  const target = "https://adb-1.azuredatabricks.net";

  it.each([
    [target, undefined, "http://secure:3128"],
    ["http://workspace.example.com", undefined, "http://plain:3128"],
    [target, "*", undefined],
    [target, "adb-1.azuredatabricks.net", undefined],
    [target, "ADB-1.AzureDatabricks.net", undefined],
    [target, "azuredatabricks.net", undefined],
    [target, ".azuredatabricks.net", undefined],
    [target, "*.azuredatabricks.net", undefined],
    [target, "databricks.net", "http://secure:3128"],
    [target, "a.com, azuredatabricks.net", undefined],
    [target, "a.com azuredatabricks.net", undefined],
    [target, "azuredatabricks.net:443", undefined],
    [target, "azuredatabricks.net:8443", "http://secure:3128"],
    ["https://adb-1.azuredatabricks.net:8443", "azuredatabricks.net:8443", undefined],
    [target, " , ,", "http://secure:3128"],
    ["http://10.1.2.3:8080", "10.0.0.0/8", undefined],
    ["http://11.1.2.3:8080", "10.0.0.0/8", "http://plain:3128"],
    ["http://192.168.255.1", "192.168.254.0/23", undefined],
    ["http://192.168.253.1", "192.168.254.0/23", "http://plain:3128"],
    ["http://10.1.2.3", "10.0.0.0/99", "http://plain:3128"],
    ["http://10.1.2.3", "0.0.0.0/0", undefined],
    ["http://10.1.2.3:8080", "10.1.2.3:8080", undefined],
    ["http://[fd00::1]:8080", "fd00::1", undefined],
    ["http://127.0.0.1:4040", undefined, undefined],
    ["http://localhost:4040", undefined, undefined],
    ["http://[::1]:4040", undefined, undefined],
  ])("for %s with NO_PROXY %s it is %s", (url, noProxy, expected) => {
    expect(proxyFor(new URL(url), { ...proxies, ...(noProxy === undefined ? {} : { noProxy }) })).toBe(
      expected,
    );
  });

  it("is none where no proxy is set for the scheme", () => {
    expect(proxyFor(new URL(target), { httpProxy: "http://plain:3128" })).toBeUndefined();
  });
});

describe("networkFromEnvironment", () => {
  const files: Readonly<Record<string, string>> = { "/a.pem": "PEM A", "/b.pem": "PEM B" };
  const readFile = async (path: string) => files[path];

  it("takes variables in either case, and every certificate file once", async () => {
    const env = {
      https_proxy: "http://p:1",
      HTTP_PROXY: "http://q:2",
      NO_PROXY: "a,b",
      CLXS_CA_FILE: "/a.pem",
      NODE_EXTRA_CA_CERTS: "/b.pem",
      SSL_CERT_FILE: "/a.pem",
    };
    expect(await networkFromEnvironment(env, readFile)).toEqual({
      httpsProxy: "http://p:1",
      httpProxy: "http://q:2",
      noProxy: "a,b",
      certificates: ["PEM A", "PEM B"],
    });
  });

  it("takes an empty variable for an unset one", async () => {
    expect(await networkFromEnvironment({ HTTPS_PROXY: "", CLXS_CA_FILE: " " }, readFile)).toEqual({
      certificates: [],
    });
  });

  it("names the variable whose file is missing", async () => {
    await expect(networkFromEnvironment({ REQUESTS_CA_BUNDLE: "/gone.pem" }, readFile)).rejects.toMatchObject(
      {
        code: "CONFIGURATION",
        message: expect.stringMatching(/REQUESTS_CA_BUNDLE.*\/gone\.pem/u) as string,
      },
    );
  });
});
