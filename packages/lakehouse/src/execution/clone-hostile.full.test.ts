import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

/** A log that somebody else wrote names files that the workspace may not read, of sizes that he knows. */
const SECRET = "of somebody else";
const root = realpathSync(mkdtempSync(join(tmpdir(), "clxs-hostile-")));
const [allowed, outside] = [join(root, "allowed"), join(root, "outside")];
let lakehouse: Lakehouse;
const { sql, failed } = sqlSession(() => lakehouse, { catalog: "c", schema: "s" });
let serial = 0;

const COMMIT = "_delta_log/00000000000000000000.json";
const SCHEMA = JSON.stringify({
  type: "struct",
  fields: [{ name: "id", type: "long", nullable: true, metadata: {} }],
});

/** A table whose one add is `add`, and the root it lies in. */
function hostile(add: Readonly<Record<string, unknown>>): string {
  const table = join(allowed, `t${++serial}`);
  mkdirSync(join(table, "_delta_log"), { recursive: true });
  const features = ["deletionVectors"];
  const lines = [
    {
      protocol: {
        minReaderVersion: 3,
        minWriterVersion: 7,
        readerFeatures: features,
        writerFeatures: features,
      },
    },
    {
      metaData: {
        id: "i",
        format: { provider: "parquet", options: {} },
        schemaString: SCHEMA,
        partitionColumns: [],
        configuration: {},
      },
    },
    {
      add: {
        path: "a.parquet",
        partitionValues: {},
        size: SECRET.length,
        modificationTime: 1,
        dataChange: true,
        stats: '{"numRecords":1}',
        ...add,
      },
    },
  ];
  writeFileSync(join(table, COMMIT), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return table;
}

function vector(pathOrInlineDv: string) {
  return { deletionVector: { storageType: "p", pathOrInlineDv, offset: 1, sizeInBytes: 4, cardinality: 1 } };
}

beforeAll(async () => {
  for (const directory of [allowed, outside]) mkdirSync(directory);
  writeFileSync(join(outside, "secret"), SECRET);
  lakehouse = await openTestLakehouse({ allowPaths: [allowed] });
  await sql("CREATE CATALOG c");
  await sql("CREATE SCHEMA s");
});
afterAll(async () => {
  await lakehouse.close();
  rmSync(root, { recursive: true });
});

describe("a deep clone of a table that names", () => {
  test.each([
    ["a file elsewhere by its path", () => hostile({ path: `${outside}/secret` })],
    ["a file elsewhere by its URI", () => hostile({ path: `file://${outside}/secret` })],
    ["a file elsewhere by an encoded URI", () => hostile({ path: `file:${outside}/s%65cret` })],
    ["a file beside the allowed directory", () => hostile({ path: "../../outside/secret" })],
    ["a file behind encoded points", () => hostile({ path: "%2e%2e/%2e%2e/outside/secret" })],
    [
      "a vector elsewhere",
      () => {
        const table = hostile(vector(`${outside}/secret`));
        writeFileSync(join(table, "a.parquet"), SECRET);
        return table;
      },
    ],
    [
      "a link that leads out",
      () => {
        const table = hostile({});
        symlinkSync(join(outside, "secret"), join(table, "a.parquet"));
        return table;
      },
    ],
    [
      "a directory that is a link out",
      () => {
        const table = hostile({ path: "away/secret" });
        symlinkSync(outside, join(table, "away"));
        return table;
      },
    ],
  ])("%s is refused, naming it, and copies nothing", async (_, make) => {
    const table = make();
    const target = join(allowed, `copy${serial}`);
    expect(
      await failed(`CREATE TABLE copy${serial} DEEP CLONE delta.\`${table}\` LOCATION '${target}'`),
    ).toMatch(
      /^\[DELTA_UNSUPPORTED_PATH\] \/.*(?:secret|a\.parquet) lies outside the directories that this workspace may read/,
    );
    expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
    expect(await failed(`SELECT * FROM copy${serial}`)).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
  });

  test("a pipe is refused instead of waited for", async () => {
    const table = hostile({ size: 0 });
    execFileSync("mkfifo", [join(table, "a.parquet")]);
    expect(await failed(`CREATE TABLE piped DEEP CLONE delta.\`${table}\``)).toContain(
      "a.parquet is no regular file",
    );
  });

  test("a file that is gone says which", async () => {
    const table = hostile({});
    expect(await failed(`CREATE TABLE gone DEEP CLONE delta.\`${table}\``)).toMatch(
      /^\[DELTA_FILE_NOT_FOUND\] .*a\.parquet does not exist/,
    );
  });
});

test("a log behind a link that leads out is no log", async () => {
  const table = join(allowed, "linked");
  mkdirSync(table);
  symlinkSync(join(hostile({}), "_delta_log"), join(table, "_delta_log"));
  const away = join(allowed, "linked-away");
  mkdirSync(away);
  mkdirSync(join(outside, "_delta_log"));
  symlinkSync(join(outside, "_delta_log"), join(away, "_delta_log"));
  expect(await failed(`CREATE TABLE l DEEP CLONE delta.\`${away}\``)).toMatch(/^\[DELTA_UNSUPPORTED_PATH\]/);
  expect(await failed(`CREATE TABLE l DEEP CLONE delta.\`${table}\``)).toMatch(/^\[DELTA_FILE_NOT_FOUND\]/);
});

test("shallow clones of tables in allowed directories are read and cloned on", async () => {
  await sql(`CREATE TABLE base AS SELECT id FROM range(3)`);
  await sql("CREATE TABLE thin SHALLOW CLONE base");
  await sql("CREATE TABLE thick DEEP CLONE thin");
  expect(await sql("SELECT sum(id) FROM thick")).toEqual([["3"]]);
});
