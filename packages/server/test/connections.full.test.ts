import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Catalogs, Connection, ConnectionCheck, Problem, Warehouses } from "../src/contract/index.ts";
import { running } from "./running.ts";

/** Another workspace with an address of its own. */
async function elsewhere() {
  const lakehouse = await openTestLakehouse();
  onTestFinished(() => lakehouse.close());
  const { url } = await lakehouse.listen();
  return {
    lakehouse,
    saved: {
      host: url,
      auth_method: "pat",
      token: lakehouse.token(lakehouse.owner),
      warehouse_id: lakehouse.warehouseId,
    },
  };
}

describe("connections over HTTP", () => {
  it("saves one, tells what it can see, and forgets it", async () => {
    const { call } = await running();
    const { lakehouse, saved } = await elsewhere();
    const made = await call<Connection>("POST", "/api/connections", { name: "eu", ...saved });
    expect(made).toEqual({
      name: "eu",
      host: saved.host,
      auth_method: "pat",
      profile: null,
      warehouse_id: lakehouse.warehouseId,
      destination_catalog: null,
      credentials: "kept",
      created_at: expect.any(String) as string,
      updated_at: made.created_at,
    });
    expect(await call("GET", "/api/connections/eu/whoami")).toEqual({
      host: saved.host,
      user_name: lakehouse.owner,
    });
    const { warehouses } = await call<Warehouses>("GET", "/api/connections/eu/warehouses");
    expect(warehouses.map(({ id }) => id)).toContain(lakehouse.warehouseId);
    const { catalogs } = await call<Catalogs>("GET", "/api/connections/eu/catalogs");
    expect(catalogs.map(({ name }) => name)).toContain("main");
    const check = await call<ConnectionCheck>("POST", "/api/connections/eu/validate");
    expect(check).toMatchObject({ ok: true, warehouse: { id: lakehouse.warehouseId } });
    expect(await call("DELETE", "/api/connections/eu")).toMatchObject({ name: "eu" });
    expect(await call("GET", "/api/connections/eu")).toMatchObject({ status: 404 });
  });

  it("saves what does not work, and tells why it does not", async () => {
    const { call } = await running();
    const { saved } = await elsewhere();
    await call("POST", "/api/connections", { name: "eu", ...saved, token: "dapi-wrong" });
    const check = await call<ConnectionCheck>("POST", "/api/connections/eu/validate");
    expect(check).toMatchObject({ ok: false, checks: [{ check: "connect", ok: false }] });
    expect(check.checks[0]?.message).toContain("refused the credentials");
    expect(JSON.stringify(check)).not.toContain("dapi-wrong");
    expect(await call("GET", "/api/connections/eu/catalogs")).toMatchObject({ status: 502 });
    await call("PATCH", "/api/connections/eu", { token: saved.token, warehouse_id: "gone" });
    const second = await call<ConnectionCheck>("POST", "/api/connections/eu/validate");
    expect(second.checks.map(({ check, ok }) => `${check} ${ok}`)).toEqual([
      "connect true",
      "metastore true",
      "warehouse false",
    ]);
    expect(second.checks[2]?.message).toContain("no SQL warehouse gone that you may use. Warehouses there:");
  });

  it("tries one that is not saved, with the kept credentials only where they were given for", async () => {
    const { call } = await running();
    const [{ lakehouse, saved }, other] = [await elsewhere(), await elsewhere()];
    expect(await call("POST", "/api/connections/validate", saved)).toMatchObject({ ok: true });
    await call("POST", "/api/connections", { name: "eu", ...saved });
    expect(await call("POST", "/api/connections/whoami", { name: "eu" })).toMatchObject({
      user_name: lakehouse.owner,
    });
    const moved = { name: "eu", host: other.saved.host };
    for (const [method, path] of [
      ["POST", "/api/connections/validate"],
      ["POST", "/api/connections/whoami"],
      ["PATCH", "/api/connections/eu"],
    ] as const) {
      const refused = await call<Problem>(method, path, moved);
      expect([refused.status, refused.errors?.map(({ path }) => path)]).toEqual([422, ["token"]]);
    }
    expect(await call("GET", "/api/connections")).toMatchObject({ connections: [{ host: saved.host }] });
  });

  it("names an unknown key and the one that was meant, a taken name, and a connection that is not there", async () => {
    const { call } = await running();
    const { saved } = await elsewhere();
    expect(await call("POST", "/api/connections", { name: "eu", ...saved, warehouse: "w" })).toMatchObject({
      status: 422,
      detail: "Unknown key warehouse. Did you mean warehouse_id?",
    });
    await call("POST", "/api/connections", { name: "eu", ...saved });
    expect(await call("POST", "/api/connections", { name: "eu", ...saved })).toMatchObject({
      status: 409,
      code: "ALREADY_EXISTS",
    });
    expect(await call("PUT", "/api/connections/us", saved)).toMatchObject({ status: 404 });
    expect(await call("PUT", "/api/connections/eu", { ...saved, token: "" })).toMatchObject({ status: 422 });
    expect(await call("PUT", "/api/connections/eu", { ...saved, name: "us" })).toMatchObject({ name: "us" });
  });

  it("takes nothing from another site", async () => {
    const { url } = await running();
    const answer = await fetch(`${url}/api/connections/validate`, {
      method: "POST",
      body: "{}",
      headers: { origin: "https://evil.example" },
    });
    expect(answer.status).toBe(403);
  });
});
