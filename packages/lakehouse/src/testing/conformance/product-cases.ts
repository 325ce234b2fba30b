import {
  alterViewAs,
  cloneTable,
  commentOn,
  createCatalog,
  createFunction,
  createSchema,
  createView,
  createVolume,
  describeDetail,
  describeHistory,
  dropCatalog,
  dropObject,
  dropSchema,
  grant,
  HISTORY_COLUMNS,
  historyOfMany,
  informationSchema,
  type InformationSchemaView,
  informationSchemaColumns,
  insertValues,
  revoke,
  selectCount,
  setOwner,
  setTableProperties,
  setTags,
  unsetTableProperties,
  unsetTags,
} from "@clone-xs/sql";
import type { ObjectName, Statement } from "@clone-xs/unity";
import { beforeAll, describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** Everything the statement builders print is understood, and does what it says. */
export function productCases({ current, run }: Conformance): void {
  const send = (statement: Statement) => run(statement.text, statement);
  const scope = () => ({ catalog: current().catalog, schema: "product" });
  const named = (name: string): ObjectName => ({ ...scope(), name });

  describe("the product's own statements:", () => {
    beforeAll(async () => {
      await send(createSchema({ ...scope(), comment: "it's `ours`", properties: { k: "v" } }));
      await run(`CREATE TABLE ${current().catalog}.product.t (id BIGINT, name STRING)`);
      await send(
        insertValues({
          table: named("t"),
          columns: ["id", "name"],
          rows: [
            [9007199254740993n, "it's \\ \n"],
            [2n, null],
          ],
        }),
      );
    });

    test("inserted literals come back as they were", async () => {
      const { rows } = await run(`SELECT id, name FROM ${current().catalog}.product.t ORDER BY id`);
      expect(rows).toEqual([
        ["2", null],
        ["9007199254740993", "it's \\ \n"],
      ]);
    });

    test("creating what exists with IF NOT EXISTS changes nothing", async () => {
      await send(createCatalog({ catalog: current().catalog, ifNotExists: true }));
      await send(createSchema({ ...scope(), ifNotExists: true, comment: "another" }));
      const schemas = await current().workspace.unity.schemas(current().catalog);
      expect(schemas.find(({ schema }) => schema === "product")?.comment).toBe("it's `ours`");
    });

    test("a clone carries its stamp and shows in history and detail", async () => {
      await send(
        cloneTable({
          target: named("cloned"),
          source: named("t"),
          replace: true,
          tblProperties: { "clxs.clone": "{\"a\": 'b'}" },
        }),
      );
      expect((await send(selectCount(named("cloned")))).rows).toEqual([["2"]]);
      expect((await send(selectCount(named("t"), { version: 0 }))).rows).toEqual([["0"]]);
      const { columns, rows } = await send(describeDetail(named("cloned")));
      const detail = Object.fromEntries(columns.map(({ name }, index) => [name, rows[0]?.[index]]));
      expect(detail).toMatchObject({ format: "delta", numFiles: expect.any(String) as string });
      expect(JSON.parse(detail["properties"] ?? "{}")).toMatchObject({ "clxs.clone": "{\"a\": 'b'}" });
    });

    test("histories are read one by one and many at once", async () => {
      const one = await send(describeHistory(named("t"), 1));
      expect(one.rows).toHaveLength(1);
      const many = await send(
        historyOfMany(
          [
            { key: "a", table: named("t") },
            { key: "b", table: named("t") },
          ],
          2,
        ),
      );
      expect(many.columns.map(({ name }) => name)).toEqual([...HISTORY_COLUMNS]);
      expect(many.rows.map(([key, version]) => [key, version])).toEqual([
        ["a", "1"],
        ["a", "0"],
        ["b", "1"],
        ["b", "0"],
      ]);
      const broken = historyOfMany(
        [
          { key: "a", table: named("t") },
          { key: "b", table: named("gone") },
        ],
        2,
      );
      await expect(send(broken)).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
    });

    test("comments are set and removed, on columns too", async () => {
      await send(commentOn({ type: "table", ...named("t") }, "it's a `table`"));
      await send(commentOn({ type: "column", of: "table", ...named("t"), column: "id" }, "key"));
      const table = () => current().workspace.unity.table(named("t"));
      expect(await table()).toMatchObject({ comment: "it's a `table`" });
      expect((await table())?.columns[0]?.comment).toBe("key");
      await send(commentOn({ type: "table", ...named("t") }, null));
      expect((await table())?.comment).toBeUndefined();
    });

    test("properties are set and unset", async () => {
      await send(setTableProperties(named("t"), { "my.key": "it's", other: "x" }));
      await send(unsetTableProperties(named("t"), ["other", "never.set"]));
      const table = await current().workspace.unity.table(named("t"));
      expect(table?.properties["my.key"]).toBe("it's");
      expect(table?.properties).not.toHaveProperty("other");
    });

    test("tags are set and unset, and read from the information schema", async () => {
      await send(setTags({ type: "schema", ...scope() }, { area: "sales" }));
      await send(setTags({ type: "table", ...named("t") }, { pii: "", "k'": "v`" }));
      await send(setTags({ type: "column", of: "table", ...named("t"), column: "name" }, { mask: "yes" }));
      await send(unsetTags({ type: "table", ...named("t") }, ["pii"]));
      const rows = async (view: InformationSchemaView) =>
        (await send(informationSchema(current().catalog, view, ["product"]))).rows;
      expect(await rows("schema_tags")).toEqual([["product", "area", "sales"]]);
      expect(await rows("table_tags")).toEqual([["product", "t", "k'", "v`"]]);
      expect(await rows("column_tags")).toEqual([["product", "t", "name", "mask", "yes"]]);
    });

    test("a view changes its query and keeps its comment", async () => {
      const view = named("v");
      await send(
        createView({ ...view, text: "SELECT id FROM t -- all", comment: "the view", namespace: scope() }),
      );
      expect((await send(selectCount(view))).rows).toEqual([["2"]]);
      await send(alterViewAs(view, "SELECT id FROM t WHERE id = 2", scope()));
      expect((await send(selectCount(view))).rows).toEqual([["1"]]);
      expect((await current().workspace.unity.table(view))?.comment).toBe("the view");
    });

    test("a function is made again from what the catalog says of it", async () => {
      await run(
        `CREATE FUNCTION ${current().catalog}.product.scaled(x INT COMMENT 'what', factor INT DEFAULT 2) RETURNS INT COMMENT 'scales' RETURN x * factor`,
      );
      const [routine] = await current().workspace.unity.functions(current().catalog, "product");
      if (routine === undefined) throw new Error("The function is not listed");
      await send(createFunction({ routine: { ...routine, name: "copied" }, replace: true }));
      const { rows } = await run(
        `SELECT ${current().catalog}.product.copied(21), ${current().catalog}.product.copied(7, 3)`,
      );
      expect(rows).toEqual([["42", "21"]]);
      await send(dropObject("function", named("copied")));
    });

    test("grants and owners are changed", async () => {
      const { userName } = current().workspace.identity;
      const target = { type: "table", ...named("t") } as const;
      await send(grant(["SELECT", "ALL_PRIVILEGES"], target, userName));
      await send(revoke(["SELECT"], target, userName));
      expect(await current().workspace.unity.permissions("table", `${current().catalog}.product.t`)).toEqual([
        { principal: userName, privileges: ["ALL_PRIVILEGES"] },
      ]);
      const { rows } = await send(informationSchema(current().catalog, "table_privileges", ["product"]));
      // Spelled with a space or an underscore, by the release of the service.
      const privilege = expect.stringMatching(/^ALL[ _]PRIVILEGES$/) as string;
      expect(rows).toContainEqual(["product", "t", userName, privilege, "NONE"]);
      await send(setOwner(target, userName));
      await send(revoke(["ALL_PRIVILEGES"], target, userName));
    });

    test("every view of the information schema has the columns that are asked for", async () => {
      const views: readonly InformationSchemaView[] = [
        ...(["schemata", "tables", "columns", "views", "routines", "volumes"] as const),
        ...(["catalog_tags", "schema_tags", "table_tags", "column_tags", "volume_tags"] as const),
        ...(["catalog_privileges", "schema_privileges", "table_privileges"] as const),
        ...(["volume_privileges", "routine_privileges"] as const),
      ];
      for (const view of views) {
        const { columns } = await send(informationSchema(current().catalog, view));
        expect(columns.map(({ name }) => name)).toEqual(informationSchemaColumns(view));
      }
      const tables = await send(informationSchema(current().catalog, "tables", ["product"]));
      expect(tables.rows.map(([, name]) => name)).toContain("t");
    });

    test("a schema and a catalog are dropped only with what is in them when that is asked for", async () => {
      const schema = { catalog: `${current().catalog}_dropped`, schema: "s" };
      await send(createCatalog({ catalog: schema.catalog, comment: "short-lived" }));
      await send(createSchema(schema));
      await send(createVolume({ ...schema, name: "v", comment: "files" }));
      await expect(send(dropSchema(schema))).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
      await send(dropSchema(schema, { cascade: true }));
      await send(dropCatalog(schema.catalog, { cascade: true }));
      await send(dropCatalog(schema.catalog, { ifExists: true }));
      expect(await current().workspace.unity.catalog(schema.catalog)).toBeUndefined();
    });

    test.for(["it's", "a`b", "ünï-😀", "select", "1st", "x;y", "a$b"])(
      "the name %s travels",
      async (name) => {
        const schema = { catalog: current().catalog, schema: `s ${name}`.replaceAll(" ", "_") };
        await send(createSchema(schema));
        const quoted = [schema.catalog, schema.schema, name]
          .map((part) => `\`${part.replaceAll("`", "``")}\``)
          .join(".");
        await run(`CREATE TABLE ${quoted} AS SELECT 1 AS x`);
        await send(cloneTable({ target: { ...schema, name: `${name}_copy` }, source: { ...schema, name } }));
        expect((await send(selectCount({ ...schema, name: `${name}_copy` }))).rows).toEqual([["1"]]);
        const tables = await current().workspace.unity.tables(schema.catalog, schema.schema);
        expect(tables.map((table) => table.name).sort()).toEqual([name, `${name}_copy`].sort());
        expect(await current().workspace.unity.table({ ...schema, name })).toMatchObject({ name });
        await send(dropSchema(schema, { cascade: true }));
      },
    );
  });
}
