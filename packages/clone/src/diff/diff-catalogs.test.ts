import { describe, expect, it } from "vitest";
import { column, inventory, routine, schemaOf, table, view, volume } from "../../test/inventories.ts";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import { diffCatalogs } from "./diff-catalogs.ts";

const named = (found: Inventory, name: string): Inventory => ({
  ...found,
  catalog: { ...found.catalog, name },
});
const source = (objects: Parameters<typeof schemaOf>[1]) => inventory([schemaOf("s", objects)]);
const target = (objects: Parameters<typeof schemaOf>[1]) => named(source(objects), "dev");

const key = { kind: "primary_key", name: "pk", columns: ["id"], rely: false } as const;
const foreign = (catalog: string) =>
  ({
    kind: "foreign_key",
    name: "fk",
    columns: ["id"],
    parentTable: `${catalog}.s.p`,
    parentColumns: ["id"],
    rely: false,
  }) as const;

describe("diffCatalogs", () => {
  it("finds nothing between a source and its faithful copy, whose names are moved and which carries our mark", () => {
    const one = source({
      tables: [
        table("s", "t", { constraints: [foreign("prod")] }),
        view("s", "v", "SELECT id FROM prod.s.t"),
      ],
      functions: [routine("s", "f", "(SELECT max(id) FROM prod.s.t) + x")],
      volumes: [volume("s", "w")],
    });
    const other = target({
      tables: [
        table("s", "t", {
          constraints: [foreign("dev")],
          properties: { "clxs.clone": "{}", "delta.lastUpdateVersion": "7" },
        }),
        view("s", "V", "SELECT id FROM dev.s.t;"),
      ],
      functions: [routine("s", "f", "(SELECT max(id) FROM dev.s.t) + x")],
      volumes: [volume("s", "w")],
    });
    expect(diffCatalogs(one, other)).toEqual({
      source_catalog: "prod",
      destination_catalog: "dev",
      identical: true,
      compared: { schemas: 1, tables: 1, views: 1, functions: 1, volumes: 1 },
      rows: { compared: 0, not_compared: [{ object: "s.t", reason: "it carries no mark of a clone" }] },
      differences: [],
    });
  });

  it.each<[string, Partial<SchemaInventory>, Partial<SchemaInventory>, object[]]>([
    [
      "a table that is missing",
      { tables: [table("s", "t")] },
      {},
      [{ object: "s.t", what: "table", source: "present", target: null }],
    ],
    [
      "a view too many",
      {},
      { tables: [view("s", "v", "SELECT 1")] },
      [{ object: "s.v", what: "view", source: null, target: "present" }],
    ],
    [
      "a table where a view should be",
      { tables: [view("s", "v", "SELECT 1")] },
      { tables: [table("s", "v")] },
      [{ object: "s.v", what: "view", source: "VIEW", target: "MANAGED" }],
    ],
    [
      "columns",
      { tables: [table("s", "t", { columns: [column("id"), column("gone", 1)] })] },
      {
        tables: [
          table("s", "t", {
            columns: [column("ID", 0, { typeText: "INT", comment: "key" }), column("extra", 1)],
          }),
        ],
      },
      [
        { object: "s.t.id", what: "column", source: "bigint at 0", target: "int at 0" },
        { object: "s.t.id", what: "comment", source: null, target: "key" },
        { object: "s.t.gone", what: "column", source: "bigint at 1", target: null },
        { object: "s.t.extra", what: "column", source: null, target: "bigint at 1" },
      ],
    ],
    [
      "a mask and a row filter",
      {
        tables: [
          table("s", "t", {
            columns: [column("id", 0, { mask: { functionName: "prod.s.m", usingColumns: ["a"] } })],
            rowFilter: { functionName: "prod.s.r", inputColumns: [] },
          }),
        ],
      },
      { tables: [table("s", "t")] },
      [
        { object: "s.t.id", what: "mask", source: "dev.s.m(a)", target: null },
        { object: "s.t", what: "row filter", source: "dev.s.r", target: null },
      ],
    ],
    [
      "properties, comment, owner and keys",
      { tables: [table("s", "t", { properties: { a: "1", b: "2" }, comment: "x", constraints: [key] })] },
      { tables: [table("s", "t", { properties: { a: "1", b: "3", c: "4" }, owner: "ann" })] },
      [
        { object: "s.t", what: "properties", source: "b=2", target: "b=3, c=4" },
        { object: "s.t", what: "comment", source: "x", target: null },
        { object: "s.t", what: "owner", source: "runner", target: "ann" },
        { object: "s.t", what: "constraints", source: "primary key (id)", target: null },
      ],
    ],
    [
      "texts of views and functions",
      { tables: [view("s", "v", "SELECT 1 FROM prod.s.t")], functions: [routine("s", "f", "x + 1")] },
      { tables: [view("s", "v", "SELECT 1 FROM prod.s.t")], functions: [routine("s", "f", "x + 2")] },
      [
        {
          object: "s.v",
          what: "definition",
          source: "SELECT 1 FROM dev.s.t",
          target: "SELECT 1 FROM prod.s.t",
        },
        {
          object: "s.f",
          what: "definition",
          source: "(x bigint) returns bigint SQL: x + 1",
          target: "(x bigint) returns bigint SQL: x + 2",
        },
      ],
    ],
    [
      "volumes",
      { volumes: [volume("s", "w", { comment: "c" })] },
      { volumes: [volume("s", "w", { volumeType: "EXTERNAL" })] },
      [
        { object: "s.w", what: "volume", source: "MANAGED", target: "EXTERNAL" },
        { object: "s.w", what: "comment", source: "c", target: null },
      ],
    ],
    [
      "a schema that could not be read",
      { failure: { code: "PERMISSION_DENIED", message: "no USE SCHEMA" } },
      {},
      [{ object: "s", what: "schema", source: "no USE SCHEMA", target: null }],
    ],
  ])("finds %s", (_, one, other, differences) => {
    expect(diffCatalogs(source(one), target(other)).differences).toEqual(differences);
  });

  it("finds schemas, but not an empty default", () => {
    const one = inventory([schemaOf("s"), schemaOf("default")]);
    const other = named(inventory([schemaOf("t")]), "dev");
    expect(diffCatalogs(one, other).differences).toEqual([
      { object: "s", what: "schema", source: "present", target: null },
      { object: "t", what: "schema", source: null, target: "present" },
    ]);
  });

  it("compares tags and grants securable by securable", () => {
    const tables = [table("s", "t")];
    const on = { level: "table", schema: "s", name: "t" } as const;
    const one: Inventory = {
      ...source({ tables }),
      tags: { ok: true, rows: [{ ...on, level: "column", column: "id", tag: "pii", value: "high" }] },
      grants: {
        ok: true,
        rows: [
          { ...on, principal: "b", privilege: "SELECT" },
          { ...on, principal: "a", privilege: "MODIFY" },
          { level: "schema", schema: "s", principal: "a", privilege: "USE_SCHEMA" },
        ],
      },
    };
    const other: Inventory = {
      ...target({ tables }),
      grants: { ok: true, rows: [{ ...on, principal: "b", privilege: "SELECT" }] },
    };
    expect(diffCatalogs(one, other).differences).toEqual([
      { object: "s", what: "grants", source: "a: USE_SCHEMA", target: null },
      { object: "s.t", what: "grants", source: "a: MODIFY, b: SELECT", target: "b: SELECT" },
      { object: "s.t.id", what: "tags", source: "pii=high", target: null },
    ]);
  });

  it("does not call the same what could not be read", () => {
    const failure = { code: "PERMISSION_DENIED", message: "no SELECT on tags" };
    const one = { ...source({}), tags: { ok: false, failure } } as const;
    expect(diffCatalogs(one, target({})).differences).toEqual([
      { object: "prod", what: "tags", source: "no SELECT on tags", target: "read" },
    ]);
  });
});
