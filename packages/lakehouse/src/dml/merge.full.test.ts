import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
let made = 0;
const { sql, failed } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
  await sql("CREATE TABLE changes (id INT, name STRING, gone BOOLEAN)");
  await sql(
    "INSERT INTO changes VALUES (2, 'B', false), (3, 'C', true), (4, 'D', false), (NULL, 'N', false)",
  );
});
afterAll(() => lakehouse.close());

/** A fresh table of people 1 to 3, in two files. */
let people: string;
beforeEach(async () => {
  people = `people${++made}`;
  await sql(`CREATE TABLE ${people} (id INT, name STRING)`);
  await sql(`INSERT INTO ${people} VALUES (1, 'a'), (2, 'b')`);
  await sql(`INSERT INTO ${people} VALUES (3, 'c')`);
});
const rows = () => sql(`SELECT * FROM ${people} ORDER BY id, name`);
const lastCommit = async () =>
  (
    await sql(
      `SELECT operation, operationMetrics, operationParameters FROM (DESCRIBE HISTORY ${people} LIMIT 1)`,
    )
  )[0];

describe("MERGE", () => {
  test("updates, deletes and inserts in one commit, and counts", async () => {
    expect(
      await sql(
        `MERGE INTO ${people} AS t USING changes AS c ON t.id = c.id
         WHEN MATCHED AND c.gone THEN DELETE
         WHEN MATCHED THEN UPDATE SET t.name = concat(t.name, c.name)
         WHEN NOT MATCHED AND c.id IS NOT NULL THEN INSERT (id, name) VALUES (c.id, lower(c.name))`,
      ),
    ).toEqual([["3", "1", "1", "1"]]);
    expect(await rows()).toEqual([
      ["1", "a"],
      ["2", "bB"],
      ["4", "d"],
    ]);
    expect(await sql(`SELECT * FROM ${people} VERSION AS OF 2 ORDER BY id`)).toEqual([
      ["1", "a"],
      ["2", "b"],
      ["3", "c"],
    ]);
    const [operation, metrics, parameters] = (await lastCommit()) ?? [];
    expect(operation).toBe("MERGE");
    expect(JSON.parse(metrics ?? "")).toMatchObject({
      numSourceRows: "4",
      numTargetRowsInserted: "1",
      numTargetRowsUpdated: "1",
      numTargetRowsDeleted: "1",
      numTargetRowsCopied: "1",
      numOutputRows: "3",
      numTargetFilesRemoved: "2",
      numTargetFilesAdded: "1",
    });
    expect(JSON.parse(parameters ?? "")).toMatchObject({
      predicate: '["t.id = c.id"]',
      matchedPredicates: '[{"predicate":"c.gone","actionType":"delete"},{"actionType":"update"}]',
      notMatchedPredicates: '[{"predicate":"c.id IS NOT NULL","actionType":"insert"}]',
      notMatchedBySourcePredicates: "[]",
    });
  });

  test("leaves alone what no clause is for, and then commits nothing", async () => {
    expect(
      await sql(`MERGE INTO ${people} t USING changes c ON t.id = c.id WHEN MATCHED AND false THEN DELETE`),
    ).toEqual([["0", "0", "0", "0"]]);
    expect(await sql(`SELECT max(version) FROM (DESCRIBE HISTORY ${people})`)).toEqual([["2"]]);
  });

  test("takes rows that the source lacks", async () => {
    expect(
      await sql(
        `MERGE INTO ${people} t USING (SELECT * FROM changes WHERE id = 2) c ON t.id = c.id
         WHEN NOT MATCHED BY SOURCE AND t.id = 1 THEN UPDATE SET name = 'left'
         WHEN NOT MATCHED BY SOURCE THEN DELETE`,
      ),
    ).toEqual([["2", "1", "1", "0"]]);
    expect(await rows()).toEqual([
      ["1", "left"],
      ["2", "b"],
    ]);
  });

  test("tells columns called as its own aliases from these", async () => {
    await sql("CREATE TABLE aliased (id INT, s STRUCT<a: INT>, m STRUCT<a: INT>)");
    await sql("INSERT INTO aliased SELECT id, named_struct('a', id), NULL FROM VALUES (1), (2) AS v(id)");
    await sql(
      `MERGE INTO aliased AS t USING (SELECT 2 AS id UNION ALL SELECT 3) AS x ON t.id = x.id
       WHEN NOT MATCHED THEN INSERT (id) VALUES (x.id) WHEN NOT MATCHED BY SOURCE THEN UPDATE SET m = s`,
    );
    expect(await sql("SELECT id, s.a, m.a FROM aliased ORDER BY id")).toEqual([
      ["1", "1", "1"],
      ["2", "2", null],
      ["3", null, null],
    ]);
  });

  test("and UPDATE set fields of structs, and leave the others as they are", async () => {
    await sql("CREATE TABLE boxed (id INT, box STRUCT<a: INT, inner: STRUCT<b: BIGINT, c: STRING>>)");
    await sql(
      "INSERT INTO boxed VALUES (1, named_struct('a', 1, 'inner', named_struct('b', 2, 'c', 'x'))), (2, NULL)",
    );
    await sql("UPDATE boxed SET box.a = box.a + 10, boxed.box.inner.b = id WHERE id = 1");
    await sql(
      "MERGE INTO boxed AS t USING (SELECT 2 AS id) AS x ON t.id = x.id WHEN MATCHED THEN UPDATE SET t.box.inner.c = 'new'",
    );
    expect(await sql("SELECT id, box.a, box.inner.b, box.inner.c FROM boxed ORDER BY id")).toEqual([
      ["1", "11", "1", "x"],
      ["2", null, null, "new"],
    ]);
    for (const set of ["box.a = 1, box.A = 2", "box = NULL, box.a = 1", "box.inner = NULL, box.inner.b = 1"])
      expect(await failed(`UPDATE boxed SET ${set}`)).toMatch(/^\[DELTA_CONFLICT_SET_COLUMN\]/);
    expect(await failed("UPDATE boxed SET box.none = 1")).toMatch(/^\[UNRESOLVED_COLUMN/);
    expect(await failed("UPDATE boxed SET box.a.b = 1")).toMatch(/^\[UNRESOLVED_COLUMN/);
  });

  test("takes columns of the same name by *, from VALUES with an alias", async () => {
    expect(
      await sql(
        `MERGE INTO ${people} USING (VALUES ('x', 1), ('y', 9)) AS v(name, id) ON ${people}.id = v.id
         WHEN MATCHED THEN UPDATE SET *
         WHEN NOT MATCHED BY TARGET THEN INSERT *`,
      ),
    ).toEqual([["2", "1", "0", "1"]]);
    expect(await rows()).toEqual([
      ["1", "x"],
      ["2", "b"],
      ["3", "c"],
      ["9", "y"],
    ]);
    expect(
      await failed(
        `MERGE INTO ${people} t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET *`,
      ),
    ).toMatch(/^\[DELTA_MERGE_UNRESOLVED_EXPRESSION\] Cannot resolve name in UPDATE clause/);
  });

  test("pitfall 14: refuses a row that two rows of the source would change, unless it is only deleted", async () => {
    const twice = `MERGE INTO ${people} t USING (VALUES (1, 'x'), (1, 'y')) AS s(id, name) ON t.id = s.id`;
    expect(await failed(`${twice} WHEN MATCHED THEN UPDATE SET name = s.name`)).toMatch(
      /^\[DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE\] .*SQLSTATE: 21506/,
    );
    expect(await rows()).toHaveLength(3);
    expect(await sql(`${twice} WHEN MATCHED AND s.name = 'y' THEN UPDATE SET name = s.name`)).toEqual([
      ["1", "1", "0", "0"],
    ]);
    expect(await sql(`${twice} WHEN MATCHED THEN DELETE`)).toEqual([["1", "0", "1", "0"]]);
    expect(await rows()).toEqual([
      ["2", "b"],
      ["3", "c"],
    ]);
  });

  test("into an empty table inserts; an empty source changes nothing", async () => {
    await sql(`DELETE FROM ${people}`);
    const upsert = (source: string) =>
      sql(
        `MERGE INTO ${people} t USING ${source} s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
      );
    expect(await upsert("(SELECT 1 AS id, 'x' AS name)")).toEqual([["1", "0", "0", "1"]]);
    expect(await upsert("(SELECT 1 AS id, 'x' AS name WHERE false)")).toEqual([["0", "0", "0", "0"]]);
    expect(await rows()).toEqual([["1", "x"]]);
  });

  test("sources a row's values once, whatever they are", async () => {
    await sql(
      `MERGE INTO ${people} t USING (SELECT id, uuid() AS name FROM range(10)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await sql(`SELECT count(*), count(DISTINCT name) FROM ${people}`)).toEqual([["10", "10"]]);
  });

  test("fills in defaults, checks constraints, and computes generated columns anew", async () => {
    await sql(
      `CREATE TABLE ruled (id INT NOT NULL, price INT, name STRING DEFAULT 'none', twice INT GENERATED ALWAYS AS (price * 2), CONSTRAINT positive CHECK (price > 0))`,
    );
    await sql("INSERT INTO ruled (id, price, name) VALUES (1, 5, 'x')");
    const merge = (price: string) =>
      `MERGE INTO ruled t USING (VALUES (1, ${price}), (2, ${price})) AS s(id, price) ON t.id = s.id WHEN MATCHED THEN UPDATE SET price = s.price, name = DEFAULT WHEN NOT MATCHED THEN INSERT (id, price) VALUES (s.id, s.price)`;
    expect(await failed(merge("-1"))).toMatch(
      /^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\] CHECK constraint positive/,
    );
    await sql(merge("7"));
    expect(await sql("SELECT * FROM ruled ORDER BY id")).toEqual([
      ["1", "7", "none", "14"],
      ["2", "7", "none", "14"],
    ]);
    await sql("UPDATE ruled SET price = 8 WHERE id = 1");
    expect(await sql("SELECT twice FROM ruled WHERE id = 1")).toEqual([["16"]]);
    expect(await failed("UPDATE ruled SET id = NULL")).toMatch(/^\[DELTA_NOT_NULL_CONSTRAINT_VIOLATED\]/);
  });

  test("of partitioned tables moves rows between partitions", async () => {
    await sql("CREATE TABLE moved (id INT, `p-q` STRING) PARTITIONED BY (`p-q`)");
    await sql("INSERT INTO moved VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    await sql(
      "MERGE INTO moved t USING (VALUES (1, 'b/%'), (3, 'c')) AS s(id, p) ON t.id = s.id WHEN MATCHED THEN UPDATE SET `p-q` = s.p",
    );
    expect(await sql("SELECT * FROM moved ORDER BY id")).toEqual([
      ["1", "b/%"],
      ["2", "b"],
      ["3", "c"],
    ]);
  });

  test("keeps hostile names apart from the SQL around them", async () => {
    await sql("CREATE TABLE `m\"e``r🙂'` (`a\"b'` INT, `#file` STRING)");
    await sql(
      'MERGE INTO `m"e``r🙂\'` AS `t"` USING (SELECT 1 AS `x``"`) AS `s\'` ON `t"`.`a"b\'` = `s\'`.`x``"` WHEN NOT MATCHED THEN INSERT (`a"b\'`) VALUES (`s\'`.`x``"`)',
    );
    await sql("UPDATE `m\"e``r🙂'` SET `#file` = 'f', `m\"e``r🙂'`.`a\"b'` = 2");
    await sql("INSERT INTO `m\"e``r🙂'` VALUES (3, 'g')");
    await sql("DELETE FROM `m\"e``r🙂'` AS `'` WHERE `'`.`#file` = 'g'");
    expect(await sql("SELECT * FROM `m\"e``r🙂'`")).toEqual([["2", "f"]]);
  });

  test("needs MODIFY and SELECT on the target and SELECT on the source", async () => {
    const statement = `MERGE INTO ${people} t USING changes c ON t.id = c.id WHEN MATCHED THEN DELETE`;
    await sql("GRANT USE CATALOG ON CATALOG d TO reader");
    await sql("GRANT USE SCHEMA ON SCHEMA s TO reader");
    await sql(`GRANT SELECT ON TABLE ${people} TO reader`);
    expect(await failed(statement, "reader")).toBe(
      `PERMISSION_DENIED: User does not have MODIFY on Table 'd.s.${people}'. SQLSTATE: 42501`,
    );
    await sql(`GRANT MODIFY ON TABLE ${people} TO reader`);
    expect(await failed(statement, "reader")).toMatch(/User does not have SELECT on Table 'd\.s\.changes'/);
    await sql("GRANT SELECT ON TABLE changes TO reader");
    expect(await sql(statement, { as: "reader" })).toEqual([["2", "0", "2", "0"]]);
  });

  test.for([
    ["MERGE INTO {t} USING changes c ON {t}.id = c.id", "PARSE_SYNTAX_ERROR"],
    [
      "MERGE INTO {t} USING changes c ON {t}.id = c.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DELETE",
      "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION",
    ],
    ["MERGE INTO {t} USING changes c ON id = 1 WHEN MATCHED THEN DELETE", "AMBIGUOUS_REFERENCE"],
    [
      "MERGE INTO {t} t USING changes c ON t.id = c.id WHEN MATCHED THEN UPDATE SET nope = 1",
      "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    ],
    [
      "MERGE INTO {t} t USING changes c ON t.id = c.id WHEN MATCHED THEN UPDATE SET name = '', name = ''",
      "DELTA_CONFLICT_SET_COLUMN",
    ],
    [
      "MERGE INTO {t} t USING changes c ON t.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id)",
      "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    ],
    [
      "MERGE INTO nowhere t USING changes c ON t.id = c.id WHEN MATCHED THEN DELETE",
      "TABLE_OR_VIEW_NOT_FOUND",
    ],
    ["MERGE INTO {t} t USING nowhere c ON t.id = c.id WHEN MATCHED THEN DELETE", "TABLE_OR_VIEW_NOT_FOUND"],
  ] as const)("%s: %s", async ([text, errorClass]) => {
    expect(await failed(text.replaceAll("{t}", people))).toContain(`[${errorClass}]`);
    expect(await rows()).toHaveLength(3);
  });
});

describe("two statements that change the same rows at the same time", () => {
  test.for([
    ["UPDATE {t} SET name = '{who}' WHERE id = 1 AND name = 'a'"],
    [
      "MERGE INTO {t} t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED AND t.name = 'a' THEN UPDATE SET name = '{who}'",
    ],
    [
      "MERGE INTO {t} t USING (SELECT 9 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, name) VALUES (9, '{who}')",
    ],
  ])("%s: one wins, the others change nothing or are refused", async ([text = ""]) => {
    const outcomes = await Promise.allSettled(
      ["p", "q", "r"].map((who) => sql(text.replace("{t}", people).replace("{who}", who))),
    );
    const winners = outcomes.filter((o) => o.status === "fulfilled" && o.value[0]?.[0] === "1");
    expect(winners).toHaveLength(1);
    const refusals = outcomes.flatMap((o) => (o.status === "rejected" ? [String(o.reason)] : []));
    expect(refusals.filter((text) => !/\[DELTA_CONCURRENT_[A-Z_]+\] .*SQLSTATE: 2D521/s.test(text))).toEqual(
      [],
    );
    expect((await rows()).filter(([, name]) => /^[pqr]$/.test(name ?? ""))).toHaveLength(1);
  });
});

describe("identity columns", () => {
  const values = (table: string) => sql(`SELECT id, name FROM ${table} ORDER BY name`);

  test("number new rows, each value once, in INSERT and in every clause of MERGE", async () => {
    await sql(
      "CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), name STRING)",
    );
    await sql("INSERT INTO numbered (name) VALUES ('a')");
    await sql("INSERT INTO numbered (name) VALUES ('b')");
    await sql(
      "MERGE INTO numbered t USING (VALUES ('b'), ('c'), ('d')) AS s(name) ON t.name = s.name WHEN MATCHED THEN UPDATE SET name = 'b2' WHEN NOT MATCHED AND s.name = 'c' THEN INSERT (name) VALUES (s.name) WHEN NOT MATCHED THEN INSERT *",
    );
    expect(await values("numbered")).toEqual([
      ["10", "a"],
      ["15", "b2"],
      ["20", "c"],
      ["25", "d"],
    ]);
    await sql("RESTORE TABLE numbered TO VERSION AS OF 1");
    await sql("INSERT INTO numbered (name) VALUES ('e')");
    expect(await values("numbered")).toEqual([
      ["10", "a"],
      ["30", "e"],
    ]);
  });

  test("go down, take values where they may be given, and go on from there in a clone", async () => {
    await sql(
      "CREATE TABLE down (id BIGINT GENERATED BY DEFAULT AS IDENTITY (START WITH -1 INCREMENT BY -1), name STRING)",
    );
    await sql("INSERT INTO down (name) VALUES ('a')");
    await sql("INSERT INTO down VALUES (9, 'b')");
    await sql("CREATE TABLE down2 DEEP CLONE down");
    await sql("INSERT INTO down2 (name) VALUES ('c')");
    await sql("CREATE OR REPLACE TABLE down2 DEEP CLONE down");
    await sql("INSERT INTO down2 (name) VALUES ('d')");
    expect(await values("down2")).toEqual([
      ["-1", "a"],
      ["9", "b"],
      ["-3", "d"],
    ]);
  });

  test.for([
    ["INSERT INTO strictly VALUES (1, 'x')", "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED"],
    ["UPDATE strictly SET id = 1", "DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED"],
    [
      "MERGE INTO strictly t USING (SELECT 1L AS id, '' AS name) s ON false WHEN NOT MATCHED THEN INSERT *",
      "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED",
    ],
    ["CREATE TABLE x (id INT GENERATED ALWAYS AS IDENTITY)", "DELTA_IDENTITY_COLUMNS_UNSUPPORTED_DATA_TYPE"],
    [
      "CREATE TABLE x (id BIGINT GENERATED ALWAYS AS IDENTITY (INCREMENT BY 0))",
      "DELTA_IDENTITY_COLUMNS_ILLEGAL_STEP",
    ],
  ] as const)("%s: %s", async ([statement, errorClass]) => {
    await sql("CREATE TABLE IF NOT EXISTS strictly (id BIGINT GENERATED ALWAYS AS IDENTITY, name STRING)");
    expect(await failed(statement)).toContain(`[${errorClass}]`);
  });
});

describe("a table with a row filter or masks", () => {
  beforeAll(async () => {
    await sql("CREATE FUNCTION own(owner STRING) RETURN owner = current_user() OR owner IS NULL");
    await sql("CREATE FUNCTION starred(v STRING) RETURN '***'");
    await sql("GRANT USE CATALOG ON CATALOG d TO reader");
    await sql("GRANT USE SCHEMA ON SCHEMA s TO reader");
  });
  beforeEach(async () => {
    await sql(
      "CREATE OR REPLACE TABLE guarded AS SELECT * FROM VALUES (1, 'reader', 'a'), (2, 'other', 'b') AS v(id, owner, secret)",
    );
    await sql("GRANT SELECT, MODIFY ON TABLE guarded TO reader");
    await sql("ALTER TABLE guarded SET ROW FILTER own ON (owner)");
  });
  const all = async () => {
    await sql("ALTER TABLE guarded DROP ROW FILTER");
    return sql("SELECT id, owner, secret FROM guarded ORDER BY id");
  };

  test.for([
    [
      "UPDATE guarded SET secret = 'x'",
      [
        ["1", "reader", "x"],
        ["2", "other", "b"],
      ],
    ],
    ["DELETE FROM guarded", [["2", "other", "b"]]],
    [
      "MERGE INTO guarded t USING (VALUES (1), (2)) AS s(id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET secret = 'm'",
      [
        ["1", "reader", "m"],
        ["2", "other", "b"],
      ],
    ],
  ] as const)("%s changes only rows that the filter shows", async ([statement, rows]) => {
    expect((await sql(statement, { as: "reader" }))[0]?.[0]).toBe("1");
    expect(await all()).toEqual(rows);
  });

  test("does not tell masked values by what a condition finds", async () => {
    await sql("ALTER TABLE guarded ALTER COLUMN secret SET MASK starred");
    for (const statement of ["DELETE FROM guarded WHERE secret = 'a'", "UPDATE guarded SET owner = secret"])
      expect(await failed(statement, "reader")).toMatch(/^\[UNSUPPORTED_FEATURE\].*masked column secret/);
    expect(await sql("UPDATE guarded SET secret = 'y' WHERE id = 1", { as: "reader" })).toEqual([["1"]]);
    await sql("ALTER TABLE guarded ALTER COLUMN secret DROP MASK");
    expect(await all()).toEqual([
      ["1", "reader", "y"],
      ["2", "other", "b"],
    ]);
  });
});
