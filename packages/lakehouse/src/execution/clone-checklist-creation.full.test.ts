import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionsIn, dataFilesIn, externalTables, textsIn, versionsIn } from "../testing/external-tables.ts";

const { open, close, sql, failed, at, lakehouse } = externalTables();
beforeAll(open);
afterAll(close);

const ids = async (table: string) =>
  (await sql(`SELECT id FROM ${table} ORDER BY id`)).map(([id]) => Number(id));
/** An external table of a few rows in two partitions. */
const partitioned = (name: string) =>
  sql(
    `CREATE TABLE ${name} USING DELTA PARTITIONED BY (part) LOCATION '${at(name)}' AS SELECT id, id % 2 AS part FROM range(5)`,
  );
const external = (name: string, query = "SELECT id FROM range(5)") =>
  sql(`CREATE TABLE ${name} LOCATION '${at(name)}' AS ${query}`);
const path = (name: string) => `delta.\`${at(name)}\``;
const paths = (name: string, version = 0) => textsIn(at(name), version, "add", "path");

describe("creating", () => {
  test("clone checklist 1: a shallow clone is a log over the source's files, named by absolute URI", async () => {
    await partitioned("simple");
    await sql("INSERT INTO simple VALUES (8, 0), (9, 1)");
    await sql(`CREATE TABLE ${path("thin")} SHALLOW CLONE simple`);
    expect(readdirSync(at("thin"))).toEqual(["_delta_log"]);
    expect(versionsIn(at("thin"))).toEqual([0]);
    const [metaData] = actionsIn(at("thin"), 0, "metaData");
    expect(metaData?.["partitionColumns"]).toEqual(["part"]);
    expect(paths("thin")).toHaveLength(4);
    expect(paths("thin").every((p) => p.startsWith(`file://${at("simple")}/part=`))).toBe(true);
    expect(await ids(path("thin"))).toEqual([0, 1, 2, 3, 4, 8, 9]);
  });

  test("clone checklist 2: a shallow clone of a shallow clone reads the original files", async () => {
    await external("origin");
    await sql(`CREATE TABLE ${path("middle")} SHALLOW CLONE origin`);
    await sql(`CREATE TABLE ${path("far")} SHALLOW CLONE ${path("middle")}`);
    rmSync(at("middle"), { recursive: true });
    expect(await ids(path("far"))).toEqual([0, 1, 2, 3, 4]);
  });

  test.each(["DEEP", "SHALLOW"])(
    "clone checklist 4: a %s clone is not put where something is",
    async (kind) => {
      const [source, table, directory] = [`from_${kind}`, `table_${kind}`, `files_${kind}`];
      await external(source);
      await external(table, "SELECT 77 AS id");
      mkdirSync(at(directory));
      for (const file of dataFilesIn(at(source)).keys())
        cpSync(join(at(source), file), join(at(directory), `theirs-${file}`));
      await sql(`DROP TABLE ${table}`);
      for (const place of [
        `n${kind} ${kind} CLONE ${source} LOCATION '${at(table)}'`,
        `${path(table)} ${kind} CLONE ${source}`,
      ])
        expect(await failed(`CREATE TABLE ${place}`)).toMatch(
          /^\[DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION\] .* is not empty/,
        );
      for (const place of [
        `CREATE TABLE n${kind} ${kind} CLONE ${source} LOCATION '${at(directory)}'`,
        `CREATE TABLE ${path(directory)} ${kind} CLONE ${source}`,
        `CREATE OR REPLACE TABLE ${path(directory)} ${kind} CLONE ${source}`,
      ])
        expect(await failed(place)).toMatch(/ is not empty and also not a Delta table/);
      expect(versionsIn(at(table))).toEqual([0]);
      expect(readdirSync(at(directory)).filter((name) => name.startsWith("_"))).toEqual([]);
      expect(await ids(path(table))).toEqual([77]);
    },
  );

  test("clone checklist 4: neither is it put over a table that has a name", async () => {
    await external("named");
    await external("source_of_named");
    expect(
      await failed(`CREATE OR REPLACE TABLE second DEEP CLONE source_of_named LOCATION '${at("named")}'`),
    ).toMatch(/^\[LOCATION_OVERLAP\] .*c\.s\.named/);
  });

  const kinds = ["DEEP", "SHALLOW"].flatMap((kind) =>
    [true, false].flatMap((isPartitioned) =>
      [true, false].map((vectors) => ({ kind, isPartitioned, vectors })),
    ),
  );
  test.each(kinds)(
    "clone checklist 5: UPDATE and MERGE on the clone do not show in the source, nor the other way round: %o",
    async ({ kind, isPartitioned, vectors }) => {
      const name = `w_${kind}_${isPartitioned}_${vectors}`.toLowerCase();
      const clone = `${name}_clone`;
      await sql(
        `CREATE TABLE ${name} (id BIGINT, v STRING, part BIGINT) ${isPartitioned ? "PARTITIONED BY (part)" : ""} TBLPROPERTIES ('delta.enableDeletionVectors' = '${vectors}')`,
      );
      await sql(`INSERT INTO ${name} SELECT id, 'old', id % 2 FROM range(6)`);
      const rows = (table: string) => sql(`SELECT id, v FROM ${table} ORDER BY id`);
      const before = await rows(name);
      await sql(`CREATE TABLE ${clone} ${kind} CLONE ${name}`);
      await sql(`UPDATE ${clone} SET v = 'new' WHERE id < 2`);
      await sql(
        `MERGE INTO ${clone} t USING (SELECT id FROM range(5, 8)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 'merged' WHEN NOT MATCHED THEN INSERT (id, v, part) VALUES (s.id, 'added', 1)`,
      );
      expect(await rows(name)).toEqual(before);
      const changed = ["new", "new", "old", "old", "old", "merged", "added", "added"].map((v, i) => [
        String(i),
        v,
      ]);
      expect(await rows(clone)).toEqual(changed);
      await sql(`UPDATE ${name} SET v = 'later'`);
      await sql(`DELETE FROM ${name} WHERE id = 3`);
      expect(await rows(clone)).toEqual(changed);
    },
  );

  test("clone checklist 6: the source goes by name or path, the target by name, path, or name and LOCATION", async () => {
    await external("s6");
    const sources = ["s6", "c.s.s6", path("s6")];
    for (const [i, source] of sources.entries()) {
      await sql(`CREATE TABLE byname${i} DEEP CLONE ${source}`);
      await sql(`CREATE TABLE ${path(`bypath${i}`)} DEEP CLONE ${source}`);
      await sql(`CREATE TABLE bylocation${i} DEEP CLONE ${source} LOCATION '${at(`bylocation${i}`)}'`);
      for (const target of [`byname${i}`, path(`bypath${i}`), `bylocation${i}`, path(`bylocation${i}`)])
        expect(await ids(target)).toEqual([0, 1, 2, 3, 4]);
      const [commit] = actionsIn(at(`bypath${i}`), 0, "commitInfo");
      expect(commit?.["operationParameters"]).toEqual({
        source: source === path("s6") ? path("s6") : "c.s.s6",
        sourceVersion: 0,
        isShallow: false,
      });
    }
    expect(await failed(`CREATE TABLE ${path("both")} DEEP CLONE s6 LOCATION '${at("other")}'`)).toMatch(
      /^\[DELTA_CLONE_AMBIGUOUS_TARGET\] Two paths were provided as the CLONE target .* SQLSTATE: 42613/,
    );
    expect(await failed(`CREATE TABLE ${path("mine")} DEEP CLONE s6`, "reader")).not.toBe("succeeded");
    expect(readdirSync(at("")).filter((name) => ["both", "other", "mine"].includes(name))).toEqual([]);
  });

  test.each(["DEEP", "SHALLOW"])(
    "clone checklist 7: a %s clone of a version or a time has that version's rows and columns",
    async (kind) => {
      const name = `evolves_${kind}`;
      await sql(
        `CREATE TABLE ${name} (id BIGINT, a STRING) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')`,
      );
      await sql(`INSERT INTO ${name} VALUES (1, 'x')`);
      await sql(`ALTER TABLE ${name} ADD COLUMNS (b STRING)`);
      await sql(`INSERT INTO ${name} VALUES (2, 'y', 'z')`);
      await sql(`ALTER TABLE ${name} DROP COLUMN a`);
      await sql(`INSERT INTO ${name} VALUES (3, 'w')`);
      const expected = [
        [[["1", "x"]], ["id", "a"]],
        [[["1", "x", null]], ["id", "a", "b"]],
        [
          [
            ["1", "x", null],
            ["2", "y", "z"],
          ],
          ["id", "a", "b"],
        ],
        [
          [
            ["1", null],
            ["2", "z"],
          ],
          ["id", "b"],
        ],
        [
          [
            ["1", null],
            ["2", "z"],
            ["3", "w"],
          ],
          ["id", "b"],
        ],
      ] as const;
      const history = await sql(`SELECT version, timestamp FROM (DESCRIBE HISTORY ${name})`).catch(() =>
        sql(`DESCRIBE HISTORY ${name}`),
      );
      const timeOf = new Map(history.map(([version, timestamp]) => [Number(version), timestamp]));
      for (const [i, [rows, columns]] of expected.entries())
        for (const [how, travel] of [
          ["v", `VERSION AS OF ${i + 1}`],
          ["t", `TIMESTAMP AS OF '${timeOf.get(i + 1)}'`],
        ] as const) {
          const clone = `${name}_${how}${i}`;
          await sql(`CREATE TABLE ${clone} ${kind} CLONE ${name} ${travel}`);
          expect([clone, await sql(`SELECT * FROM ${clone} ORDER BY id`)]).toEqual([clone, rows]);
          expect((await sql(`SHOW COLUMNS IN ${clone}`)).flat()).toEqual(columns);
        }
    },
  );
});

describe("replacing", () => {
  test.each(["CREATE OR REPLACE", "REPLACE"])(
    "clone checklist 8: %s over a Delta table with rows",
    async (verb) => {
      const name = `r_${verb.split(" ").length}`;
      await external(`${name}_source`);
      await external(name, "SELECT id FROM range(25)");
      const [row] = await sql(`${verb} TABLE ${name} DEEP CLONE ${name}_source`);
      expect(row?.slice(1, 4)).toEqual(["1", "1", "1"]);
      expect(await ids(name)).toEqual([0, 1, 2, 3, 4]);
      expect(versionsIn(at(name))).toEqual([0, 1]);
      await sql(`${verb} TABLE ${path(name)} SHALLOW CLONE ${name}_source VERSION AS OF 0`);
      expect(await ids(path(name))).toEqual([0, 1, 2, 3, 4]);
    },
  );

  test.each(["CREATE OR REPLACE", "REPLACE"])(
    "clone checklist 8: %s over a parquet table makes it a Delta table and leaves the files to their owner",
    async (verb) => {
      const name = `p_${verb.split(" ").length}`;
      await external(`${name}_source`);
      mkdirSync(at(name));
      for (const file of dataFilesIn(at(`${name}_source`)).keys())
        cpSync(join(at(`${name}_source`), file), join(at(name), "a.parquet"));
      await sql(`CREATE TABLE ${name} (id BIGINT) USING PARQUET LOCATION '${at(name)}'`);
      await sql(`INSERT INTO ${name}_source VALUES (5)`);
      await sql(`${verb} TABLE ${name} DEEP CLONE ${name}_source`);
      expect(await ids(name)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(readdirSync(at(name))).toEqual(["a.parquet"]);
      await sql(`INSERT INTO ${name} VALUES (6)`);
      const { tableType, format } =
        (await lakehouse().connect().unity.table({ catalog: "c", schema: "s", name })) ?? {};
      expect([tableType, format]).toEqual(["MANAGED", "DELTA"]);
    },
  );

  test("clone checklist 9: CREATE OR REPLACE without a table creates, REPLACE does not", async () => {
    await external("s9");
    await sql("CREATE OR REPLACE TABLE fresh9 DEEP CLONE s9");
    await sql(`CREATE OR REPLACE TABLE ${path("fresh9")} DEEP CLONE s9`);
    expect([await ids("fresh9"), await ids(path("fresh9"))]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]);
    for (const target of ["none9", path("none9")])
      expect(await failed(`REPLACE TABLE ${target} DEEP CLONE s9`)).toMatch(
        /cannot be replaced as it does not exist/,
      );
    expect(await failed("REPLACE TABLE IF NOT EXISTS fresh9 DEEP CLONE s9")).toMatch(
      /^\[PARSE_SYNTAX_ERROR\]/,
    );
  });

  test("clone checklist 9: IF NOT EXISTS leaves a table as it is, and fails over a path", async () => {
    await external("t9", "SELECT 1 AS id");
    await external("other9");
    expect(await sql("CREATE TABLE IF NOT EXISTS t9 DEEP CLONE other9")).toEqual([]);
    expect(await ids("t9")).toEqual([1]);
    for (const source of ["other9", path("t9")])
      expect(await failed(`CREATE TABLE IF NOT EXISTS ${path("t9")} DEEP CLONE ${source}`)).toMatch(
        / is not empty/,
      );
    expect(versionsIn(at("t9"))).toEqual([0]);
  });

  test("clone checklist 10: a table cloned onto itself keeps its files, by relative paths", async () => {
    await external("itself");
    const before = dataFilesIn(at("itself"));
    expect(await sql("CREATE OR REPLACE TABLE itself DEEP CLONE itself")).toMatchObject([
      [expect.anything(), "1", "0", "0", "0", "0"],
    ]);
    await sql(`REPLACE TABLE ${path("itself")} SHALLOW CLONE ${path("itself")}`);
    expect(versionsIn(at("itself"))).toEqual([0, 1, 2]);
    expect([...paths("itself", 1), ...paths("itself", 2)].filter((p) => p.includes(":"))).toEqual([]);
    expect(dataFilesIn(at("itself"))).toEqual(before);
    expect(await ids("itself")).toEqual([0, 1, 2, 3, 4]);
  });

  test("clone checklist 10: a name for a directory that is its own source is given without a commit", async () => {
    await external("nameless");
    await sql("DROP TABLE nameless");
    expect(
      await sql(`CREATE TABLE renamed DEEP CLONE ${path("nameless")} LOCATION '${at("nameless")}'`),
    ).toEqual([]);
    expect(await ids("renamed")).toEqual([0, 1, 2, 3, 4]);
    expect(versionsIn(at("nameless"))).toEqual([0]);
  });
});

describe("refusing", () => {
  test("clone checklist 11: a missing source is not found, at no version either; a view is no source", async () => {
    await external("s11");
    await sql("CREATE VIEW over11 AS SELECT * FROM s11");
    await sql("CREATE VIEW plain11 AS SELECT 1 AS id");
    for (const travel of ["", " VERSION AS OF 0", " TIMESTAMP AS OF '2020-01-01'"])
      for (const target of ["t11", path("t11")])
        expect(await failed(`CREATE TABLE ${target} DEEP CLONE nowhere${travel}`)).toMatch(
          /^\[TABLE_OR_VIEW_NOT_FOUND\]/,
        );
    expect(await failed(`CREATE TABLE t11 DEEP CLONE ${path("nothing11")}`)).toMatch(
      /^\[DELTA_TABLE_NOT_FOUND\]/,
    );
    for (const view of ["over11", "plain11"])
      expect(await failed(`CREATE TABLE t11 SHALLOW CLONE ${view}`)).toMatch(
        new RegExp(
          `^\\[DELTA_CLONE_UNSUPPORTED_SOURCE\\] Unsupported clone source 'c\\.s\\.${view}', whose format is View`,
        ),
      );
  });

  test.each(["relative/path", "./x", "x"])(
    "clone checklist 12: the relative path %s is no target",
    async (relative) => {
      await sql("CREATE OR REPLACE TABLE s12 AS SELECT 1 AS id");
      for (const target of [
        `delta.\`${relative}\` DEEP CLONE s12`,
        `t12 DEEP CLONE s12 LOCATION '${relative}'`,
      ])
        expect(await failed(`CREATE TABLE ${target}`)).toMatch(
          /^\[DELTA_INVALID_CLONE_PATH\] The target location for CLONE needs to be an absolute path or table name/,
        );
    },
  );

  test("clone checklist 13: one row of six numbers; a shallow clone copies nothing", async () => {
    await external("s13");
    const run = (text: string) =>
      lakehouse().connect().statements.execute({
        text,
        kind: "clone",
        effect: "write",
        catalog: "c",
        schema: "s",
        parameters: [],
      });
    const deep = await run("CREATE TABLE deep13 DEEP CLONE s13");
    const shallow = await run(`CREATE TABLE ${path("thin13")} SHALLOW CLONE s13`);
    for (const { columns } of [deep, shallow])
      expect(columns.map(({ name, typeText }) => [name, typeText])).toEqual(
        [
          "source_table_size",
          "source_num_of_files",
          "num_removed_files",
          "num_copied_files",
          "removed_files_size",
          "copied_files_size",
        ].map((name) => [name, "BIGINT"]),
      );
    const [size = "0"] = deep.rows[0] ?? [];
    expect(Number(size)).toBeGreaterThan(0);
    expect(deep.rows).toEqual([[size, "1", "0", "1", "0", size]]);
    expect(shallow.rows).toEqual([[size, "1", "0", "0", "0", "0"]]);
  });

  test("clone checklist 14: the commit adds the live files, removes none, and never both", async () => {
    await partitioned("s14");
    await sql("DELETE FROM s14 WHERE id = 3");
    await sql(`CREATE TABLE t14 DEEP CLONE s14 LOCATION '${at("t14")}'`);
    const [info] = actionsIn(at("t14"), 0, "commitInfo");
    expect([info?.["operation"], info?.["readVersion"]]).toEqual(["CLONE", -1]);
    expect([paths("t14").length, actionsIn(at("t14"), 0, "remove")]).toEqual([2, []]);
    await sql("UPDATE s14 SET id = id + 10 WHERE id < 2");
    await sql("INSERT INTO t14 VALUES (99, 1)");
    for (const travel of ["", " VERSION AS OF 1", ""])
      await sql(`CREATE OR REPLACE TABLE t14 DEEP CLONE s14${travel}`);
    const key = (file: Record<string, unknown>) =>
      JSON.stringify([file["path"], file["deletionVector"] ?? null]);
    for (const version of versionsIn(at("t14"))) {
      const keys = ["add", "remove"].flatMap((kind) => actionsIn(at("t14"), version, kind).map(key));
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  test("clone checklist 15: a version older than deleted files are kept is refused, with retention 0 every older one", async () => {
    await sql(
      "CREATE TABLE s15 TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours') AS SELECT 1 AS id",
    );
    await sql("INSERT INTO s15 VALUES (2)");
    await sql("INSERT INTO s15 VALUES (3)");
    for (const kind of ["DEEP", "SHALLOW"])
      for (const version of [0, 1])
        expect(await failed(`CREATE TABLE t15 ${kind} CLONE s15 VERSION AS OF ${version}`)).toMatch(
          /^\[DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION\] .*0 HOURS/,
        );
    await sql("CREATE TABLE t15 DEEP CLONE s15 VERSION AS OF 2");
    await sql("ALTER TABLE s15 SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 1 week')");
    await sql("CREATE TABLE kept15 DEEP CLONE s15 VERSION AS OF 0");
    expect([await ids("t15"), await ids("kept15")]).toEqual([[1, 2, 3], [1]]);
  });

  test("clone checklist 16: of clones that race for a target each fails or is whole", async () => {
    for (const n of [1, 2, 3, 4]) await external(`race${n}`, `SELECT id FROM range(${n})`);
    const raced = await Promise.all(
      [1, 2, 3, 4].map((n) => failed(`CREATE OR REPLACE TABLE ${path("raced")} DEEP CLONE race${n}`)),
    );
    expect(raced).toContain("succeeded");
    expect(raced.filter((end) => !/^(?:succeeded$|\[DELTA_CONCURRENT_WRITE\])/.test(end))).toEqual([]);
    expect(versionsIn(at("raced"))).toHaveLength(raced.filter((end) => end === "succeeded").length);
    const rows = await ids(path("raced"));
    expect(rows).toEqual([0, 1, 2, 3].slice(0, rows.length));
  });
});
