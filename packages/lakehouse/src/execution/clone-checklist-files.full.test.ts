import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionsIn, dataFilesIn, externalTables, textsIn, versionsIn } from "../testing/external-tables.ts";

const { open, close, sql, failed, at } = externalTables();
beforeAll(open);
afterAll(close);

const KINDS = ["DEEP", "SHALLOW"];
const path = (name: string) => `delta.\`${at(name)}\``;
const ids = async (table: string) =>
  (await sql(`SELECT id FROM ${table} ORDER BY id`)).map(([id]) => Number(id));
const external = (name: string, query: string, properties: Readonly<Record<string, string>> = {}) => {
  const said = Object.entries(properties).map(([key, value]) => `'delta.${key}' = '${value}'`);
  return sql(
    `CREATE TABLE ${name} LOCATION '${at(name)}' ${said.length === 0 ? "" : `TBLPROPERTIES (${said.join(", ")})`} AS ${query}`,
  );
};
const VECTORS = { enableDeletionVectors: "true" };
const EVERY_VERSION = { deletedFileRetentionDuration: "interval 0 hours" };

const vectors = (name: string, version: number) =>
  actionsIn(at(name), version, "add").flatMap(({ deletionVector }) => deletionVector ?? []);
const vectorFiles = (name: string) =>
  [...dataFilesIn(at(name)).keys()].filter((file) => file.endsWith(".bin"));

/** Thirty rows in each of three files; a DELETE then makes vectors for two of them. */
async function threeFiles(name: string): Promise<void> {
  await external(name, "SELECT id FROM range(0, 30)", VECTORS);
  await sql(`INSERT INTO ${name} SELECT id FROM range(30, 60)`);
  await sql(`INSERT INTO ${name} SELECT id FROM range(60, 90)`);
}

describe("deletion vectors", () => {
  test("clone checklist 31: a deep clone has the source's vectors, byte by byte, and copies no file of them twice", async () => {
    await threeFiles("s31");
    await sql("DELETE FROM s31 WHERE id IN (24, 42)");
    await sql(`CREATE TABLE t31 DEEP CLONE s31 LOCATION '${at("t31")}'`);
    expect(vectors("t31", 0)).toMatchObject([{ cardinality: 1 }, { cardinality: 1 }]);
    expect(vectors("t31", 0)).toEqual(vectors("s31", 3));
    expect(vectorFiles("t31")).toEqual(vectorFiles("s31"));
    for (const file of vectorFiles("t31"))
      expect(readFileSync(join(at("t31"), file))).toEqual(readFileSync(join(at("s31"), file)));
    const before = dataFilesIn(at("t31"));
    await sql("CREATE OR REPLACE TABLE t31 DEEP CLONE s31");
    await sql("DELETE FROM s31 WHERE id = 70");
    expect((await sql("CREATE OR REPLACE TABLE t31 DEEP CLONE s31"))[0]?.slice(2, 4)).toEqual(["0", "0"]);
    for (const [file, { inode }] of before)
      expect([file, dataFilesIn(at("t31")).get(file)?.inode]).toEqual([file, inode]);
    expect(await ids("t31")).toEqual(await ids("s31"));
    expect(await ids("t31 VERSION AS OF 0")).toHaveLength(88);
  });

  test.each(KINDS)(
    "clone checklist 32: a %s clone of absolute files with new vectors, and of absolute vectors",
    async (kind) => {
      await threeFiles(`origin32${kind}`);
      const [thin, masked] = [`thin32${kind}`, `masked32${kind}`];
      await sql(`CREATE TABLE ${path(thin)} SHALLOW CLONE origin32${kind}`);
      await sql(`DELETE FROM ${path(thin)} WHERE id IN (24, 42)`);
      await sql(`DELETE FROM origin32${kind} WHERE id = 5`);
      await sql(`CREATE TABLE ${path(masked)} SHALLOW CLONE origin32${kind}`);
      const inOrigin = expect.stringContaining(`file://${at(`origin32${kind}`)}/`) as string;
      expect(vectors(masked, 0)).toMatchObject([{ storageType: "p", pathOrInlineDv: inOrigin }]);
      for (const source of [thin, masked]) {
        await sql(`CREATE TABLE ${path(`${source}_copy`)} ${kind} CLONE ${path(source)}`);
        expect(await ids(path(`${source}_copy`))).toEqual(await ids(path(source)));
        expect(vectorFiles(`${source}_copy`)).toHaveLength(kind === "DEEP" ? 1 : 0);
      }
      expect((await ids(path(thin))).length + (await ids(path(masked))).length).toBe(88 + 89);
    },
  );

  test("clone checklist 32: round trip: source to target to source, with more deletes in between", async () => {
    await threeFiles("there32");
    await sql("DELETE FROM there32 WHERE id = 0");
    await sql(`CREATE TABLE ${path("away32")} SHALLOW CLONE there32`);
    await sql(`DELETE FROM ${path("away32")} WHERE id IN (1, 31)`);
    await sql(`CREATE OR REPLACE TABLE ${path("there32")} SHALLOW CLONE ${path("away32")}`);
    await sql("DELETE FROM there32 WHERE id = 61");
    const rows = Array.from({ length: 90 }, (_, id) => id).filter((id) => ![0, 1, 31, 61].includes(id));
    expect(await ids("there32")).toEqual(rows);
    expect((await ids(path("away32"))).length).toBe(87);
    const last = versionsIn(at("there32")).at(-2) ?? 0;
    expect(textsIn(at("there32"), last, "add", "path").filter((p) => p.includes(":"))).toEqual([]);
  });
});

describe("change feed, VACUUM and DROP", () => {
  test("clone checklist 36: the feed of a clone begins with its rows and goes on with images", async () => {
    await external("s36", "SELECT 1 AS id, 'a' AS v", { enableChangeDataFeed: "true" });
    await sql(`CREATE TABLE t36 SHALLOW CLONE s36 LOCATION '${at("t36")}'`);
    await sql("INSERT INTO t36 VALUES (2, 'b')");
    const cdc = () => [...dataFilesIn(at("t36")).keys()].filter((file) => file.startsWith("_change_data/"));
    expect(cdc()).toEqual([]);
    await sql("UPDATE t36 SET v = concat(v, '!')");
    expect(cdc().length).toBe(actionsIn(at("t36"), 2, "cdc").length);
    // One file for all that a statement changed, where Spark writes one for each task.
    expect(cdc()).toHaveLength(1);
    expect(
      await sql(
        "SELECT id, v, _change_type, _commit_version FROM table_changes('t36', 0) ORDER BY _commit_version, id, _change_type DESC",
      ),
    ).toEqual([
      ["1", "a", "insert", "0"],
      ["2", "b", "insert", "1"],
      ["1", "a", "update_preimage", "2"],
      ["1", "a!", "update_postimage", "2"],
      ["2", "b", "update_preimage", "2"],
      ["2", "b!", "update_postimage", "2"],
    ]);
    expect(await sql("SELECT * FROM s36")).toEqual([["1", "a"]]);
  });

  test("clone checklist 37: VACUUM of a shallow clone lists and takes its own file alone", async () => {
    await external("s37", "SELECT id FROM range(3)", EVERY_VERSION);
    await sql(`CREATE TABLE t37 SHALLOW CLONE s37 LOCATION '${at("t37")}'`);
    const base = dataFilesIn(at("s37"));
    await sql("UPDATE t37 SET id = id + 10");
    const [own] = dataFilesIn(at("t37")).keys();
    await sql("UPDATE t37 SET id = id + 10");
    expect(dataFilesIn(at("t37")).size).toBe(2);
    expect(await sql("VACUUM t37 RETAIN 0 HOURS DRY RUN")).toEqual([[`file://${at("t37")}/${own}`]]);
    expect(dataFilesIn(at("t37")).size).toBe(2);
    await sql("VACUUM t37 RETAIN 0 HOURS");
    expect([...dataFilesIn(at("t37")).keys()]).toHaveLength(1);
    expect(dataFilesIn(at("t37")).has(own ?? "")).toBe(false);
    expect(dataFilesIn(at("s37"))).toEqual(base);
    expect([await ids("t37"), await ids("s37")]).toEqual([
      [20, 21, 22],
      [0, 1, 2],
    ]);
  });

  test("clone checklist 38: dropping a shallow clone leaves its base", async () => {
    await sql("CREATE TABLE managed38 AS SELECT id FROM range(3)");
    await sql("CREATE TABLE thin38 SHALLOW CLONE managed38");
    await external("external38", "SELECT id FROM range(3)");
    await sql(`CREATE TABLE away38 SHALLOW CLONE external38 LOCATION '${at("away38")}'`);
    await sql("DROP TABLE thin38");
    await sql("DROP TABLE away38");
    expect([await ids("managed38"), await ids("external38")]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test("clone checklist 39: VACUUM of a base breaks a clone that it does not know; REPLACE … CLONE repairs it", async () => {
    await external("s39", "SELECT id FROM range(3)", EVERY_VERSION);
    await sql(`CREATE TABLE ${path("t39")} SHALLOW CLONE s39`);
    await sql("UPDATE s39 SET id = id + 1");
    await sql("VACUUM s39 RETAIN 0 HOURS");
    expect(await failed(`SELECT * FROM ${path("t39")}`)).toMatch(
      /^\[(?:FAILED_READ_FILE|DELTA_FILE_NOT_FOUND)/,
    );
    expect(await failed(`CREATE TABLE ${path("u39")} DEEP CLONE ${path("t39")}`)).toMatch(
      /^\[DELTA_FILE_NOT_FOUND\]/,
    );
    await sql(`CREATE OR REPLACE TABLE ${path("t39")} SHALLOW CLONE s39`);
    expect(await ids(path("t39"))).toEqual([1, 2, 3]);
  });
});

describe("deep clones", () => {
  test.each([true, false])(
    "clone checklist 40: of each version of a table whose columns change, then written (partitioned: %s)",
    async (isPartitioned) => {
      const name = `s40_${isPartitioned}`;
      await sql(
        `CREATE TABLE ${name} (id BIGINT, v STRING, p STRING) ${isPartitioned ? "PARTITIONED BY (p)" : ""} TBLPROPERTIES ('delta.columnMapping.mode' = 'name', 'delta.enableDeletionVectors' = 'true')`,
      );
      await sql(`INSERT INTO ${name} VALUES (1, 'a', 'x'), (2, 'b', 'y')`);
      await sql(`ALTER TABLE ${name} ADD COLUMNS (w INT)`);
      await sql(`INSERT INTO ${name} VALUES (3, 'c', 'x', 30)`);
      await sql(`ALTER TABLE ${name} DROP COLUMN v`);
      const two = [
        ["1", "a", "x"],
        ["2", "b", "y"],
      ];
      const expected: Readonly<Record<number, readonly (readonly (string | null)[])[]>> = {
        1: two,
        2: two.map((row) => [...row, null]),
        3: [...two.map((row) => [...row, null]), ["3", "c", "x", "30"]],
        4: [
          ["1", "x", null],
          ["2", "y", null],
          ["3", "x", "30"],
        ],
      };
      for (const [version, rows] of Object.entries(expected)) {
        await sql(`CREATE OR REPLACE TABLE t40_${isPartitioned} DEEP CLONE ${name} VERSION AS OF ${version}`);
        expect([version, await sql(`SELECT * FROM t40_${isPartitioned} ORDER BY id`)]).toEqual([
          version,
          rows,
        ]);
      }
      await sql(`INSERT INTO t40_${isPartitioned} VALUES (4, 'x', 40)`);
      await sql(`DELETE FROM t40_${isPartitioned} WHERE id = 1`);
      expect(await ids(`t40_${isPartitioned}`)).toEqual([2, 3, 4]);
      expect(await ids(name)).toEqual([1, 2, 3]);
    },
  );

  test("clone checklist 41: a second one copies new files alone and removes vanished ones; the others are not touched", async () => {
    await external("s41", "SELECT id FROM range(3)");
    for (const id of [10, 20, 30]) await sql(`INSERT INTO s41 VALUES (${id})`);
    const [first] = await sql(`CREATE TABLE t41 DEEP CLONE s41 LOCATION '${at("t41")}'`);
    const sizes = (name: string, version: number, kind: string) =>
      actionsIn(at(name), version, kind).reduce((sum, file) => sum + Number(file["size"]), 0);
    expect(first?.slice(1)).toEqual(["4", "0", "4", "0", String(sizes("t41", 0, "add"))]);
    const [before, theirs] = [dataFilesIn(at("t41")), dataFilesIn(at("s41"))];
    expect([...before.keys()]).toEqual([...theirs.keys()]);
    for (const [file, { inode, links }] of before)
      expect([inode === theirs.get(file)?.inode, links]).toEqual([false, 1]);
    const times = new Map([...before.keys()].map((file) => [file, statSync(join(at("t41"), file)).mtimeMs]));
    await sql("DELETE FROM s41 WHERE id = 10");
    await sql("INSERT INTO s41 VALUES (40)");
    const [second] = await sql("CREATE OR REPLACE TABLE t41 DEEP CLONE s41");
    expect(second?.slice(1)).toEqual([
      "4",
      "1",
      "1",
      String(sizes("t41", 1, "remove")),
      String(sizes("t41", 1, "add")),
    ]);
    expect(versionsIn(at("t41"))).toEqual([0, 1]);
    const after = dataFilesIn(at("t41"));
    for (const [file, facts] of before) {
      expect([file, after.get(file)]).toEqual([file, facts]);
      expect([file, statSync(join(at("t41"), file)).mtimeMs]).toEqual([file, times.get(file)]);
    }
    const [info] = actionsIn(at("t41"), 1, "commitInfo");
    expect([info?.["readVersion"], info?.["operationParameters"]]).toEqual([
      0,
      { source: "c.s.s41", sourceVersion: 5, isShallow: false },
    ]);
    expect(info?.["operationMetrics"]).toMatchObject({
      numRemovedFiles: "1",
      numCopiedFiles: "1",
      sourceNumOfFiles: "4",
    });
    const history = await sql("DESCRIBE HISTORY t41");
    expect(history.map((row) => row.some((cell) => cell === "CLONE"))).toEqual([true, true]);
    expect(await ids("t41")).toEqual([0, 1, 2, 20, 30, 40]);
  });

  test("clone checklist 42: the first version lives on after a second clone and a VACUUM of the source", async () => {
    await external("s42", "SELECT id FROM range(3)", EVERY_VERSION);
    await sql(`CREATE TABLE t42 DEEP CLONE s42 LOCATION '${at("t42")}'`);
    await sql("UPDATE s42 SET id = id + 10");
    await sql("CREATE OR REPLACE TABLE t42 DEEP CLONE s42");
    await sql("VACUUM s42 RETAIN 0 HOURS");
    expect([await ids("t42 VERSION AS OF 0"), await ids("t42")]).toEqual([
      [0, 1, 2],
      [10, 11, 12],
    ]);
  });
});

describe("Unity Catalog's pairs", () => {
  const wrong = /^\[CANNOT_SHALLOW_CLONE_NON_UC_MANAGED_TABLE_AS_SOURCE_OR_TARGET\]/;

  test("managed from managed, external from external, and nothing else shallowly", async () => {
    await sql("CREATE TABLE managed AS SELECT id FROM range(3)");
    await external("outside", "SELECT id FROM range(3)");
    const clone = (target: string, source: string, clause = "") =>
      failed(`CREATE TABLE ${target} SHALLOW CLONE ${source} ${clause}`);
    expect(await clone("m1", "managed")).toBe("succeeded");
    expect(await clone("e1", "outside", `LOCATION '${at("e1")}'`)).toBe("succeeded");
    expect(await clone("e2", path("outside"), `LOCATION '${at("e2")}'`)).toBe("succeeded");
    expect(await clone("x", "managed", `LOCATION '${at("x")}'`)).toMatch(wrong);
    expect(await clone(path("x"), "managed")).toMatch(wrong);
    expect(await clone("x", "outside")).toMatch(wrong);
    expect(await clone("x", path("outside"))).toMatch(wrong);
    const types = await sql(
      "SELECT table_name, table_type FROM system.information_schema.tables WHERE table_name IN ('m1', 'e1', 'e2') ORDER BY 1",
    );
    expect(types).toEqual([
      ["e1", "EXTERNAL_SHALLOW_CLONE"],
      ["e2", "EXTERNAL_SHALLOW_CLONE"],
      ["m1", "MANAGED_SHALLOW_CLONE"],
    ]);
  });

  test("deeply each from each", async () => {
    for (const [i, source] of ["managed", "outside", path("outside")].entries())
      for (const [target, clause] of [
        [`deep_m${i}`, ""],
        [`deep_e${i}`, `LOCATION '${at(`deep_e${i}`)}'`],
      ]) {
        await sql(`CREATE TABLE ${target} DEEP CLONE ${source} ${clause}`);
        expect(await ids(target ?? "")).toEqual([0, 1, 2]);
      }
  });

  test.each(["parquet", "iceberg"])("no shallow clone of a directory of %s", async (format) => {
    await external(`files_of_${format}`, "SELECT id FROM range(3)");
    for (const target of ["never", path("never")])
      expect(
        await failed(`CREATE TABLE ${target} SHALLOW CLONE ${format}.\`${at(`files_of_${format}`)}\``),
      ).toMatch(
        new RegExp(`^\\[DELTA_CLONE_UNSUPPORTED_SOURCE\\] .* whose format is ${format}\\. Unity Catalog`),
      );
  });
});
