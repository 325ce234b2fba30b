import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  inTurn,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../../test/scripted-service.ts";
import { connectDatabricks } from "../connect.ts";

const UNITY = "/api/2.1/unity-catalog";

let service: ScriptedService;
afterEach(async () => service[Symbol.asyncDispose]());

async function reads(play: (request: Received) => Reply) {
  service = await startService(play);
  const { unity } = await connectDatabricks(configFor(service), fakeEffects());
  return unity;
}

const refused = (status: number, error_code: string): Reply => ({
  status,
  json: { error_code, message: `${error_code}.` },
});

describe("paging", () => {
  it("goes by the token only: short and empty pages in the middle, no key or an empty token at the end", async () => {
    const unity = await reads(
      inTurn(
        { json: { catalogs: [{ name: "a" }], next_page_token: "p1" } },
        { json: { next_page_token: "p2" } },
        { json: { catalogs: [], next_page_token: "p3" } },
        { json: { catalogs: [{ name: "b" }], next_page_token: "" } },
      ),
    );
    expect((await unity.catalogs()).map(({ name }) => name)).toEqual(["a", "b"]);
    const asked = service.received.slice(1).map(({ query }) => Object.fromEntries(query));
    expect(asked).toEqual([
      { max_results: "0" },
      { max_results: "0", page_token: "p1" },
      { max_results: "0", page_token: "p2" },
      { max_results: "0", page_token: "p3" },
    ]);
  });

  it("ends with an error when the service repeats a token", async () => {
    const unity = await reads(inTurn({ json: { schemas: [], next_page_token: "same" } }));
    await expect(unity.schemas("c")).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("a page that fails is an error, never a shorter list", async () => {
    const unity = await reads(
      inTurn({ json: { tables: [], next_page_token: "p1" } }, refused(403, "PERMISSION_DENIED")),
    );
    await expect(unity.tables("c", "s")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });
});

describe("one object", () => {
  it.each([
    [404, "TABLE_DOES_NOT_EXIST"],
    [404, "SCHEMA_DOES_NOT_EXIST"],
    [404, "CATALOG_DOES_NOT_EXIST"],
  ])("is undefined when the service answers %i %s", async (status, code) => {
    const unity = await reads(inTurn(refused(status, code)));
    expect(await unity.table({ catalog: "c", schema: "s", name: "t" })).toBeUndefined();
  });

  it.each([
    [404, "ENDPOINT_NOT_FOUND", "INVALID_REQUEST"],
    [404, "METASTORE_DOES_NOT_EXIST", "INVALID_REQUEST"],
    [403, "PERMISSION_DENIED", "PERMISSION_DENIED"],
  ])("is an error when it answers %i %s", async (status, errorCode, code) => {
    const unity = await reads(inTurn(refused(status, errorCode)));
    await expect(unity.catalog("c")).rejects.toMatchObject({ code, errorClass: errorCode });
  });

  it("is asked for with its name percent-encoded", async () => {
    const unity = await reads(
      inTurn({ json: { name: "größe #1?", catalog_name: "c", schema_name: "s", table_type: "MANAGED" } }),
    );
    expect((await unity.table({ catalog: "c", schema: "s", name: "größe #1?" }))?.name).toBe("größe #1?");
    expect(service.calls()).toEqual([`GET ${UNITY}/tables/c.s.gr%C3%B6%C3%9Fe%20%231%3F`]);
  });

  it("takes nulls for members left out", async () => {
    const unity = await reads(
      inTurn({ json: { name: "c", owner: "o", comment: null, properties: null, catalog_type: null } }),
    );
    expect(await unity.catalog("c")).toEqual({
      name: "c",
      owner: "o",
      catalogType: "MANAGED_CATALOG",
      properties: {},
    });
  });

  it("says what is wrong with an answer that is not of the documented form", async () => {
    const unity = await reads(inTurn({ json: { nam: "c" } }));
    await expect(unity.catalog("c")).rejects.toMatchObject({
      code: "INTERNAL",
      message: expect.stringContaining("name") as string,
    });
  });
});

it("reads the other securables where the service has them", async () => {
  const answers: Record<string, unknown> = {
    [`${UNITY}/metastore_summary`]: {
      metastore_id: "m",
      name: "meta",
      global_metastore_id: "aws:us-east-1:m",
    },
    [`${UNITY}/functions`]: {
      functions: [
        { name: "f", catalog_name: "c", schema_name: "s", data_type: "INT", routine_definition: "1" },
      ],
    },
    [`${UNITY}/volumes`]: {
      volumes: [
        {
          name: "v",
          catalog_name: "c",
          schema_name: "s",
          volume_type: "MANAGED",
          storage_location: "s3://b",
        },
      ],
    },
    [`${UNITY}/permissions/schema/c.s`]: {
      privilege_assignments: [{ principal: "a", privileges: ["USE_SCHEMA"] }],
    },
    [`${UNITY}/effective-permissions/table/c.s.t`]: {
      privilege_assignments: [
        {
          principal: "a",
          privileges: [{ privilege: "SELECT", inherited_from_type: "SCHEMA", inherited_from_name: "c.s" }],
        },
      ],
    },
  };
  const unity = await reads((request) => inTurn({ json: answers[request.path] ?? {} })(request));
  expect(await unity.metastore()).toEqual({
    metastoreId: "m",
    name: "meta",
    globalMetastoreId: "aws:us-east-1:m",
  });
  expect((await unity.functions("c", "s"))[0]).toMatchObject({ name: "f", returns: "INT", language: "SQL" });
  expect((await unity.volumes("c", "s"))[0]).toMatchObject({ name: "v", volumeType: "MANAGED" });
  expect(await unity.permissions("schema", "c.s")).toEqual([{ principal: "a", privileges: ["USE_SCHEMA"] }]);
  expect(await unity.effectivePermissions("table", "c.s.t")).toEqual([
    { principal: "a", privilege: "SELECT", inheritedFrom: { type: "schema", name: "c.s" } },
  ]);
});
