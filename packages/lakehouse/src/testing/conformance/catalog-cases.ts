import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** More than one page of any server. */
const MANY = 120;

export function catalogCases({ current, run }: Conformance): void {
  describe("the catalog", () => {
    test("lists catalogs and schemas with owner and comment", async () => {
      const { workspace, catalog } = current();
      await run(`COMMENT ON CATALOG ${catalog} IS 'made by the suite'`);
      await run(`CREATE SCHEMA ${catalog}.described COMMENT 'a schema'`);
      const found = (await workspace.unity.catalogs()).find(({ name }) => name === catalog);
      expect(found).toMatchObject({
        owner: workspace.identity.userName,
        comment: "made by the suite",
        catalogType: "MANAGED_CATALOG",
      });
      expect(await workspace.unity.catalog(catalog)).toEqual(found);
      const schemas = await workspace.unity.schemas(catalog);
      expect(schemas.find(({ schema }) => schema === "described")).toMatchObject({
        catalog,
        comment: "a schema",
      });
      expect(schemas.map(({ schema }) => schema)).toEqual(
        expect.arrayContaining(["default", "information_schema", "s"]),
      );
    });

    test("lists the views of the information schema", async () => {
      const { workspace, catalog } = current();
      const views = await workspace.unity.tables(catalog, "information_schema");
      expect(views.map(({ name }) => name)).toEqual(expect.arrayContaining(["columns", "tables", "views"]));
      expect(views.every(({ tableType, columns }) => tableType === "VIEW" && columns.length > 0)).toBe(true);
    });

    test("does not know what is not there", async () => {
      const { workspace, catalog } = current();
      expect(await workspace.unity.catalog(`${catalog}_missing`)).toBeUndefined();
      expect(await workspace.unity.table({ catalog, schema: "s", name: "missing" })).toBeUndefined();
      await expect(workspace.unity.schemas(`${catalog}_missing`)).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      await expect(workspace.unity.tables(catalog, "missing")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    test("shows a table's columns, partitioning, comments and properties", async () => {
      const { workspace, catalog } = current();
      await run(
        `CREATE TABLE ${catalog}.s.shown (id BIGINT NOT NULL COMMENT 'the key', day DATE, price DECIMAL(10,2), tags ARRAY<STRING>, address STRUCT<street: STRING, zip: INT>)
         PARTITIONED BY (day) COMMENT 'a table' TBLPROPERTIES ('team' = 'sales')`,
      );
      const table = await workspace.unity.table({ catalog, schema: "s", name: "shown" });
      expect(table).toMatchObject({ tableType: "MANAGED", format: "DELTA", comment: "a table" });
      expect(table?.properties["team"]).toBe("sales");
      expect(table?.columns).toEqual([
        { name: "id", position: 0, typeText: "bigint", nullable: false, comment: "the key" },
        { name: "day", position: 1, typeText: "date", nullable: true, partitionIndex: 0 },
        { name: "price", position: 2, typeText: "decimal(10,2)", nullable: true },
        { name: "tags", position: 3, typeText: "array<string>", nullable: true },
        { name: "address", position: 4, typeText: "struct<street:string,zip:int>", nullable: true },
      ]);
      expect(await workspace.unity.tables(catalog, "s")).toContainEqual(table);
    });

    test("shows a view with its text and namespace, a function and a volume", async () => {
      const { workspace, catalog } = current();
      await run(`CREATE SCHEMA ${catalog}.objects`);
      await run("CREATE TABLE base (id BIGINT)", { catalog, schema: "objects" });
      await run("CREATE VIEW v COMMENT 'a view' AS SELECT id FROM base WHERE id > 1", {
        catalog,
        schema: "objects",
      });
      await run(`CREATE FUNCTION ${catalog}.objects.twice(x INT) RETURNS INT COMMENT 'doubles' RETURN x * 2`);
      await run(`CREATE VOLUME ${catalog}.objects.files COMMENT 'a volume'`);
      const view = await workspace.unity.table({ catalog, schema: "objects", name: "v" });
      expect(view).toMatchObject({ tableType: "VIEW", comment: "a view" });
      expect(view?.view?.text).toContain("SELECT id FROM base WHERE id > 1");
      expect(view?.view?.namespace).toEqual({ catalog, schema: "objects" });
      expect(await workspace.unity.functions(catalog, "objects")).toEqual([
        expect.objectContaining({ name: "twice", comment: "doubles", language: "SQL", definition: "x * 2" }),
      ]);
      expect(await workspace.unity.volumes(catalog, "objects")).toEqual([
        expect.objectContaining({ name: "files", volumeType: "MANAGED", comment: "a volume" }),
      ]);
    });

    test(`lists ${MANY} tables completely and in order of their names`, async () => {
      const { workspace, catalog } = current();
      await run(`CREATE SCHEMA ${catalog}.many`);
      const names = Array.from({ length: MANY }, (_, index) => `t${String(index).padStart(3, "0")}`);
      for (let index = 0; index < MANY; index += 4)
        await Promise.all(
          names.slice(index, index + 4).map((name) => run(`CREATE TABLE ${catalog}.many.${name} (id INT)`)),
        );
      const tables = await workspace.unity.tables(catalog, "many");
      expect(tables.map(({ name }) => name)).toEqual(names);
      expect(tables.every(({ columns }) => columns.length === 1)).toBe(true);
    });
  });
}
