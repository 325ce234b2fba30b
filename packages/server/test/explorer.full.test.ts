import { describe, expect, it } from "vitest";
import type {
  CatalogDetail,
  FunctionDetail,
  Lineage,
  Problem,
  SchemaDetail,
  Submitted,
  TableDetail,
  TableHistory,
  VolumeDetail,
  VolumeFiles,
} from "../src/contract/index.ts";
import { running, SHOP } from "./running.ts";

const OWNER = "owner@embedded.local";

const GOVERNED = [
  "CREATE FUNCTION shop.gold.hidden(t STRING) RETURNS STRING RETURN shop.gold.shout('***')",
  "CREATE FUNCTION shop.gold.all_rows(t STRING) RETURNS BOOLEAN RETURN true",
  "CREATE TABLE shop.bronze.people (id BIGINT NOT NULL, mail STRING COMMENT 'Private', city STRING, CONSTRAINT people_pk PRIMARY KEY (id)) PARTITIONED BY (city) COMMENT 'Who buys' TBLPROPERTIES ('team' = 'sales')",
  "CREATE TABLE shop.bronze.visits (id BIGINT NOT NULL, person BIGINT, CONSTRAINT visits_of FOREIGN KEY (person) REFERENCES shop.bronze.people (id))",
  "INSERT INTO shop.bronze.people VALUES (1, 'a@b', 'Rome')",
  "ALTER TABLE shop.bronze.people ADD CONSTRAINT positive CHECK (id > 0)",
  "ALTER TABLE shop.bronze.people ALTER COLUMN mail SET MASK shop.gold.hidden",
  "ALTER TABLE shop.bronze.people SET ROW FILTER shop.gold.all_rows ON (city)",
  "ALTER TABLE shop.bronze.people SET TAGS ('tier' = '1')",
  "ALTER TABLE shop.bronze.people ALTER COLUMN mail SET TAGS ('pii' = 'mail')",
  "ALTER CATALOG shop SET TAGS ('env' = 'test')",
  "GRANT USE CATALOG ON CATALOG shop TO reader",
  "GRANT USE SCHEMA, SELECT ON SCHEMA shop.bronze TO reader",
  "GRANT MODIFY ON TABLE shop.bronze.people TO reader",
  "CREATE VOLUME shop.bronze.inbox COMMENT 'What came in'",
];

const at = "/api/catalogs/shop";
const inBronze = `${at}/schemas/bronze`;

const refused = {
  kind: "end",
  state: "FAILED",
  errorCode: "BAD_REQUEST",
  message: "This is not for you.",
} as const;
const ABSENT = [
  "/api/catalogs/nope",
  "/api/catalogs/nope/lineage",
  `${at}/schemas/nope`,
  `${at}/schemas/nope/functions`,
  `${at}/schemas/nope/volumes`,
  `${inBronze}/tables/nope`,
  `${inBronze}/tables/nope/history`,
  `${inBronze}/functions/nope`,
  `${inBronze}/volumes/nope`,
  `${inBronze}/volumes/nope/files`,
  "/api/catalogs/a.b",
  `${inBronze}/tables/a.b`,
  `${inBronze}/tables/a%2Fb`,
  `${inBronze}/tables/%00`,
  `${inBronze}/tables/..%2F..`,
  `${inBronze}/tables/${"x".repeat(300)}`,
  "/api/catalogs/shop.bronze/schemas/orders/tables/x",
];
const NO_PAGES = [
  "limit=0",
  "limit=1001",
  "limit=x",
  "before=-1",
  "before=1e3",
  "before=9999999999999999999",
  "from=1",
];
const ODD = ["o`clock", "naïve-ünï", "';drop--", "50%", "#?&=", "日本", "ü".repeat(255)];

/** The shop with keys, masks, grants and files. */
async function governed() {
  const server = await running();
  await server.sql(...SHOP, ...GOVERNED);
  return server;
}

describe("a catalog and its schemas", () => {
  it("have their grants, tags and counts", async () => {
    const { call } = await governed();
    expect(await call<CatalogDetail>("GET", at)).toEqual({
      name: "shop",
      owner: OWNER,
      comment: "A shop",
      catalog_type: "MANAGED_CATALOG",
      share: null,
      properties: {},
      counts: { ok: true, value: { schemas: 3, tables: 5, views: 1, functions: 3, volumes: 1 } },
      grants: { ok: true, value: [{ principal: "reader", privilege: "USE_CATALOG", inherited_from: null }] },
      tags: { ok: true, value: [{ column: null, name: "env", value: "test" }] },
    });
    const schema = await call<SchemaDetail>("GET", inBronze);
    expect(schema).toMatchObject({
      catalog: "shop",
      name: "bronze",
      comment: "As it arrives",
      provenance: null,
      counts: { ok: true, value: { schemas: 1, tables: 4, views: 0, functions: 0, volumes: 1 } },
      tags: { ok: true, value: [] },
    });
    expect(schema.grants).toEqual({
      ok: true,
      value: expect.arrayContaining([
        { principal: "reader", privilege: "SELECT", inherited_from: null },
        {
          principal: "reader",
          privilege: "USE_CATALOG",
          inherited_from: { type: "catalog", name: "shop" },
        },
      ]),
    });
  });

  it("list functions and volumes", async () => {
    const { call } = await governed();
    expect(await call("GET", `${at}/schemas/gold/functions`)).toMatchObject({
      functions: expect.arrayContaining([
        expect.objectContaining({ name: "shout", returns: "string", language: "SQL", owner: OWNER }),
      ]),
    });
    expect(await call("GET", `${inBronze}/volumes`)).toEqual({
      volumes: [{ name: "inbox", volume_type: "MANAGED", owner: OWNER, comment: "What came in" }],
    });
  });
});

describe("a table", () => {
  it("has columns, keys, masks, grants from where they come, tags and size", async () => {
    const { call } = await governed();
    const table = await call<TableDetail>("GET", `${inBronze}/tables/people`);
    expect(table).toMatchObject({
      catalog: "shop",
      schema: "bronze",
      name: "people",
      table_type: "MANAGED",
      format: "DELTA",
      owner: OWNER,
      comment: "Who buys",
      columns: [
        { name: "id", type: "bigint", nullable: false, partition_index: null, mask: null },
        {
          name: "mail",
          comment: "Private",
          mask: { function: "shop.gold.hidden", using_columns: [] },
        },
        { name: "city", nullable: true, partition_index: 0 },
      ],
      properties: { team: "sales" },
      constraints: [
        { kind: "primary_key", name: "people_pk", columns: ["id"], rely: false },
        { kind: "check", name: "positive", condition: "id > 0" },
      ],
      row_filter: { function: "shop.gold.all_rows", input_columns: ["city"] },
      provenance: null,
      view: null,
      storage: { ok: true, value: { files: "1" } },
      latest: { ok: true, value: { operation: "ADD CONSTRAINT", version: "2" } },
      tags: {
        ok: true,
        value: [
          { column: null, name: "tier", value: "1" },
          { column: "mail", name: "pii", value: "mail" },
        ],
      },
    });
    expect(table.storage?.ok === true && Number(table.storage.value.size_bytes)).toBeGreaterThan(0);
    expect(table.grants).toEqual({
      ok: true,
      value: expect.arrayContaining([
        { principal: "reader", privilege: "MODIFY", inherited_from: null },
        { principal: "reader", privilege: "SELECT", inherited_from: { type: "schema", name: "shop.bronze" } },
      ]),
    });
    const visits = await call<TableDetail>("GET", `${inBronze}/tables/visits`);
    expect(visits.constraints).toEqual([
      {
        kind: "foreign_key",
        name: "visits_of",
        columns: ["person"],
        parent_table: "shop.bronze.people",
        parent_columns: ["id"],
        rely: false,
      },
    ]);
  });

  it("says of a clone where it comes from", async () => {
    const { call, finished, sql } = await running();
    await sql(...SHOP);
    const { job_id } = await call<Submitted>("POST", "/api/clone", {
      source_catalog: "shop",
      destination_catalog: "copy",
      where_clauses: { "bronze.orders": "id > 1" },
    });
    await finished(job_id);
    const one = (name: string) =>
      call<TableDetail>("GET", `/api/catalogs/copy/schemas/bronze/tables/${name}`);
    expect((await one("customers")).provenance).toMatchObject({
      run_id: job_id,
      source: "shop.bronze.customers",
      source_version: "1",
      rows: "all",
      predicate: null,
    });
    expect((await one("orders")).provenance).toMatchObject({ rows: "where", predicate: "id > 1" });
    const schema = await call<SchemaDetail>("GET", "/api/catalogs/copy/schemas/bronze");
    expect(schema.provenance).toMatchObject({ run_id: job_id, source: "shop.bronze" });
  });

  it("is shown in pages of its history", async () => {
    const { call } = await governed();
    const path = `${inBronze}/tables/people/history`;
    const first = await call<TableHistory>("GET", `${path}?limit=2`);
    expect(first.entries.map(({ version, operation }) => [version, operation])).toEqual([
      ["2", "ADD CONSTRAINT"],
      ["1", "WRITE"],
    ]);
    expect(first.entries[1]).toMatchObject({
      user_name: OWNER,
      metrics: { numOutputRows: "1" },
      parameters: { mode: "Append" },
    });
    expect(first.next).toBe("1");
    const rest = await call<TableHistory>("GET", `${path}?limit=2&before=${first.next}`);
    expect(rest.entries.map(({ version }) => version)).toEqual(["0"]);
    expect(rest.next).toBeNull();
  });

  it("that is a view has its text and what that names", async () => {
    const { call, sql } = await governed();
    await sql(
      "CREATE VIEW shop.gold.loud AS SELECT shop.gold.shout(customer) AS c, count(*) AS n FROM shop.gold.big_spenders GROUP BY customer",
    );
    const view = await call<TableDetail>("GET", `${at}/schemas/gold/tables/loud`);
    expect(view).toMatchObject({ table_type: "VIEW", format: null, storage: null, latest: null });
    expect(view.view?.definition).toContain("FROM shop.gold.big_spenders");
    expect(view.view?.dependencies).toEqual({
      understood: true,
      names: [
        { kind: "relation", catalog: "shop", schema: "gold", name: "big_spenders" },
        { kind: "function", catalog: "shop", schema: "gold", name: "shout" },
      ],
    });
  });
});

describe("functions and volumes", () => {
  it("have their details", async () => {
    const { call } = await governed();
    expect(await call<FunctionDetail>("GET", `${at}/schemas/gold/functions/HIDDEN`)).toMatchObject({
      name: "hidden",
      parameters: [{ name: "t", type: "string", default: null, comment: null }],
      returns: "string",
      return_columns: null,
      definition: "shop.gold.shout('***')",
      dependencies: {
        understood: true,
        names: [{ kind: "function", catalog: "shop", schema: "gold", name: "shout" }],
      },
      grants: { ok: true, value: [expect.objectContaining({ principal: "reader" })] },
    });
    expect(await call<VolumeDetail>("GET", `${inBronze}/volumes/inbox`)).toMatchObject({
      name: "inbox",
      volume_type: "MANAGED",
      comment: "What came in",
      tags: { ok: true, value: [] },
    });
  });

  it("list files of a folder in pages, folders first", async () => {
    const { call, workspace } = await governed();
    const root = "/Volumes/shop/bronze/inbox";
    const write = (path: string) => workspace.files.write(`${root}/${path}`, bytesOf("four"));
    for (const path of ["b.csv", "a.csv", "deep down/50% ü.csv"]) await write(path);
    const files = `${inBronze}/volumes/inbox/files`;
    const first = await call<VolumeFiles>("GET", `${files}?limit=2`);
    expect(first.entries.map(({ name, is_directory, size }) => [name, is_directory, size])).toEqual([
      ["deep down", true, "0"],
      ["a.csv", false, "4"],
    ]);
    const next = await call<VolumeFiles>(
      "GET",
      `${files}?limit=2&after=${encodeURIComponent(first.next ?? "")}`,
    );
    expect(next).toMatchObject({ entries: [{ name: "b.csv" }], next: null });
    const below = await call<VolumeFiles>("GET", `${files}?path=${encodeURIComponent("/deep down/")}`);
    expect(below).toMatchObject({ path: "deep down", entries: [{ name: "50% ü.csv" }], next: null });
    expect(await call<Problem>("GET", `${files}?path=nowhere`)).toMatchObject({ status: 404 });
    expect(await call<Problem>("GET", `${files}?path=..%2F..%2Fgold`)).toMatchObject({
      status: 422,
      errors: [{ path: "path" }],
    });
  });
});

describe("what is not there, or oddly named", () => {
  it("is a 404 in words", async () => {
    const { call, sql } = await running();
    await sql(...SHOP);
    for (const path of ABSENT)
      expect({ path, ...(await call<Problem>("GET", path)) }).toMatchObject({
        path,
        status: 404,
        detail: expect.any(String),
      });
  });

  it("is a 422 that names the field, where it is a page of a history", async () => {
    const { call, sql } = await running();
    await sql(...SHOP);
    for (const query of NO_PAGES) {
      const problem = await call<Problem>("GET", `${inBronze}/tables/orders/history?${query}`);
      expect({ query, ...problem }).toMatchObject({
        query,
        status: 422,
        errors: [{ path: query.split("=")[0] }],
      });
    }
  });

  it("is found with columns of any name, and its history", async () => {
    const { call, sql } = await running();
    await sql(...SHOP);
    for (const name of ODD) {
      await sql(
        `CREATE TABLE shop.bronze.\`${name.replaceAll("`", "``")}\` (\`we.ird/col\` INT, \`a\`\`b\` INT)`,
      );
      const path = `${inBronze}/tables/${encodeURIComponent(name)}`;
      const table = await call<TableDetail>("GET", path);
      expect(table.name).toBe(name);
      expect(table.columns.map((column) => column.name)).toEqual(["we.ird/col", "a`b"]);
      expect(table.storage).toMatchObject({ ok: true });
      expect(table.tags).toEqual({ ok: true, value: [] });
      expect((await call<TableHistory>("GET", `${path}/history`)).entries[0]?.version).toBe("0");
    }
  });
});

describe("somebody without rights", () => {
  it("does not see what he may not, and sees the rest of what he may in part", async () => {
    const server = await governed();
    const { call } = await server.again({ connect: () => Promise.resolve(server.connectAs("reader")) });
    expect(await call<Problem>("GET", `${at}/schemas/gold/tables/spend`)).toMatchObject({ status: 404 });
    expect(await call<Problem>("GET", `${at}/schemas/gold/functions/shout`)).toMatchObject({ status: 404 });
    server.chaos.add({ on: { statement: "DESCRIBE DETAIL|_tags|DESCRIBE HISTORY" }, fault: refused });
    const seen = await call<TableDetail>("GET", `${inBronze}/tables/orders`);
    expect(seen).toMatchObject({ name: "orders", columns: [{}, {}, {}], grants: { ok: true } });
    for (const part of [seen.storage, seen.latest, seen.tags])
      expect(part).toEqual({
        ok: false,
        error: { code: "BAD_REQUEST", message: expect.stringContaining("not for you") },
      });
    expect(await call<Problem>("GET", `${inBronze}/tables/orders/history`)).toMatchObject({
      status: expect.any(Number),
      detail: expect.stringContaining("not for you"),
    });
  });

  it("does not see a catalog that is closed to him", async () => {
    const server = await running();
    await server.sql(...SHOP);
    const { call } = await server.again({ connect: () => Promise.resolve(server.connectAs("reader")) });
    for (const path of [at, `${at}/lineage`, inBronze, `${inBronze}/tables/orders`])
      expect(await call<Problem>("GET", path)).toMatchObject({ status: 404 });
  });
});

describe("GET /api/catalogs/:catalog/lineage", () => {
  it("has what views read and call, what masks and filters, keys and clones", async () => {
    const { call, sql, finished } = await governed();
    await sql(
      "CREATE VIEW shop.gold.loud AS SELECT shop.gold.shout(customer) AS c FROM shop.gold.big_spenders",
    );
    const { nodes, edges, unread } = await call<Lineage>("GET", `${at}/lineage`);
    expect(edges.map(({ from, why, to }) => `${bare(from)} ${why} ${bare(to)}`).sort()).toEqual([
      "shop.bronze.visits references shop.bronze.people",
      "shop.gold.all_rows filters shop.bronze.people",
      "shop.gold.big_spenders reads shop.gold.spend",
      "shop.gold.hidden calls shop.gold.shout",
      "shop.gold.hidden masks shop.bronze.people",
      "shop.gold.loud calls shop.gold.shout",
      "shop.gold.loud reads shop.gold.big_spenders",
    ]);
    expect(nodes.map(({ name }) => name)).not.toContain("orders");
    expect(unread).toEqual([]);

    const { job_id } = await call<Submitted>("POST", "/api/clone", {
      source_catalog: "shop",
      destination_catalog: "copy",
      include_schemas: ["gold"],
      clone_views: false,
      clone_functions: false,
    });
    await finished(job_id);
    const copy = await call<Lineage>("GET", "/api/catalogs/copy/lineage");
    expect(copy.edges).toEqual([
      { from: "relation:copy.gold.spend", to: "relation:shop.gold.spend", why: "cloned_from" },
    ]);
    expect(copy.nodes).toEqual([
      expect.objectContaining({ name: "spend", kind: "table", other_catalog: false }),
      expect.objectContaining({ catalog: "shop", kind: "unknown", other_catalog: true, note: null }),
    ]);
  });
});

/** Without the kind before an id. */
function bare(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}
