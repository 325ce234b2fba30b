import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WrittenFile, writeIceberg } from "../../test/iceberg-writer.ts";
import { actionsIn, dataFilesIn, externalTables, textsIn } from "../testing/external-tables.ts";

const { open, close, sql, failed, at } = externalTables();
beforeAll(open);
afterAll(close);

const ID = { id: 1, name: "id", type: "long", required: false };
const NAME = { id: 2, name: "name", type: "string", required: false };
const FIELDS = [ID, NAME];
const IDS = { id: 1, name: 2 };
const iceberg = (name: string) => `iceberg.\`${at(name)}\``;

function file(
  name: string,
  rows: readonly (readonly [id: number, name: string])[],
  more: Partial<WrittenFile> = {},
): WrittenFile {
  const values = rows.map(([id, text]) => `(${id}::BIGINT, '${text}')`).join(", ");
  return {
    path: `data/${name}.parquet`,
    query: `SELECT * FROM (VALUES ${values}) AS t(id, name)`,
    ids: IDS,
    rows: rows.length,
    ...more,
  };
}

const rowsOf = (table: string) => sql(`SELECT * FROM ${table} ORDER BY 1`);

describe("a parquet directory", () => {
  test("clone checklist 43: is cloned by path when it has no partitions, and as a table with them", async () => {
    await sql(`CREATE TABLE origin LOCATION '${at("origin")}' AS SELECT id, id % 2 AS part FROM range(4)`);
    mkdirSync(at("flat"));
    const [found = ""] = dataFilesIn(at("origin")).keys();
    cpSync(join(at("origin"), found), join(at("flat"), "a.parquet"));
    const [[size, files, , copied] = []] = await sql(
      `CREATE TABLE by_path DEEP CLONE parquet.\`${at("flat")}\``,
    );
    expect([files, copied]).toEqual(["1", "1"]);
    expect(Number(size)).toBeGreaterThan(0);
    expect(await rowsOf("by_path")).toEqual(await rowsOf("origin"));

    for (const part of [0, 1]) {
      mkdirSync(join(at("parted"), `part=${part}`), { recursive: true });
      await sql(
        `CREATE TABLE piece${part} LOCATION '${at(`piece${part}`)}' AS SELECT id FROM origin WHERE part = ${part}`,
      );
      const [piece = ""] = dataFilesIn(at(`piece${part}`)).keys();
      cpSync(join(at(`piece${part}`), piece), join(at("parted"), `part=${part}`, "a.parquet"));
    }
    expect(await failed(`CREATE TABLE no DEEP CLONE parquet.\`${at("parted")}\``)).toMatch(
      /^\[DELTA_UNEXPECTED_NUM_PARTITION_COLUMNS_FROM_FILE_NAME\] Expecting 0 partition column\(s\): \[\], but found 1 partition column\(s\): \[`part`\]/,
    );
    await sql(`CREATE TABLE listed (id BIGINT, part BIGINT) USING PARQUET LOCATION '${at("parted")}'`);
    const [metrics = []] = await sql("CREATE TABLE by_name DEEP CLONE listed");
    expect([metrics[1], metrics[3], metrics[5]]).toEqual(["2", "2", metrics[0]]);
    expect(await rowsOf("by_name")).toEqual(await rowsOf("origin"));
    expect(await sql("SELECT partitionColumns FROM (DESCRIBE DETAIL by_name)")).toEqual([['["part"]']]);
  });
});

describe("an Iceberg table", () => {
  test("clone checklist 44: is cloned again after appends, renames and deletes, its names in the files as before", async () => {
    const root = at("again");
    const first = file("one", [
      [1, "a"],
      [2, "b"],
    ]);
    await writeIceberg(root, { version: 1, fields: FIELDS, files: [first] });
    await sql(`CREATE TABLE again_copy DEEP CLONE ${iceberg("again")} LOCATION '${at("again_copy")}'`);
    const renamed = [ID, { ...NAME, name: "title" }];
    await writeIceberg(root, { version: 2, fields: renamed, files: [first, file("two", [[3, "c"]])] });
    const [[, , removed, copied] = []] = await sql(
      `CREATE OR REPLACE TABLE again_copy DEEP CLONE ${iceberg("again")} LOCATION '${at("again_copy")}'`,
    );
    expect([removed, copied]).toEqual(["0", "1"]);
    expect(await rowsOf("again_copy")).toEqual([
      ["1", "a"],
      ["2", "b"],
      ["3", "c"],
    ]);
    const [schema = ""] = textsIn(at("again_copy"), 1, "metaData", "schemaString");
    const { fields } = JSON.parse(schema) as {
      fields: { name: string; metadata: Record<string, unknown> }[];
    };
    expect(
      fields.map(({ name, metadata }) => [
        name,
        metadata["delta.columnMapping.physicalName"],
        metadata["delta.columnMapping.id"],
      ]),
    ).toEqual([
      ["id", "id", 1],
      ["title", "name", 2],
    ]);
    await writeIceberg(root, {
      version: 3,
      fields: renamed,
      files: [
        file("three", [
          [2, "b"],
          [3, "c"],
        ]),
      ],
    });
    await sql(
      `CREATE OR REPLACE TABLE again_copy DEEP CLONE ${iceberg("again")} LOCATION '${at("again_copy")}'`,
    );
    expect(await rowsOf("again_copy")).toEqual([
      ["2", "b"],
      ["3", "c"],
    ]);
  });

  test("clone checklist 44: may be partitioned by a truncated field inside a struct", async () => {
    const inner = { id: 4, name: "name", type: "string", required: false };
    await writeIceberg(at("nested"), {
      version: 1,
      fields: [ID, { id: 3, name: "person", type: { type: "struct", fields: [inner] }, required: false }],
      specs: [
        {
          fields: [{ name: "initial", transform: "truncate[1]", "source-id": 4, "field-id": 1000 }],
          types: { initial: "string" },
        },
      ],
      files: [
        {
          path: "data/x.parquet",
          query: "SELECT 1::BIGINT AS id, {name: 'Ada'} AS person",
          ids: { id: 1, person: { __duckdb_field_id: 3, name: 4 } },
          rows: 1,
          partition: { initial: "A" },
        },
      ],
    });
    await sql(`CREATE TABLE nested_copy DEEP CLONE ${iceberg("nested")}`);
    expect(await sql("SELECT person.name, initial FROM nested_copy")).toEqual([["Ada", "A"]]);
    expect(await sql("SELECT partitionColumns FROM (DESCRIBE DETAIL nested_copy)")).toEqual([
      ['["initial"]'],
    ]);
  });

  test.each([
    ["identity", "void", false],
    ["bucket[4]", "void", true],
    ["identity", "bucket[4]", false],
  ])(
    "clone checklist 45: whose partitioning went from %s to %s is cloned: %s",
    async (before, after, isCloned) => {
      const name = `evolved_${before}_${after}`.replaceAll(/\W/g, "_");
      const spec = (transform: string) => ({
        fields: [{ name: "p", transform, "source-id": 1, "field-id": 1000 }],
        types: { p: "long" } as const,
      });
      await writeIceberg(at(name), {
        version: 1,
        fields: FIELDS,
        specs: [spec(before), spec(after)],
        files: [
          file("old", [[1, "a"]], { partition: { p: 1 }, specId: 0 }),
          file("new", [[2, "b"]], { partition: { p: 2 }, specId: 1 }),
        ],
      });
      await sql(`CREATE TABLE ${name} USING ICEBERG LOCATION '${at(name)}'`);
      expect(await rowsOf(name)).toEqual([
        ["1", "a"],
        ["2", "b"],
      ]);
      if (!isCloned) {
        expect(await failed(`CREATE TABLE ${name}_copy DEEP CLONE ${name}`)).toMatch(
          /partitions that have evolved/,
        );
        return;
      }
      await sql(`CREATE TABLE ${name}_copy DEEP CLONE ${name}`);
      expect(await rowsOf(`${name}_copy`)).toEqual([
        ["1", "a"],
        ["2", "b"],
      ]);
    },
  );

  test("clone checklist 46: has column mapping, statistics of its bounds, its snapshot's time and how long it keeps its past", async () => {
    const eight = (value: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return bytes;
    };
    const more = {
      null_value_counts: [
        { key: 1, value: 0 },
        { key: 2, value: 0 },
      ],
      lower_bounds: [
        { key: 1, value: eight(5n) },
        { key: 2, value: Buffer.from("a") },
      ],
      upper_bounds: [
        { key: 1, value: eight(9n) },
        { key: 2, value: Buffer.from("b") },
      ],
    };
    await writeIceberg(at("known"), {
      version: 1,
      timestamp: 1_700_000_000_000,
      formatVersion: 3,
      fields: FIELDS,
      properties: { "history.expire.max-snapshot-age-ms": "86400000" },
      specs: [
        {
          fields: [{ name: "b", transform: "bucket[4]", "source-id": 1, "field-id": 1000 }],
          types: { b: "int" },
        },
      ],
      files: [
        file(
          "one",
          [
            [5, "a"],
            [9, "b"],
          ],
          { more, partition: { b: 3 } },
        ),
      ],
    });
    await sql(`CREATE TABLE known_copy DEEP CLONE ${iceberg("known")} LOCATION '${at("known_copy")}'`);
    const [protocol] = actionsIn(at("known_copy"), 0, "protocol");
    expect(protocol?.["readerFeatures"]).toEqual(["columnMapping"]);
    const [metaData] = actionsIn(at("known_copy"), 0, "metaData");
    expect(metaData).toMatchObject({
      partitionColumns: [],
      configuration: {
        "delta.columnMapping.mode": "id",
        "delta.logRetentionDuration": "interval 86400000 milliseconds",
        bucketPartitionToNonPartition: "true",
      },
    });
    const [add] = actionsIn(at("known_copy"), 0, "add");
    expect(add?.["modificationTime"]).toBe(1_700_000_000_000);
    const [stats = ""] = textsIn(at("known_copy"), 0, "add", "stats");
    expect(JSON.parse(stats)).toEqual({
      numRecords: 2,
      minValues: { id: 5, name: "a" },
      maxValues: { id: 9, name: "b" },
      nullCount: { id: 0, name: 0 },
    });
  });

  test("clone checklist 46: gives TIME as a number only when asked, and leaves files elsewhere alone", async () => {
    const fields = [ID, { id: 2, name: "clock", type: "time", required: false }];
    const query = "SELECT 1::BIGINT AS id, TIME '00:00:01' AS clock";
    await writeIceberg(at("clock"), {
      version: 1,
      fields,
      files: [{ path: "data/x.parquet", query, ids: { id: 1, clock: 2 }, rows: 1 }],
    });
    expect(await failed(`CREATE TABLE clock_no DEEP CLONE ${iceberg("clock")}`)).toMatch(/the type time/);
    await sql(
      `CREATE TABLE clock_copy DEEP CLONE ${iceberg("clock")} TBLPROPERTIES ('delta.castIcebergTimeType' = 'true')`,
    );
    expect((await sql("DESCRIBE clock_copy"))[1]).toEqual(["clock", "bigint", null]);
    writeFileSync(at("outside.parquet"), "");
    await writeIceberg(at("leaving"), {
      version: 1,
      fields: FIELDS,
      files: [file("../../outside", [[1, "a"]])],
    });
    expect(await failed(`CREATE TABLE leaving_copy DEEP CLONE ${iceberg("leaving")}`)).toMatch(
      /files outside the table's location/,
    );
    expect(readdirSync(at("leaving"))).toEqual(["data", "metadata"]);
  });
});
