import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  asText,
  differenceFrom,
  engineAnswer,
  firstDifference,
  type Found,
  loose,
} from "../../test/answers.ts";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const CORPUS = resolve(
  process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus"),
);
const entriesOf = (folder: string) =>
  existsSync(join(CORPUS, folder)) ? readdirSync(join(CORPUS, folder)) : [];
const TABLES = entriesOf("parquet-table");
const FILES = entriesOf("parquet-file");

/** What a footer says of itself that decides whether Spark can have the file, or the engine can unpack it. */
interface Footer {
  readonly types: readonly string[];
  readonly chunks: readonly (readonly [compression: string, encodings: string, type: string])[];
}

/** Why a file may be refused, and what the refusal has to name. Source: Spark's parquet schema conversion; what DuckDB unpacks. */
function refusable({ types, chunks }: Footer): RegExp | undefined {
  const foreign = types.find((type) => /^(VARIANT|GEOMETRY|GEOGRAPHY)/.test(type));
  if (foreign !== undefined) return new RegExp(`UNSUPPORTED_DATATYPE.*${foreign.slice(0, 7)}`);
  if (types.some((type) => type.includes("NanoSeconds"))) return /PARQUET_TYPE_ILLEGAL.*NANOS/;
  if (chunks.some(([compression]) => compression === "LZ4")) return /the compression LZ4/;
  const isSplit = ([, encodings, type]: Footer["chunks"][number]) =>
    encodings.includes("BYTE_STREAM_SPLIT") && !/^(FLOAT|DOUBLE)$/.test(type);
  return chunks.some(isSplit) ? /the encoding BYTE_STREAM_SPLIT/ : undefined;
}

async function footerOf(path: string): Promise<Footer> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql, [path])).getRows();
  const types = await rows(
    "SELECT coalesce(CAST(logical_type AS VARCHAR), '') || ' ' || coalesce(duckdb_type, '') FROM parquet_schema($1) UNION ALL SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet($1))",
  );
  const chunks = await rows("SELECT DISTINCT compression, encodings, type FROM parquet_metadata($1)");
  connection.closeSync();
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    types: types.map(([type]) => text(type)),
    chunks: chunks.map(([a, b, c]) => [text(a), text(b), text(c)]),
  };
}

describe.skipIf(TABLES.length + FILES.length === 0)("Parquet that other engines wrote", () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-parquet-"));
  const outcomes = new Map<string, string>();
  const reasons = new Map<string, RegExp | undefined>();
  let lakehouse: Lakehouse;

  const run = (text: string) =>
    lakehouse
      .connect()
      .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
  const read = async (path: string): Promise<Found> => {
    const { columns, rows } = await run(`SELECT * FROM parquet.\`${path}\``);
    return { columns: columns.map(({ name, typeText }) => ({ name, typeText })), rows };
  };

  beforeAll(async () => {
    for (const folder of ["parquet-table", "parquet-file"])
      cpSync(join(CORPUS, folder), join(directory, folder), { recursive: true });
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
      chmodSync(join(entry.parentPath, entry.name), 0o700);
    lakehouse = await openTestLakehouse({ allowPaths: [directory] });
    await run("CREATE CATALOG d");
    await run("CREATE SCHEMA s");
  });
  afterAll(async () => {
    await lakehouse.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(TABLES)("the table %s is answered as other engines answer it", async (name) => {
    const root = join(directory, "parquet-table", name);
    const found = await read(join(root, "table"));
    // A directory says nothing of its values' types: here they are taken for what they look like, there they were declared.
    const paths = readdirSync(join(root, "table"), { recursive: true }).map(String);
    const untyped = new Set(
      paths.flatMap((path) => [...path.matchAll(/(?:^|\/)([^/=]+)=/g)].map(([, key = ""]) => key)),
    );
    const engine = engineAnswer(join(root, "expected"));
    const difference = engine && differenceFrom(engine, found, { untyped });
    if (difference !== undefined) outcomes.set(name, `wrong: ${difference}`);
    else outcomes.set(name, "answered");
    expect(difference).toBeUndefined();
    if (!existsSync(join(root, "expected/upstream"))) return;
    const upstream = await read(join(root, "expected/upstream"));
    // A moment in a directory's name has no zone: its writer's was not ours.
    const compared = found.columns.filter(
      ({ name, typeText }) => !(untyped.has(name) && typeText === "TIMESTAMP"),
    );
    const asObjects = upstream.rows.map((row) =>
      Object.fromEntries(upstream.columns.map((column, i) => [column.name, loose(column.typeText, row[i])])),
    );
    const ours = found.rows.map((row) =>
      compared.map((column) => loose(column.typeText, row[found.columns.indexOf(column)])),
    );
    const theirs = asObjects.map((row) => compared.map((column) => row[column.name]));
    expect(firstDifference(theirs, ours)).toBeUndefined();
  });

  test.each(FILES)("the file %s is answered as its origin does, or refused by what it has", async (name) => {
    const folder = join(directory, "parquet-file", name);
    const path = join(folder, readdirSync(folder).find((file) => file.endsWith(".parquet")) ?? "");
    const reason = refusable(await footerOf(path));
    reasons.set(name, reason);
    const found = await read(path).catch(String);
    if (typeof found === "string") {
      outcomes.set(name, "refused");
      expect(found).toMatch(reason ?? /nothing that may be refused/);
      return;
    }
    const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as readonly unknown[][];
    const theirs = expected.map((row) => found.columns.map(({ typeText }, i) => loose(typeText, row[i])));
    const ours = found.rows.map((row) =>
      row.map((cell, i) => loose(found.columns[i]?.typeText ?? "", asText(found, i, cell))),
    );
    const difference = firstDifference(theirs, ours);
    outcomes.set(name, difference === undefined ? "answered" : `wrong: ${difference}`);
    expect(difference).toBeUndefined();
  });

  test("is answered, nearly all that can be", () => {
    const count = (word: string) =>
      [...outcomes.values()].filter((outcome) => outcome.startsWith(word)).length;
    const refused = [...outcomes].filter(([, outcome]) => outcome === "refused");
    console.info(
      [
        `Parquet: ${count("answered")} of ${outcomes.size} tables and files answered, ${refused.length} refused, ${count("wrong")} wrong`,
        ...refused.map(([name]) => `  refused ${name}: ${reasons.get(name)?.source}`),
      ].join("\n"),
    );
    const readable = outcomes.size - [...reasons.values()].filter((reason) => reason !== undefined).length;
    expect(count("wrong")).toBe(0);
    expect(count("answered")).toBeGreaterThanOrEqual(readable * 0.98);
  });
});
