import { cpSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { StatementResult } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareCatalogs } from "../src/diff/compare.ts";
import type { RunSummary } from "../src/summarize/summary.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

const CORPUS = [
  process.env["CLXS_CORPUS"],
  resolve(dirname(fileURLToPath(import.meta.url)), "../../../../shared/corpus"),
].find((folder) => folder !== undefined && existsSync(`${folder}/MANIFEST.tsv`));

interface CorpusTable {
  readonly name: string;
  readonly root: string;
  /** Rows of the newest version as an independent engine read them. */
  readonly answers: string;
}

/** Delta tables that a Databricks runtime wrote and that have answers; the manifest's features say who wrote what. */
function databricksTables(corpus: string): readonly CorpusTable[] {
  const [header = "", ...lines] = readFileSync(`${corpus}/MANIFEST.tsv`, "utf8").trimEnd().split("\n");
  const names = header.split("\t");
  return lines
    .map((line) => line.split("\t"))
    .map((cells) => (column: string) => cells[names.indexOf(column)] ?? "")
    .filter((cell) => cell("format") === "delta" && cell("features").includes("eng:Databricks-Runtime"))
    .map((cell) => ({
      name: cell("table_path")
        .replace(/^delta\//u, "")
        .replace(/\/table$/u, "")
        .replaceAll(/[/.]/gu, "_")
        .toLowerCase(),
      root: `${corpus}/${cell("table_path")}`,
      answers: `${corpus}/${cell("expected_path")}/engine2/latest.ndjson`,
    }))
    .filter(({ answers }) => existsSync(answers));
}

const tables = CORPUS === undefined ? [] : databricksTables(CORPUS);

describe.skipIf(CORPUS === undefined)("a catalog of external tables that Databricks wrote", () => {
  let directory = "";
  let test: TestWorkspace;
  let summary: RunSummary;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "clxs-corpus-"));
    test = await openTestWorkspace({ allowPaths: [directory] });
    await test.sql("CREATE CATALOG wild", "CREATE SCHEMA wild.s");
    for (const { name, root } of tables) {
      cpSync(root, join(directory, name), { recursive: true });
      await test.sql(`CREATE TABLE wild.s.\`${name}\` USING DELTA LOCATION '${join(directory, name)}'`);
    }
    ({ summary } = await run(test.workspace, { source_catalog: "wild", destination_catalog: "tame" }));
  });
  afterAll(async () => {
    await test?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const failed = () => new Set(summary.errors.map(({ object }) => object.replace(/^tame\.s\./u, "")));

  it("is cloned but for tables whose writer features are refused by name", () => {
    expect(new Set(summary.errors.map(({ code }) => code))).toEqual(
      new Set(["DELTA_UNSUPPORTED_FEATURES_FOR_WRITE"]),
    );
    expect(summary.tables.success).toBeGreaterThanOrEqual(30);
    expect(summary.tables.success + summary.tables.failed).toBe(tables.length);
  });

  it.each(tables)("holds the rows of $name", async ({ name, answers }) => {
    if (failed().has(name)) return;
    const copied = await test.workspace.statements.execute({
      text: `SELECT * FROM tame.s.\`${name}\``,
      kind: "select",
      effect: "read",
    });
    const expected = readFileSync(answers, "utf8").split("\n").filter(Boolean);
    expect(rowsOf(copied)).toEqual(expected.map((line) => JSON.stringify(plain(JSON.parse(line)))).sort());
  });

  it("has the schemas, comments and properties of its source", async () => {
    const ports = { source: test.workspace, target: test.workspace };
    const { differences } = await compareCatalogs(
      { sourceCatalog: "wild", destinationCatalog: "tame" },
      ports,
    );
    const missing = differences.filter(
      ({ object, what }) => what === "table" && failed().has(object.slice(2)),
    );
    expect(missing).toHaveLength(failed().size);
    expect(differences.filter((difference) => !missing.includes(difference))).toEqual([]);
  });
});

function rowsOf({ columns, rows }: StatementResult): readonly string[] {
  const values = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, typeText }, i) => [name, plain(valueOf(row[i] ?? null, typeText))]),
    ),
  );
  return values.map((row) => JSON.stringify(row)).sort();
}

/** A cell as the answers write it: complex values as objects, bytes as the text they are. */
function valueOf(cell: string | null, typeText: string): unknown {
  if (cell === null) return null;
  if (typeText === "BINARY") return Buffer.from(cell, "base64").toString("utf8");
  return /^(?:STRUCT|ARRAY|MAP)</u.test(typeText) ? JSON.parse(cell) : cell;
}

/** Values by what they mean: `1.50` and 1.5, true and `true`, and two spellings of a moment are the same. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  }
  if (typeof value === "string") return plainText(value);
  return typeof value === "number" || typeof value === "boolean" ? plainText(`${value}`) : value;
}

function plainText(text: string): string {
  // The engine of the answers knows no year before 0 and writes year 0 instead.
  if (/^(?:-|0000-|.*\(BC\)).*\d\d:\d\d:\d\d/u.test(text)) return "before the year 1";
  const moment = /^(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?Z?$/u.exec(text);
  if (moment) return `${moment[1]} ${moment[2]} ${(moment[3] ?? "").replace(/0+$/u, "")}`;
  if (/^-?\d+(?:\.\d+)?[eE][+-]?\d+$/u.test(text)) return String(Number(text));
  return /^-?\d+\.\d+$/u.test(text) ? text.replace(/\.?0+$/u, "") : text;
}
