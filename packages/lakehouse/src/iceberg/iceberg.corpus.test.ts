import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const CORPUS = resolve(
  process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus"),
  "iceberg",
);

/** Tables that are read, with their number of rows as other engines count them. */
const READ: Readonly<Record<string, number>> = {
  "duckdb-iceberg/custom_write_paths": 0,
  "duckdb-iceberg/expression_filter": 3,
  "duckdb-iceberg/iceberg_v1_deprecated": 3,
  "duckdb-iceberg/is_null_is_not_null": 8,
  "duckdb-iceberg/null_stats": 9,
  "duckdb-iceberg/partition_bigint": 2,
  "duckdb-iceberg/partition_decimal_hugeint": 15,
  "duckdb-iceberg/partition_decimal_integer": 3,
  "duckdb-iceberg/partition_decimal_smallint": 2,
  "duckdb-iceberg/partition_double": 2,
  "duckdb-iceberg/partition_integer": 2,
  "duckdb-iceberg/partition_timestamptz": 2,
  "icebird/spark-rename_column": 4,
  "trino-iceberg/materialized_view_expired_snapshots-materialized_view": 1,
  "trino-iceberg/timetravel": 3,
};

/** Tables that are refused, by the name of what they have. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "duckdb-iceberg/add_columns_with_defaults": /the type time/,
  "duckdb-iceberg/case_sensitive_names": /column names that differ in case only/,
  "duckdb-iceberg/column_mapping": /a name mapping/,
  "duckdb-iceberg/equality_delete_cross_partition": /a metadata file without a number/,
  "duckdb-iceberg/equality_delete_extra_column": /a metadata file without a number/,
  "duckdb-iceberg/equality_deletes-warehouse-mydb-mytable_partitioned": /rows deleted by delete files/,
  "duckdb-iceberg/generated_bounds": /files outside the table's location/,
  "duckdb-iceberg/iceberg-lineitem_iceberg": /files outside the table's location/,
  "duckdb-iceberg/iceberg_v1_repro": /format version 3/,
  "duckdb-iceberg/partition_binary": /a partition by a binary column/,
  "duckdb-iceberg/partition_fixed_length_binary": /a partition by a binary column/,
  "duckdb-iceberg/partition_time": /the type time/,
  "duckdb-iceberg/timestamptz_ns": /format version 3/,
  "icebird/java-bunnies": /rows deleted by delete files/,
  "icebird/spark-bunnies": /rows deleted by delete files/,
  "trino-iceberg/conflict_truncate": /partitions that have evolved/,
  "trino-iceberg/invalid_compression_codec-orc_gzip": /data files of the format ORC/,
  "trino-iceberg/materialized_view_expired_snapshots-source_table": /Error while reading file/,
};

describe.skipIf(!existsSync(CORPUS))("Iceberg tables that other engines wrote", () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-iceberg-"));
  let lakehouse: Lakehouse;

  async function sql(text: string) {
    const { rows } = await lakehouse
      .connect()
      .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
    return rows;
  }

  const register = (name: string, path: string) =>
    sql(`CREATE TABLE ${name} USING ICEBERG LOCATION '${join(directory, path, "table")}'`);

  beforeAll(async () => {
    cpSync(CORPUS, directory, { recursive: true });
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
      chmodSync(join(entry.parentPath, entry.name), 0o700);
    lakehouse = await openTestLakehouse({ allowPaths: [directory] });
    await sql("CREATE CATALOG d");
    await sql("CREATE SCHEMA s");
  });
  afterAll(async () => {
    await lakehouse.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("are all known here", () => {
    const found = readdirSync(CORPUS).flatMap((origin) =>
      readdirSync(join(CORPUS, origin)).map((name) => `${origin}/${name}`),
    );
    expect(found.sort()).toEqual([...Object.keys(READ), ...Object.keys(REFUSED)].sort());
  });

  test.each(Object.entries(READ))("%s is read, and cloned into the same rows", async (path, rows) => {
    const name = path.replaceAll(/\W/g, "_");
    await register(name, path);
    const found = await sql(`SELECT * FROM ${name}`);
    expect(found).toHaveLength(rows);
    await sql(`CREATE TABLE ${name}_copy DEEP CLONE iceberg.\`${join(directory, path, "table")}\``);
    await sql(`CREATE OR REPLACE TABLE ${name}_copy DEEP CLONE ${name}`);
    const sorted = async (table: string) => (await sql(`SELECT * FROM ${table}`)).map(String).sort();
    expect(await sorted(`${name}_copy`)).toEqual(found.map(String).sort());
    expect(await sql(`SELECT format FROM (DESCRIBE DETAIL ${name}_copy)`)).toEqual([["delta"]]);
  });

  test.each(Object.entries(REFUSED))("%s is refused by name", async (path, reason) => {
    await expect(register("refused", path)).rejects.toThrow(reason);
  });

  test("values of a partition come from the manifests where the files have none", async () => {
    const path = "duckdb-iceberg/partition_bigint";
    const assertions = readFileSync(join(CORPUS, path, "expected/upstream-assertions.json"), "utf8");
    const [{ result }] = JSON.parse(assertions) as [{ result: readonly string[] }];
    await register("valued", path);
    const rows = await sql("SELECT * FROM valued");
    expect(rows.map((row) => row.join("\t")).sort()).toEqual([...result].sort());
  });

  test("are described by what they say of themselves, have file metadata, and are not written", async () => {
    await register("described", "icebird/spark-rename_column");
    expect(await sql("SHOW COLUMNS IN described")).toEqual([
      ["id"],
      ["name"],
      ["event_date"],
      ["price"],
      ["active"],
    ]);
    expect(
      await sql("SELECT data_source_format FROM information_schema.tables WHERE table_name = 'described'"),
    ).toEqual([["ICEBERG"]]);
    expect(await sql("SELECT numFiles, format FROM (DESCRIBE DETAIL described)")).toEqual([["3", "iceberg"]]);
    const [[files, bytes] = []] = await sql(
      "SELECT count(DISTINCT _metadata.file_path), sum(_metadata.file_size) > 0 FROM described",
    );
    expect([files, bytes]).toEqual(["3", "true"]);
    await expect(sql("INSERT INTO described SELECT * FROM described")).rejects.toThrow(
      /does not support|only/,
    );
    await expect(
      sql(`SELECT * FROM iceberg.\`${join(directory, "icebird/spark-rename_column/table")}\``),
    ).rejects.toThrow(/by path/);
  });

  test("a directory without one is no Iceberg table", async () => {
    await expect(register("nothing", "icebird")).rejects.toThrow(/^\[DELTA_MISSING_ICEBERG_METADATA\]/);
  });
});
