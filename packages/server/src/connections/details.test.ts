import { describe, expect, it } from "vitest";
import { nameProblems, readChange, readDetails } from "./details.ts";

const pat = { host: "https://x.cloud.databricks.com", auth_method: "pat", token: "dapi1" } as const;

function problemsOf(read: ReturnType<typeof readDetails> | ReturnType<typeof readChange>): readonly string[] {
  return read.ok ? [] : read.problems.map(({ message }) => message);
}

describe("readDetails", () => {
  it("reads each way of signing in, and prints none of its secrets", () => {
    const read = readDetails({ ...pat, warehouse_id: "w1", destination_catalog: " dev " });
    expect(read).toMatchObject({
      ok: true,
      value: { host: pat.host, warehouseId: "w1", destinationCatalog: "dev", credentials: { method: "pat" } },
    });
    expect(JSON.stringify(read)).not.toContain("dapi1");
    expect(
      readDetails({
        host: "127.0.0.1",
        auth_method: "service_principal",
        client_id: "a",
        client_secret: "b",
      }),
    ).toMatchObject({ ok: true, value: { credentials: { method: "service_principal", clientId: "a" } } });
    expect(readDetails({ auth_method: "profile", profile: "DEV" })).toEqual({
      ok: true,
      value: { credentials: { method: "profile", profile: "DEV" } },
    });
  });

  it.each([
    [{ ...pat, token: undefined }, ["token is required with auth_method pat."]],
    [{ ...pat, token: "  " }, ["token is required with auth_method pat."]],
    [{ ...pat, host: null }, ["host is required."]],
    [{ ...pat, client_secret: "s" }, ["client_secret is of no use with auth_method pat. Leave it out."]],
    [
      { host: pat.host, auth_method: "service_principal", client_id: "a" },
      ["client_secret is required with auth_method service_principal."],
    ],
    [{ auth_method: "profile" }, ["profile is required with auth_method profile."]],
    [
      { ...pat, token: "dapi\u00001" },
      ["token contains a space, line break or character that none has. Copy it again."],
    ],
    [
      { ...pat, host: "http://x.example.com" },
      [
        "host http://x.example.com would send credentials in the clear. Use https; plain http is for this machine only.",
      ],
    ],
    [
      { ...pat, host: "http://10.0.0.1:80" },
      [
        "host http://10.0.0.1 would send credentials in the clear. Use https; plain http is for this machine only.",
      ],
    ],
    [
      { ...pat, host: "ftp://x" },
      [
        "The workspace address in host is not a web address without user and password. It looks like https://my-workspace.cloud.databricks.com.",
      ],
    ],
    [
      { ...pat, destination_catalog: "a.b" },
      [expect.stringContaining('destination_catalog "a.b" cannot be a catalog name') as string],
    ],
  ] as const)("names what is wrong in %j", (body, messages) => {
    expect(problemsOf(readDetails(body))).toEqual(messages);
  });

  it.each([
    ["https://x.cloud.databricks.com/?o=12#job/1", "https://x.cloud.databricks.com"],
    ["x.cloud.databricks.com", "https://x.cloud.databricks.com"],
    ["http://127.0.0.1:4040/", "http://127.0.0.1:4040"],
    ["http://localhost:4040", "http://localhost:4040"],
    ["http://[::1]:4040", "http://[::1]:4040"],
  ])("takes the address %s for %s", (host, origin) => {
    expect(readDetails({ ...pat, host })).toMatchObject({ ok: true, value: { host: origin } });
  });
});

describe("readChange", () => {
  const saved = { host: pat.host, warehouseId: "w1", destinationCatalog: "dev", method: "pat" } as const;

  it("leaves what is not said, and takes away what is null or empty", () => {
    expect(readChange({ warehouse_id: "w2" }, saved)).toEqual({
      ok: true,
      value: { host: pat.host, warehouseId: "w2", destinationCatalog: "dev" },
    });
    expect(readChange({ destination_catalog: null, warehouse_id: "" }, saved)).toEqual({
      ok: true,
      value: { host: pat.host },
    });
  });

  it("keeps credentials where the same host is written otherwise", () => {
    expect(readChange({ host: `${pat.host}/`, auth_method: "pat" }, saved)).toMatchObject({ ok: true });
  });

  it.each([
    [{ host: "https://evil.example.com" }, "token is required with auth_method pat."],
    [
      { auth_method: "service_principal", client_id: "a" },
      "client_secret is required with auth_method service_principal.",
    ],
  ] as const)("does not send kept credentials elsewhere: %j", (change, message) => {
    expect(problemsOf(readChange(change, saved))).toEqual([
      `${message} Kept credentials are not sent to another host or in another way.`,
    ]);
  });
});

describe("nameProblems", () => {
  it.each(["prod", "Prod EU-1", "a@b.c", "ärger_2", "9"])("takes %j", (name) => {
    expect(nameProblems(name)).toEqual([]);
  });

  it.each(["", " a", "a ", "a,b", "a=b", "../x", "a/b", "inline:1", "x".repeat(101), "a\nb"])(
    "refuses %j",
    (name) => {
      expect(nameProblems(name).map(({ path }) => path)).toEqual(["name"]);
    },
  );
});
