import { copyFileSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf } from "@clone-xs/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
let size: number;

async function answer(text: string) {
  return lakehouse
    .connect()
    .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
}
const sql = async (text: string) => (await answer(text)).rows;
const failed = (text: string) =>
  answer(text).then(
    () => "succeeded",
    (error: unknown) => String(error),
  );

/** The only data file of a table. */
async function fileOf(name: string): Promise<string> {
  const table = await lakehouse.connect().unity.table({ catalog: "d", schema: "s", name });
  const directory = fileURLToPath(table?.storageLocation ?? "");
  const file = readdirSync(directory).find((entry) => entry.endsWith(".parquet"));
  return join(directory, file ?? "");
}

const byPath = ([a]: readonly (string | null)[], [b]: readonly (string | null)[]) =>
  (a ?? "").localeCompare(b ?? "");

/** Puts a parquet file with two rows under the bucket, last changed at a second of 2026; its size. */
async function putFile(path: string, second: number): Promise<number> {
  const to = join(lakehouse.directory, "mounts", "your-bucket", path);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(await fileOf("maker"), to);
  const changed = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  utimesSync(to, changed, changed);
  return statSync(to).size;
}

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
  await sql("CREATE TABLE maker AS SELECT id FROM range(2)");
  size = await putFile("lists/a b.parquet", 1);
  await putFile("lists/c.parquet", 2);
  await sql("CREATE TABLE lists (id BIGINT) USING PARQUET LOCATION 's3://your-bucket/lists/'");
  await putFile("days/day=1/x.parquet", 3);
  await sql("CREATE TABLE days (id BIGINT, day INT) USING PARQUET LOCATION 's3://your-bucket/days'");
});
afterAll(() => lakehouse.close());

describe("the column _metadata", () => {
  test("tells each row's file, once by the product's own statement", async () => {
    const result = await lakehouse
      .connect()
      .statements.execute(filesOf({ catalog: "d", schema: "s", name: "lists" }));
    expect(result.columns.map(({ name, typeText }) => [name, typeText.toLowerCase()])).toEqual([
      ["file_path", "string"],
      ["file_size", "bigint"],
      ["file_modification_time", "timestamp"],
    ]);
    expect(result.rows.toSorted(byPath)).toEqual([
      ["s3://your-bucket/lists/a%20b.parquet", `${size}`, "2026-01-01T00:00:01.000Z"],
      ["s3://your-bucket/lists/c.parquet", `${size}`, "2026-01-01T00:00:02.000Z"],
    ]);
  });

  test("is a struct that can be taken apart, filtered and counted by", async () => {
    expect(
      await sql("SELECT l._metadata.*, id FROM lists AS l WHERE _metadata.file_name = 'c.parquet'"),
    ).toEqual(
      ["0", "1"].map((id) => [
        "s3://your-bucket/lists/c.parquet",
        "c.parquet",
        `${size}`,
        "0",
        `${size}`,
        "2026-01-01T00:00:02.000Z",
        id,
      ]),
    );
    expect(
      await sql("SELECT _METADATA.FILE_NAME, count(*) FROM lists GROUP BY _metadata.file_name ORDER BY 1"),
    ).toEqual([
      ["a b.parquet", "2"],
      ["c.parquet", "2"],
    ]);
    expect(await sql("SELECT day, _metadata.file_path FROM days WHERE id = 1")).toEqual([
      ["1", "s3://your-bucket/days/day=1/x.parquet"],
    ]);
  });

  test("is no part of * and does not leave the select that names its table", async () => {
    const star = await answer("SELECT *, lists.*, length(_metadata.file_name) AS n FROM lists");
    expect(star.columns.map(({ name }) => name)).toEqual(["id", "id", "n"]);
    expect(await failed("SELECT _metadata FROM (SELECT * FROM lists)")).toMatch(/\[UNRESOLVED_COLUMN/u);
    expect(await failed("SELECT _metadata FROM lists AS l(a)")).toMatch(/\[UNRESOLVED_COLUMN/u);
    await sql("CREATE VIEW over_lists AS SELECT id, _metadata.file_name AS file FROM lists");
    expect(await sql("SELECT DISTINCT file FROM over_lists ORDER BY file")).toEqual([
      ["a b.parquet"],
      ["c.parquet"],
    ]);
    expect(await failed("SELECT _metadata.file_name FROM over_lists")).toMatch(/\[UNRESOLVED_COLUMN/u);
  });

  test("belongs to each table of a join and needs its name there", async () => {
    const join = "FROM lists AS l JOIN days AS d ON l.id = d.id";
    expect(await failed(`SELECT _metadata ${join}`)).toMatch(/\[AMBIGUOUS_REFERENCE\]/u);
    expect(await sql(`SELECT DISTINCT d._metadata.file_name ${join}`)).toEqual([["x.parquet"]]);
  });

  test("of an empty directory has no rows", async () => {
    await sql("CREATE TABLE nothing (id INT) USING PARQUET LOCATION 's3://your-bucket/nothing/'");
    expect(await sql("SELECT DISTINCT _metadata.file_path, _metadata FROM nothing")).toEqual([]);
  });

  test("stands behind a column of the table that has its name", async () => {
    await sql("CREATE TABLE owned (_metadata STRING)");
    await sql("INSERT INTO owned VALUES ('mine')");
    expect(await sql("SELECT *, _metadata FROM owned")).toEqual([["mine", "mine"]]);
    expect(await sql("SELECT DISTINCT _metadata FROM owned, lists")).toEqual([["mine"]]);
  });

  test("is there for Delta tables, masked ones too", async () => {
    await sql("CREATE TABLE kept AS SELECT 1 AS id");
    const file = await fileOf("kept");
    expect(await sql("SELECT _metadata.file_path, _metadata.file_size FROM kept")).toEqual([
      [`file://${file}`, `${statSync(file).size}`],
    ]);
    await sql("DELETE FROM kept");
    expect(await sql("SELECT _metadata.file_path FROM kept")).toEqual([]);
    await sql("CREATE TABLE secret AS SELECT 'x' AS name");
    await sql("CREATE FUNCTION hide(v STRING) RETURN '***'");
    await sql("ALTER TABLE secret ALTER COLUMN name SET MASK hide");
    expect(await sql("SELECT name, _metadata.file_block_start FROM secret")).toEqual([["***", "0"]]);
  });
});
