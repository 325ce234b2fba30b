import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import { openMetastore } from "../metastore/sqlite-metastore.ts";
import {
  changeGrants,
  effectivePrivileges,
  manages,
  requireCreateTable,
  requireModify,
  requireOwnerOrManage,
  requireSelect,
  sees,
  type Target,
  targetOf,
} from "./index.ts";

const owner: PrincipalRecord = { name: "owner", kind: "user", groups: [], admin: true };
const writer: PrincipalRecord = { name: "writer", kind: "user", groups: ["etl"], admin: false };
const t = { catalog: "c", schema: "s", name: "t" };
const table: Target = { type: "table", name: t };
const schema: Target = { type: "schema", name: { catalog: "c", schema: "s" } };
const catalog: Target = { type: "catalog", name: "c" };

function made() {
  const metastore = openMetastore({ path: ":memory:", now: () => 0, uuid: randomUUID, randomBytes });
  const stamp = {
    owner: "owner",
    createdAt: 0,
    createdBy: "owner",
    updatedAt: 0,
    updatedBy: "owner",
    properties: {},
  };
  metastore.putPrincipal(owner);
  metastore.putPrincipal(writer);
  metastore.putCatalog({ ...stamp, id: "1", name: "c" });
  metastore.putSchema({ ...stamp, id: "2", catalog: "c", schema: "s" });
  metastore.putTable({ ...stamp, ...t, id: "3", tableType: "MANAGED", constraints: [], columnMasks: [] });
  const grant = (target: Target, principal: string, ...add: string[]) =>
    changeGrants({ metastore, principal: owner }, target, [{ principal, add }]);
  return { metastore, grant, viewer: { metastore, principal: writer } };
}

const messageOf = (work: () => void) => {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
};

describe("reading a table", () => {
  test("is denied level by level, in the analyzer's words", () => {
    const { grant, viewer } = made();
    const denial = (what: string) =>
      `[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have ${what}. SQLSTATE: 42501`;
    expect(messageOf(() => requireSelect(viewer, t))).toBe(denial("USE CATALOG on Catalog 'c'"));
    grant(catalog, "writer", "USE_CATALOG");
    expect(messageOf(() => requireSelect(viewer, t))).toBe(denial("USE SCHEMA on Schema 'c.s'"));
    grant(schema, "etl", "USE_SCHEMA");
    expect(messageOf(() => requireSelect(viewer, t))).toBe(denial("SELECT on Table 'c.s.t'"));
    grant(catalog, "account users", "SELECT");
    expect(messageOf(() => requireSelect(viewer, t))).toBeUndefined();
  });
});

describe("writing a table", () => {
  test.for([
    ["directly", table, "writer", ["MODIFY", "SELECT"]],
    ["by the schema", schema, "writer", ["MODIFY", "SELECT"]],
    ["by the catalog", catalog, "writer", ["MODIFY", "SELECT"]],
    ["by a group", schema, "etl", ["MODIFY", "SELECT"]],
    ["by ALL PRIVILEGES", table, "writer", ["ALL_PRIVILEGES"]],
    ["by ALL PRIVILEGES on the catalog", catalog, "writer", ["ALL_PRIVILEGES"]],
  ] as const)("is granted %s", ([, target, principal, privileges]) => {
    const { grant, viewer } = made();
    grant(catalog, "writer", "USE_CATALOG", "USE_SCHEMA");
    expect(messageOf(() => requireModify(viewer, t))).toBe(
      "PERMISSION_DENIED: User does not have MODIFY on Table 'c.s.t'. SQLSTATE: 42501",
    );
    grant(target, principal, ...privileges);
    expect(messageOf(() => requireModify(viewer, t))).toBeUndefined();
  });

  test("takes SELECT beside MODIFY", () => {
    const { grant, viewer } = made();
    grant(catalog, "writer", "USE_CATALOG", "USE_SCHEMA", "MODIFY");
    expect(messageOf(() => requireModify(viewer, t))).toContain("User does not have SELECT on Table 'c.s.t'");
  });
});

describe("owners", () => {
  test("may do everything with what they own, and manage but not read what is below", () => {
    const { metastore, viewer } = made();
    const record = metastore.table(t);
    expect(record).toBeDefined();
    if (record !== undefined) metastore.putTable({ ...record, owner: "etl" });
    expect(manages(viewer, table)).toBe(true);
    const schemaRecord = metastore.schema(t);
    if (schemaRecord !== undefined) metastore.putSchema({ ...schemaRecord, owner: "writer" });
    if (record !== undefined) metastore.putTable({ ...record, owner: "owner" });
    changeGrants({ metastore, principal: owner }, catalog, [{ principal: "writer", add: ["USE_CATALOG"] }]);
    expect(manages(viewer, table)).toBe(true);
    expect(messageOf(() => requireSelect(viewer, t))).toContain("SELECT on Table");
    expect(messageOf(() => requireCreateTable(viewer, t))).toBeUndefined();
  });

  test("ALL PRIVILEGES does not contain MANAGE", () => {
    const { grant, viewer } = made();
    grant(catalog, "writer", "ALL_PRIVILEGES");
    expect(messageOf(() => requireOwnerOrManage(viewer, table))).toContain("MANAGE on Table 'c.s.t'");
    grant(schema, "writer", "MANAGE");
    expect(messageOf(() => requireOwnerOrManage(viewer, table))).toBeUndefined();
  });
});

describe("changing grants", () => {
  test("removing ALL PRIVILEGES takes the single ones along, but not MANAGE", () => {
    const { metastore, grant } = made();
    grant(table, "writer", "ALL_PRIVILEGES", "SELECT", "MANAGE");
    changeGrants({ metastore, principal: owner }, table, [
      { principal: "writer", remove: ["ALL_PRIVILEGES"] },
    ]);
    expect(metastore.grants("table", "c.s.t")).toEqual([{ principal: "writer", privileges: ["MANAGE"] }]);
  });

  test.for([
    ["nobody", ["SELECT"], [], "Could not find principal with name nobody"],
    ["writer", ["SELECT"], ["SELECT"], "Duplicate privileges to add and delete for principal writer."],
    ["writer", ["USE_CATALOG"], [], "Privilege USE CATALOG is not applicable"],
    ["writer", ["FLY"], [], "Privilege FLY is not applicable"],
  ] as const)("of %s: %s, %s is refused whole", ([principal, add, remove, message]) => {
    const { metastore } = made();
    const changes = [
      { principal: "writer", add: ["MODIFY"] },
      { principal, add, remove },
    ];
    expect(messageOf(() => changeGrants({ metastore, principal: owner }, table, changes))).toContain(message);
    expect(metastore.grants("table", "c.s.t")).toEqual([]);
  });

  test("needs MANAGE or ownership", () => {
    const { viewer } = made();
    const change = () => changeGrants(viewer, table, [{ principal: "writer", add: ["SELECT"] }]);
    expect(messageOf(change)).toContain("User does not have MANAGE on Table 'c.s.t'");
  });
});

test("effective privileges say where they come from", () => {
  const { metastore, grant } = made();
  grant(table, "writer", "SELECT");
  grant(schema, "etl", "MODIFY");
  grant(catalog, "writer", "USE_CATALOG");
  expect(effectivePrivileges(metastore, { type: "table", name: t })).toEqual([
    { principal: "writer", privilege: "SELECT" },
    { principal: "etl", privilege: "MODIFY", inheritedFrom: { type: "schema", name: "c.s" } },
    { principal: "writer", privilege: "USE_CATALOG", inheritedFrom: { type: "catalog", name: "c" } },
  ]);
});

test("what one may not use is not seen, except by BROWSE", () => {
  const { grant, viewer } = made();
  grant(table, "writer", "SELECT");
  expect(sees(viewer, table)).toBe(false);
  grant(catalog, "writer", "BROWSE");
  expect(sees(viewer, table)).toBe(true);
});

test.for([
  ["nothing", catalog, [], false],
  ["CREATE TABLE on the schema", schema, ["CREATE_TABLE"], false],
  ["USE SCHEMA and CREATE FUNCTION on the catalog", catalog, ["USE_SCHEMA", "CREATE_FUNCTION"], false],
  ["EXECUTE on the schema", schema, ["EXECUTE"], false],
  ["SELECT on the catalog", catalog, ["SELECT"], true],
  ["MODIFY on the schema", schema, ["MODIFY"], true],
  ["ALL PRIVILEGES on the catalog", catalog, ["ALL_PRIVILEGES"], true],
  ["APPLY TAG on the table", table, ["APPLY_TAG"], true],
] as const)("%s beside the use of schema and catalog: the table is seen or not", (row) => {
  const [, target, privileges, seen] = row;
  const { grant, viewer } = made();
  grant(catalog, "writer", "USE_CATALOG");
  grant(schema, "writer", "USE_SCHEMA");
  grant(target, "etl", ...privileges);
  expect(sees(viewer, table)).toBe(seen);
  expect(sees(viewer, schema)).toBe(true);
});

test.for([
  ["catalog", "c", { type: "catalog", name: "c" }],
  ["schema", "c.s", { type: "schema", name: { catalog: "c", schema: "s" } }],
  ["volume", "c.s.v", { type: "volume", name: { catalog: "c", schema: "s", name: "v" } }],
  ["catalog", "c.s", undefined],
  ["schema", "c", undefined],
  ["table", "c.s", undefined],
  ["table", "c.s.t.u", undefined],
] as const)("%s %s", ([type, name, target]) => {
  expect(targetOf(type, name)).toEqual(target);
});
