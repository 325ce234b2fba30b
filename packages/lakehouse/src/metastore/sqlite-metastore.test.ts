import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Metastore, TableRecord } from "./metastore.ts";
import { openMetastore } from "./sqlite-metastore.ts";

const stamp = { owner: "ada", createdAt: 1, createdBy: "ada", updatedAt: 2, updatedBy: "ada" };

function table(catalog: string, schema: string, name: string): TableRecord {
  const facts = { tableType: "MANAGED", format: "DELTA", location: `/w/${name}` } as const;
  return {
    ...stamp,
    ...facts,
    catalog,
    schema,
    name,
    id: name,
    properties: {},
    constraints: [],
    columnMasks: [],
  };
}

function open(now = () => 1000): Metastore {
  return openMetastore({ path: ":memory:", now, uuid: randomUUID, randomBytes });
}

function filled(): Metastore {
  const metastore = open();
  metastore.putCatalog({ ...stamp, id: "1", name: "Main", properties: {} });
  metastore.putCatalog({ ...stamp, id: "2", name: "main_too", properties: {} });
  metastore.putSchema({ ...stamp, id: "3", catalog: "main", schema: "Sales", properties: {} });
  metastore.putSchema({ ...stamp, id: "4", catalog: "main", schema: "sales2", properties: {} });
  for (const name of ["b", "A", "ärger😀"]) metastore.putTable(table("MAIN", "sales", name));
  metastore.putTable(table("main", "sales2", "c"));
  return metastore;
}

test("names are kept in lower case and found in any case, lists are sorted", () => {
  const metastore = filled();
  expect(metastore.catalogs().map((c) => c.name)).toEqual(["main", "main_too"]);
  expect(metastore.schema({ catalog: "MAIN", schema: "SALES" })).toMatchObject({
    catalog: "main",
    schema: "sales",
  });
  expect(metastore.tables({ catalog: "Main", schema: "Sales" }).map((t) => t.name)).toEqual([
    "a",
    "b",
    "ärger😀",
  ]);
  expect(metastore.tables({ catalog: "main" })).toHaveLength(4);
  expect(metastore.table({ catalog: "main", schema: "sales", name: "B" })?.id).toBe("b");
});

test("replacing a table keeps the grants and tags of its name; removing it takes them away", () => {
  const metastore = filled();
  metastore.grant("table", "main.sales.b", "writer", ["SELECT", "MODIFY"]);
  metastore.setTags("table", "main.sales.b", [{ name: "pii", value: "" }]);
  metastore.setTags("table", "main.sales.b", [{ name: "k", value: "v" }], "Id");
  metastore.putTable(table("main", "sales", "b"));
  expect(metastore.grants("table", "MAIN.sales.B")).toEqual([
    { principal: "writer", privileges: ["MODIFY", "SELECT"] },
  ]);
  expect(metastore.tags("table", "main.sales.b")).toEqual([{ name: "pii", value: "" }]);
  metastore.removeTable({ catalog: "main", schema: "sales", name: "b" }, { sweepLocation: "/w/b" });
  expect(metastore.grants("table", "main.sales.b")).toEqual([]);
  expect(metastore.tagsBelow("main")).toEqual([]);
  expect(metastore.sweepable()).toEqual(["/w/b"]);
  metastore.swept("/w/b");
  expect(metastore.sweepable()).toEqual([]);
});

test("a renamed table keeps its record, grants and tags", () => {
  const metastore = filled();
  metastore.grant("table", "main.sales.b", "writer", ["SELECT"]);
  metastore.setTags("table", "main.sales.b", [{ name: "k", value: "v" }], "id");
  metastore.renameTable(
    { catalog: "main", schema: "sales", name: "b" },
    { catalog: "main", schema: "sales2", name: "B2" },
  );
  expect(metastore.table({ catalog: "main", schema: "sales", name: "b" })).toBeUndefined();
  expect(metastore.table({ catalog: "main", schema: "sales2", name: "b2" })).toMatchObject({
    id: "b",
    name: "b2",
  });
  expect(metastore.grantsBelow("main").map(({ fullName }) => fullName)).toEqual(["main.sales2.b2"]);
  expect(metastore.tags("table", "main.sales2.b2", "id")).toEqual([{ name: "k", value: "v" }]);
});

test("removing a schema or catalog takes what is below, and not its neighbours of similar name", () => {
  const metastore = filled();
  metastore.grant("schema", "main.sales", "r", ["USE_SCHEMA"]);
  metastore.grant("table", "main.sales.a", "r", ["SELECT"]);
  metastore.grant("schema", "main.sales2", "r", ["USE_SCHEMA"]);
  metastore.removeSchema({ catalog: "main", schema: "sales" });
  expect(metastore.tables({ catalog: "main" }).map((t) => t.name)).toEqual(["c"]);
  expect(metastore.grantsBelow("main").map((g) => g.fullName)).toEqual(["main.sales2"]);
  metastore.removeCatalog("main");
  expect(metastore.catalogs().map((c) => c.name)).toEqual(["main_too"]);
  expect(metastore.grantsBelow("main")).toEqual([]);
});

test("grants and tags of a catalog and below are listed with where they are", () => {
  const metastore = filled();
  metastore.grant("catalog", "main", "w", ["USE_CATALOG"]);
  metastore.grant("table", "main.sales.a", "w", ["SELECT", "MODIFY"]);
  metastore.grant("table", "main_too.s.t", "w", ["SELECT"]);
  metastore.revoke("table", "main.sales.a", "w", ["MODIFY", "never granted"]);
  expect(metastore.grantsBelow("main")).toEqual([
    { type: "catalog", fullName: "main", principal: "w", privilege: "USE_CATALOG" },
    { type: "table", fullName: "main.sales.a", principal: "w", privilege: "SELECT" },
  ]);
  metastore.setTags("table", "main.sales.a", [{ name: "k", value: "1" }], "Id");
  metastore.setTags("table", "main.sales.a", [{ name: "k", value: "2" }], "id");
  expect(metastore.tagsBelow("main")).toEqual([
    { type: "table", fullName: "main.sales.a", column: "id", tag: { name: "k", value: "2" } },
  ]);
  metastore.unsetTags("table", "main.sales.a", ["k"], "id");
  expect(metastore.tags("table", "main.sales.a", "id")).toEqual([]);
});

test("a throw rolls the whole transaction back, nested ones too", () => {
  const metastore = filled();
  const attempt = () =>
    metastore.transaction(() => {
      metastore.transaction(() => metastore.removeCatalog("main"));
      throw new Error("stop");
    });
  expect(attempt).toThrow("stop");
  expect(metastore.catalog("main")).toBeDefined();
});

test("a token names its principal until it expires; a client secret belongs to one principal", () => {
  let time = 1000;
  const metastore = open(() => time);
  metastore.putPrincipal({ name: "ada", kind: "user", groups: [], admin: true });
  metastore.putPrincipal({ name: "sp", kind: "service_principal", groups: ["g"], admin: false });
  const token = metastore.issueToken("ada");
  const short = metastore.issueToken("sp", { lifetimeMs: 10 });
  expect(metastore.principalByToken(token)?.name).toBe("ada");
  expect(metastore.principalByToken(short)?.groups).toEqual(["g"]);
  time = 1010;
  expect(metastore.principalByToken(short)).toBeUndefined();
  expect(metastore.principalByToken("")).toBeUndefined();
  const secret = metastore.issueSecret("sp");
  expect(metastore.principalBySecret("sp", secret)?.name).toBe("sp");
  expect(metastore.principalBySecret("ada", secret)).toBeUndefined();
  expect(metastore.principalByToken(secret)).toBeUndefined();
  expect(() => metastore.issueToken("nobody")).toThrow("nobody");
});
