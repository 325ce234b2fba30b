import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@clone-xs/databricks/client";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { temporaryConnections, temporaryDirectory } from "../../test/fixtures.ts";
import type { ConnectionDetails } from "./details.ts";

const TOKEN = "dapi-planted-0001";
const details: ConnectionDetails = {
  host: "https://x.example.com",
  warehouseId: "w1",
  credentials: { method: "pat", token: new Secret(TOKEN) },
};
const principal: ConnectionDetails = {
  host: "https://y.example.com",
  destinationCatalog: "dev",
  credentials: {
    method: "service_principal",
    clientId: "planted-client-0002",
    clientSecret: new Secret("planted-secret-0003"),
  },
};

function tokenOf({ credentials }: ConnectionDetails): string {
  return credentials.method === "pat" ? credentials.token.reveal() : credentials.method;
}

/** Every byte that the directory holds. */
function bytesOf(directory: string): string {
  return readdirSync(directory)
    .map((file) => readFileSync(join(directory, file), "latin1"))
    .join("\n");
}

describe("the connection store", () => {
  it("gives back what was saved, also to another process, and shows it without credentials", () => {
    const home = temporaryDirectory();
    const store = temporaryConnections(home);
    store.add("b", principal, 5);
    store.add("a", details, 6);
    const other = temporaryConnections(home);
    expect(other.list()).toEqual([
      {
        name: "a",
        host: "https://x.example.com",
        warehouseId: "w1",
        method: "pat",
        readable: true,
        createdAt: 6,
        updatedAt: 6,
      },
      {
        name: "b",
        host: "https://y.example.com",
        destinationCatalog: "dev",
        method: "service_principal",
        readable: true,
        createdAt: 5,
        updatedAt: 5,
      },
    ]);
    expect(tokenOf(other.details("a"))).toBe(TOKEN);
    expect(other.details("b")).toMatchObject({ credentials: { clientId: "planted-client-0002" } });
  });

  it("pitfall 26: leaves no secret in any file, also when it is changed and deleted", () => {
    const home = temporaryDirectory();
    const store = temporaryConnections(home);
    store.add("a", details, 1);
    store.add("b", principal, 2);
    store.keepForRun("0000000a", "inline:1", principal, 2);
    store.change("a", { ...details, name: "c" }, 3);
    store.remove("b");
    store.close();
    expect(bytesOf(home)).not.toMatch(/planted/u);
    expect(statSync(join(home, "connections.db")).mode & 0o777).toBe(0o600);
  });

  it("knows a name once, and the same workspace under several names", () => {
    const store = temporaryConnections();
    store.add("a", details, 1);
    store.add("b", details, 1);
    expect(() => store.add("a", principal, 2)).toThrow(expect.objectContaining({ code: "ALREADY_EXISTS" }));
    expect(() => store.change("a", { ...details, name: "b" }, 2)).toThrow(
      expect.objectContaining({ code: "ALREADY_EXISTS" }),
    );
    expect(store.list().map(({ name, host }) => `${name} ${host}`)).toEqual([
      "a https://x.example.com",
      "b https://x.example.com",
    ]);
  });

  it("keeps credentials over a change of the rest and a new name", () => {
    const store = temporaryConnections();
    store.add("a", details, 1);
    const { credentials: _, ...place } = details;
    store.change("a", { ...place, warehouseId: "w2", name: "z" }, 9);
    expect(store.get("a")).toBeUndefined();
    expect(store.get("z")).toMatchObject({ warehouseId: "w2", createdAt: 1, updatedAt: 9 });
    expect(tokenOf(store.details("z"))).toBe(TOKEN);
  });

  it("forgets what was given with a run, and shows it nowhere", () => {
    const store = temporaryConnections();
    store.keepForRun("0000000a", "inline:1", details, 1);
    store.keepForRun("0000000b", "inline:2", principal, 2);
    expect([store.list(), store.get("inline:1"), store.remove("inline:1")]).toEqual([[], undefined, false]);
    expect(store.keptFor()).toEqual([
      { runId: "0000000a", since: 1 },
      { runId: "0000000b", since: 2 },
    ]);
    store.forgetRun("0000000a");
    expect(store.keptFor()).toEqual([{ runId: "0000000b", since: 2 }]);
    expect(() => store.details("inline:1")).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    expect(tokenOf(store.details("inline:2"))).toBe("service_principal");
  });

  it("says how to go on when the key is lost", () => {
    const home = temporaryDirectory();
    temporaryConnections(home).add("a", details, 1);
    rmSync(join(home, "secret.key"));
    const store = temporaryConnections(home);
    expect(store.get("a")).toMatchObject({ readable: false });
    expect(() => store.details("a")).toThrow(
      /credentials of connection a .* another key .* Save them again, or put the earlier key back/u,
    );
    store.change("a", details, 2);
    expect(tokenOf(store.details("a"))).toBe(TOKEN);
  });

  it("seals anew with the first of several keys, so that the earlier one can go", () => {
    const home = temporaryDirectory();
    const [earlier, later] = [1, 2].map(() => randomBytes(32).toString("base64"));
    temporaryConnections(home, earlier).add("a", details, 1);
    temporaryConnections(home, `${later},${earlier}`).sealAnew();
    const store = temporaryConnections(home, later);
    expect(tokenOf(store.details("a"))).toBe(TOKEN);
    expect(readdirSync(home)).not.toContain("secret.key");
  });

  it("does not open credentials in a row that was given another host", () => {
    const home = temporaryDirectory();
    const store = temporaryConnections(home);
    store.add("a", details, 1);
    const file = new Database(join(home, "connections.db"));
    file.exec("UPDATE connections SET host = 'https://evil.example.com'");
    file.close();
    expect(() => store.details("a")).toThrow(/were changed where they are kept/u);
  });
});
