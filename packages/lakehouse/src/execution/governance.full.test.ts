import {
  addCheck,
  addForeignKey,
  addPrimaryKey,
  columnComments,
  commentOn,
  createFunction,
  describeAsJson,
  dropConstraint,
  dropMask,
  dropRowFilter,
  grant,
  informationSchema,
  type InformationSchemaView,
  revoke,
  setMask,
  setOwner,
  setRowFilter,
  setSchemaProperties,
  setTableProperties,
  setTags,
  unsetSchemaProperties,
  unsetTableProperties,
  unsetTags,
} from "@clone-xs/sql";
import type { Statement } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

/** Names that no statement may stumble over; Unity Catalog allows them all. */
const CATALOG = "c`'\"é";
const SCHEMA = "s``;--";
const TABLE = "t'🦆\\";
const COLUMN = "a`'\"ö";
const PRINCIPAL = "o`w'ner \"x";

const schema = { catalog: CATALOG, schema: SCHEMA };
const table = { ...schema, name: TABLE };
const view = { ...schema, name: "v`" };
const volume = { ...schema, name: "vol'" };
const routine = { ...schema, name: "f`" };
const filter = { ...schema, name: "rf" };

let lakehouse: Lakehouse;

beforeAll(async () => {
  lakehouse = await openTestLakehouse({
    principals: [
      { name: "reader", kind: "user", groups: ["readers"], admin: false },
      { name: PRINCIPAL, kind: "user", groups: [], admin: false },
      { name: "maker", kind: "user", groups: ["makers"], admin: false },
    ],
  });
  await ran("CREATE CATALOG `c``'\"é`");
  await ran("CREATE SCHEMA `c``'\"é`.`s````;--`");
  await inside(
    "CREATE TABLE `t'🦆\\` (`a``'\"ö` BIGINT NOT NULL, name STRING, at TIMESTAMP NOT NULL) COMMENT 'old'",
  );
  await inside("INSERT INTO `t'🦆\\` VALUES (1, 'x', now()), (2, 'y', now())");
  await inside("CREATE TABLE child (k BIGINT, n STRING)");
  await inside("CREATE VIEW `v``` AS SELECT 1 AS `x``y`");
  await inside("CREATE VOLUME `vol'`");
  await inside("CREATE FUNCTION rf(k BIGINT) RETURNS BOOLEAN RETURN k > 1");
  await send(
    createFunction({
      routine: {
        ...routine,
        owner: "",
        parameters: [
          { name: "x", typeText: "string" },
          { name: "k", typeText: "bigint", default: "0" },
        ],
        returns: "string",
        language: "SQL",
        definition: "CASE WHEN is_account_group_member('readers') THEN '***' ELSE concat(x, k) END",
        deterministic: true,
      },
    }),
  );
});
afterAll(() => lakehouse.close());

async function send(statement: Statement, principal?: string) {
  const { rows } = await lakehouse.connect(principal).statements.execute(statement);
  return rows;
}

function ran(text: string, principal?: string) {
  return send({ text, kind: "other", effect: "write" }, principal);
}

function inside(text: string, principal?: string) {
  return send({ text, kind: "other", effect: "write", ...schema }, principal);
}

async function refused(outcome: Promise<unknown>): Promise<string> {
  return outcome.then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)),
  );
}

function read(name: InformationSchemaView, principal?: string) {
  return send(informationSchema(CATALOG, name, [SCHEMA]), principal);
}

describe("comments", () => {
  test.each([
    ["catalog", commentOn({ type: "catalog", catalog: CATALOG }, "it's"), "catalogs", "comment"],
    ["schema", commentOn({ type: "schema", ...schema }, "it's"), "schemata", "comment"],
    ["volume", commentOn({ type: "volume", ...volume }, "it's"), "volumes", "comment"],
  ])("on a %s", async (_kind, statement, viewName, column) => {
    await send(statement);
    const found = await inside(
      `SELECT ${column} FROM information_schema.${viewName} WHERE comment LIKE 'it%'`,
    );
    expect(found).toEqual([["it's"]]);
  });

  test("on tables and views, and taken away by NULL", async () => {
    await send(commentOn({ type: "table", ...table }, "new"));
    await send(commentOn({ type: "view", ...view }, "looks"));
    const comments = () =>
      inside(
        "SELECT table_name, comment FROM information_schema.tables WHERE comment IS NOT NULL ORDER BY table_name",
      );
    expect(await comments()).toEqual([
      [TABLE, "new"],
      ["v`", "looks"],
    ]);
    await send(commentOn({ type: "view", ...view }, null));
    expect(await comments()).toEqual([[TABLE, "new"]]);
  });

  test("pitfall 24: comments of several columns are one statement and one commit", async () => {
    const versions = () => inside("SELECT max(version) FROM (DESCRIBE HISTORY `t'🦆\\`)");
    const [[before]] = (await versions()) as [[string]];
    await send(columnComments(table, { [COLUMN]: "key\n'1'", name: "who" }));
    expect(await versions()).toEqual([[String(Number(before) + 1)]]);
    await send(commentOn({ type: "column", of: "view", ...view, column: "x`y" }, "one"));
    expect(
      await inside("SELECT column_name, comment FROM information_schema.columns WHERE comment IS NOT NULL"),
    ).toEqual([
      [COLUMN, "key\n'1'"],
      ["name", "who"],
      ["x`y", "one"],
    ]);
    expect(await refused(send(columnComments(table, { name: "x", nope: "y" })))).toMatch(
      /^\[UNRESOLVED_COLUMN\.WITH_SUGGESTION\]/,
    );
  });
});

describe("tags and properties", () => {
  test.each([
    ["catalog", { type: "catalog", catalog: CATALOG }, "catalog_tags"],
    ["schema", { type: "schema", ...schema }, "schema_tags"],
    ["table", { type: "table", ...table }, "table_tags"],
    ["view", { type: "view", ...view }, "table_tags"],
    ["volume", { type: "volume", ...volume }, "volume_tags"],
    ["column", { type: "column", of: "table", ...table, column: COLUMN }, "column_tags"],
    ["column of a view", { type: "column", of: "view", ...view, column: "x`y" }, "column_tags"],
  ] as const)("of a %s", async (_kind, target, viewName) => {
    const tags = async () => (await read(viewName)).map((row) => row.slice(-2));
    await send(setTags(target, { "k'1": "v`", only: "" }));
    expect(await tags()).toEqual([
      ["k'1", "v`"],
      ["only", ""],
    ]);
    await send(unsetTags(target, ["k'1", "only"]));
    expect(await tags()).toEqual([]);
  });

  test("of a function are refused, as it takes none", async () => {
    expect(await refused(inside("ALTER FUNCTION rf SET TAGS ('a' = 'b')"))).toMatch(/tags on a function/);
  });

  test("of tables, views and schemas", async () => {
    const shown = (what: string) => inside(`SHOW TBLPROPERTIES ${what}`);
    await send(setTableProperties(table, { "a'b": "c" }));
    expect(await shown("`t'🦆\\`")).toContainEqual(["a'b", "c"]);
    await send(unsetTableProperties(table, ["a'b", "none"]));
    expect(await shown("`t'🦆\\`")).not.toContainEqual(["a'b", "c"]);
    await send(setTableProperties(view, { k: "v" }, "view"));
    expect(await shown("`v```")).toEqual([["k", "v"]]);
    await send(setSchemaProperties(schema, { one: "1", two: "2" }));
    await send(unsetSchemaProperties(schema, ["two", "three"]));
    expect(await ran("DESCRIBE SCHEMA EXTENDED `c``'\"é`.`s````;--`")).toContainEqual([
      "Properties",
      "((one,1))",
    ]);
  });
});

describe("constraints", () => {
  test("keys are kept and shown, with RELY and the time of a series", async () => {
    await send(
      addPrimaryKey(table, { name: "p`k", columns: [COLUMN, "at"], timeseries: ["at"], rely: true }),
    );
    const [[stated]] = (await inside("SHOW CREATE TABLE `t'🦆\\`")) as [[string]];
    expect(stated).toContain("CONSTRAINT `p``k` PRIMARY KEY (`a``'\"ö`, `at` TIMESERIES) RELY");
    const parentColumns = ["at", COLUMN];
    await inside("ALTER TABLE child ADD COLUMN w TIMESTAMP");
    await send(
      addForeignKey(
        { ...schema, name: "child" },
        { name: "f'k", columns: ["w", "k"], parent: table, parentColumns },
      ),
    );
    expect(await read("key_column_usage")).toEqual(
      [
        ["child", SCHEMA, "f'k", "w", "1", "2"],
        ["child", SCHEMA, "f'k", "k", "2", "1"],
        [TABLE, SCHEMA, "p`k", COLUMN, "1", null],
        [TABLE, SCHEMA, "p`k", "at", "2", null],
      ].map(([name = null, ...rest]) => [SCHEMA, name, ...rest]),
    );
    expect(await read("referential_constraints")).toEqual([[SCHEMA, "f'k", CATALOG, SCHEMA, "p`k"]]);
    expect(await read("constraint_column_usage")).toEqual(
      [
        ["f'k", "at"],
        ["f'k", COLUMN],
        ["p`k", COLUMN],
        ["p`k", "at"],
      ].map(([name = null, column = null]) => [SCHEMA, name, CATALOG, SCHEMA, TABLE, column]),
    );
    expect(await read("table_constraints")).toEqual([
      [SCHEMA, "child", SCHEMA, "f'k", "FOREIGN KEY"],
      [SCHEMA, TABLE, SCHEMA, "p`k", "PRIMARY KEY"],
    ]);
  });

  test("a primary key goes with the foreign keys that need it, or stays", async () => {
    expect(await refused(send(dropConstraint(table, "p`k")))).toMatch(
      /^\[INVALID_CONSTRAINT\.PRIMARY_KEY_IN_USE\]/,
    );
    await send(dropConstraint(table, "p`k", { cascade: true }));
    expect(await read("table_constraints")).toEqual([]);
    await send(dropConstraint(table, "p`k", { ifExists: true }));
    expect(await refused(inside("ALTER TABLE child DROP PRIMARY KEY"))).toMatch(
      /^\[DELTA_CONSTRAINT_DOES_NOT_EXIST\]/,
    );
  });

  test.each([
    ["PRIMARY KEY (nope)", /^\[UNRESOLVED_COLUMN/],
    ["PRIMARY KEY (n)", /^\[INVALID_CONSTRAINT\.NULLABLE_PRIMARY_KEY_COLUMN\]/],
    ["FOREIGN KEY (nope) REFERENCES `t'🦆\\`", /^\[UNRESOLVED_COLUMN/],
    ["FOREIGN KEY (k) REFERENCES `t'🦆\\` (name)", /^\[INVALID_CONSTRAINT\.NO_MATCHING_PRIMARY_KEY\]/],
  ])("ADD CONSTRAINT bad %s is refused", async (text, error) => {
    expect(await refused(inside(`ALTER TABLE child ADD CONSTRAINT bad ${text}`))).toMatch(error);
  });

  test("foreign keys follow a table that is renamed", async () => {
    await inside("CREATE TABLE parent (id BIGINT PRIMARY KEY)");
    await inside("CREATE TABLE kid (k BIGINT REFERENCES parent)");
    await inside("ALTER TABLE parent RENAME TO elder");
    expect(
      await inside(
        "SELECT table_name FROM information_schema.constraint_column_usage WHERE constraint_name LIKE 'kid%'",
      ),
    ).toEqual([["elder"]]);
    await inside("DROP TABLE kid");
    await inside("DROP TABLE elder");
  });

  test("the columns of a primary key made with the table are NOT NULL", async () => {
    await inside("CREATE TABLE keyed (id BIGINT PRIMARY KEY, n STRING)");
    expect(await refused(inside("INSERT INTO keyed VALUES (NULL, 'x')"))).toMatch(
      /^\[DELTA_NOT_NULL_CONSTRAINT_VIOLATED\]/,
    );
    await inside("DROP TABLE keyed");
  });

  test("a CHECK refuses rows until it is dropped", async () => {
    const child = { ...schema, name: "child" };
    await send(addCheck(child, "pos`", "k > 0 -- not zero"));
    expect(await read("check_constraints")).toEqual([[SCHEMA, "pos`", "k > 0"]]);
    expect(await refused(inside("INSERT INTO child (k) VALUES (0)"))).toMatch(
      /^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\]/,
    );
    await send(dropConstraint(child, "pos`"));
    await inside("INSERT INTO child (k) VALUES (0)");
    expect(await refused(send(addCheck(child, "pos", "k > 0")))).toMatch(
      /^\[DELTA_NEW_CHECK_CONSTRAINT_VIOLATION\]/,
    );
  });
});

describe("masks and row filters", () => {
  const whole = () => inside("SELECT name FROM `t'🦆\\` ORDER BY 1", "reader");

  test("act on what a reader gets, by who reads, and stop the past and copies", async () => {
    for (const privilege of ["USE_CATALOG", "USE_SCHEMA", "SELECT"])
      await send(grant([privilege], { type: "catalog", catalog: CATALOG }, "reader"));
    expect(await whole()).toEqual([["x"], ["y"]]);
    await send(setMask({ table, column: "name", function: routine, usingColumns: [COLUMN] }));
    expect(await whole()).toEqual([["***"], ["***"]]);
    expect(await inside("SELECT name FROM `t'🦆\\` ORDER BY 1")).toEqual([["x1"], ["y2"]]);
    await send(setRowFilter({ table, function: filter, columns: [COLUMN] }));
    expect(await whole()).toEqual([["***"]]);
    expect(await read("column_masks")).toEqual([[SCHEMA, TABLE, "name", `${CATALOG}.${SCHEMA}.f\``, COLUMN]]);
    expect(await read("row_filters")).toEqual([[SCHEMA, TABLE, `${CATALOG}.${SCHEMA}.rf`, COLUMN]]);
    const [[json]] = (await send(describeAsJson(table))) as [[string]];
    expect(JSON.parse(json)).toMatchObject({
      row_filter: {
        function_name: { catalog_name: CATALOG, schema_name: SCHEMA, function_name: "rf" },
        column_names: [COLUMN],
      },
      column_masks: [
        {
          column_name: "name",
          function_name: { function_name: "f`" },
          using_column_names: [COLUMN],
        },
      ],
    });
    expect(await refused(inside("SELECT * FROM `t'🦆\\` VERSION AS OF 0"))).toMatch(
      /ROW_COLUMN_ACCESS_TIME_TRAVEL/,
    );
    expect(await refused(inside("CREATE TABLE copy DEEP CLONE `t'🦆\\`"))).toMatch(/ROW_COLUMN_ACCESS_CLONE/);
    expect(await refused(inside("DROP FUNCTION rf"))).toMatch(/ROUTINE_USED_BY_ROW_FILTER/);
    await send(dropMask(table, "name"));
    await send(dropRowFilter(table));
    expect(await whole()).toEqual([["x"], ["y"]]);
    expect(await read("column_masks")).toEqual([]);
  });

  test("two set at once are both kept", async () => {
    await inside("CREATE TABLE wide (a STRING, b STRING, c STRING)");
    await inside("CREATE FUNCTION hide(x STRING) RETURNS STRING RETURN '-'");
    const wide = { ...schema, name: "wide" };
    const hide = { ...schema, name: "hide" };
    await Promise.all(
      ["a", "b", "c"].map((column) => send(setMask({ table: wide, column, function: hide }))),
    );
    await inside("INSERT INTO wide VALUES ('1', '2', '3')");
    expect(await inside("SELECT * FROM wide")).toEqual([["-", "-", "-"]]);
    await inside("CREATE OR REPLACE TABLE wide (a STRING, z STRING)");
    expect(await read("column_masks")).toEqual([[SCHEMA, "wide", "a", `${CATALOG}.${SCHEMA}.hide`, ""]]);
    await inside("DROP TABLE wide");
  });

  test.each([
    ["SET ROW FILTER rf ON (nope)", /^\[UNRESOLVED_COLUMN/],
    ["SET ROW FILTER nope ON (name)", /^\[ROUTINE_NOT_FOUND\]/],
    ["SET ROW FILTER rf ON ()", /^\[WRONG_NUM_ARGS/],
    ["ALTER COLUMN nope SET MASK `f```", /^\[UNRESOLVED_COLUMN/],
    ["ALTER COLUMN name SET MASK `f``` USING COLUMNS (nope)", /^\[UNRESOLVED_COLUMN/],
    ["ALTER COLUMN at SET MASK rf", /CAST of BOOLEAN to TIMESTAMP/],
  ])("%s is refused when it is set, not when somebody reads", async (text, error) => {
    expect(await refused(inside(`ALTER TABLE \`t'🦆\\\` ${text}`))).toMatch(error);
  });

  test("a view takes none", async () => {
    expect(await refused(inside("ALTER VIEW `v``` ALTER COLUMN `x``y` SET MASK rf"))).toMatch(
      /^\[EXPECT_TABLE_NOT_VIEW/,
    );
  });
});

describe("grants and owners", () => {
  test("of every kind are given, inherited and taken", async () => {
    await send(grant(["ALL_PRIVILEGES"], { type: "schema", ...schema }, PRINCIPAL));
    await send(grant(["SELECT", "MODIFY", "MANAGE"], { type: "table", ...table }, PRINCIPAL));
    await send(grant(["EXECUTE"], { type: "function", ...routine }, PRINCIPAL));
    await send(grant(["READ_VOLUME"], { type: "volume", ...volume }, PRINCIPAL));
    const mine = async (viewName: InformationSchemaView) =>
      (await read(viewName)).filter((row) => row.includes(PRINCIPAL)).map((row) => row.slice(-2));
    expect(await mine("table_privileges")).toEqual(
      expect.arrayContaining([
        ["MODIFY", "NONE"],
        ["ALL_PRIVILEGES", "SCHEMA"],
      ]),
    );
    expect(await mine("routine_privileges")).toContainEqual(["EXECUTE", "NONE"]);
    expect(await mine("volume_privileges")).toContainEqual(["READ_VOLUME", "NONE"]);
    expect(await mine("schema_privileges")).toEqual([["ALL_PRIVILEGES", "NONE"]]);
    await send(revoke(["ALL_PRIVILEGES"], { type: "table", ...table }, PRINCIPAL));
    const left = await inside("SHOW GRANTS `o``w'ner \"x` ON TABLE `t'🦆\\`");
    expect(left).toEqual([
      [PRINCIPAL, "MANAGE", "TABLE", `${CATALOG}.${SCHEMA}.${TABLE}`],
      [PRINCIPAL, "ALL PRIVILEGES", "SCHEMA", `${CATALOG}.${SCHEMA}`],
    ]);
  });

  test("are shown to whom they concern: a member of the group, or who manages", async () => {
    const shown = (who: string) => inside(`SHOW GRANTS \`${who}\` ON TABLE \`t'🦆\\\``, "reader");
    await send(grant(["SELECT"], { type: "table", ...table }, "readers"));
    expect(await shown("readers")).toEqual([["readers", "SELECT", "TABLE", `${CATALOG}.${SCHEMA}.${TABLE}`]]);
    expect(await refused(shown("makers"))).toMatch(/^PERMISSION_DENIED: User does not have MANAGE on Table/);
    await send(revoke(["SELECT"], { type: "table", ...table }, "readers"));
  });

  test("go to another of every kind", async () => {
    await inside("CREATE TABLE given (a INT)");
    const given = { ...schema, name: "given" };
    for (const securable of [
      { type: "volume", ...volume },
      { type: "function", ...filter },
      { type: "view", ...view },
      { type: "table", ...given },
    ] as const)
      await send(setOwner(securable, PRINCIPAL));
    expect(
      await inside(
        "SELECT table_name FROM information_schema.tables WHERE table_owner <> 'owner@embedded.local' ORDER BY 1",
      ),
    ).toEqual([["given"], ["v`"]]);
  });

  test("pitfall 32: a view that was handed over is no longer the giver's to change, and only an admin gives one away", async () => {
    await send(grant(["USE_CATALOG"], { type: "catalog", catalog: CATALOG }, "makers"));
    await send(grant(["USE_SCHEMA", "CREATE_TABLE"], { type: "schema", ...schema }, "makers"));
    await inside("CREATE VIEW made AS SELECT 1 AS one", "maker");
    const made = { type: "view", ...schema, name: "made" } as const;
    expect(await refused(send(setOwner(made, "reader"), "maker"))).toMatch(
      /^PERMISSION_DENIED: .*only a metastore admin/,
    );
    await send(setOwner(made, "makers"), "maker");
    await inside("ALTER VIEW made AS SELECT 2 AS one", "maker");
    expect(await refused(inside("ALTER VIEW made AS SELECT 3 AS one"))).toBe(
      `PERMISSION_DENIED: User is not an owner of Table '${CATALOG}.${SCHEMA}.made'. SQLSTATE: 42501`,
    );
  });

  test("whoever may write a table may change its columns and properties, and not more", async () => {
    await inside("CREATE TABLE shared (a INT)");
    const shared = { ...schema, name: "shared" };
    await send(grant(["SELECT", "MODIFY"], { type: "table", ...shared }, "makers"));
    await inside("ALTER TABLE shared ADD COLUMN b INT", "maker");
    await send(columnComments(shared, { a: "x" }), "maker");
    expect(await refused(send(addCheck(shared, "c", "a > 0"), "maker"))).toMatch(
      /^PERMISSION_DENIED: User does not have MANAGE on Table/,
    );
    await send(revoke(["MODIFY"], { type: "table", ...shared }, "makers"));
    expect(await refused(send(setTableProperties(shared, { a: "b" }), "maker"))).toMatch(
      /^PERMISSION_DENIED: User does not have MODIFY on Table/,
    );
  });
});
