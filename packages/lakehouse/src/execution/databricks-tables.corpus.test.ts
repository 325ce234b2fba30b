import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Json, type JsonObject, parseJson, parseSchema, printJson, typeText } from "@clone-xs/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { parseType } from "./types/text.ts";
import { isFractional, type Type } from "./types/types.ts";

const CORPUS = process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus");

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly features: readonly string[];
  readonly expected: string;
}

/** Tables that a Databricks runtime wrote, except those of a type or a bucket that nobody here can read. */
function databricksTables(): readonly Entry[] {
  const [, ...lines] = readFileSync(join(CORPUS, "MANIFEST.tsv"), "utf8").trim().split("\n");
  return lines
    .map((line) => line.split("\t"))
    .map(([path = "", , , , , , features = "", , , , , expected = ""]) => ({
      path,
      features: features.split(","),
      expected: join(CORPUS, expected),
      name: path
        .replace(/^delta\/|\/table$/g, "")
        .replaceAll(/\W/g, "_")
        .toLowerCase(),
    }))
    .filter(({ features }) => features.some((f) => f.startsWith("eng:Databricks-Runtime")))
    .filter(
      ({ features, path }) =>
        !features.some((f) => f.startsWith("rf:variant")) && !path.endsWith("shallow_cloned_table"),
    );
}

/** Cloning writes, so a table with a writer feature that is not known here is refused by the feature's name. */
const REFUSED: Readonly<Record<string, string>> = {
  delta_rs_table_with_liquid_clustering: "liquid",
  golden_collations_table: "collations",
};

describe.skipIf(!existsSync(CORPUS))(
  "a catalog of tables that Databricks wrote, cloned deep by statements",
  () => {
    const tables = existsSync(CORPUS) ? databricksTables() : [];
    const directory = mkdtempSync(join(tmpdir(), "clxs-corpus-"));
    let lakehouse: Lakehouse;
    const run = (text: string) =>
      lakehouse.connect().statements.execute({ text, kind: "other", effect: "write" });

    beforeAll(async () => {
      lakehouse = await openTestLakehouse({ allowPaths: [directory] });
      for (const catalog of ["source", "copy"]) {
        await run(`CREATE CATALOG ${catalog}`);
        await run(`CREATE SCHEMA ${catalog}.t`);
      }
      for (const { name, path } of tables) {
        cpSync(join(CORPUS, path), join(directory, name), { recursive: true });
        await run(`CREATE TABLE source.t.${name} USING DELTA LOCATION '${join(directory, name)}'`);
      }
    });
    afterAll(async () => {
      await lakehouse.close();
      rmSync(directory, { recursive: true, force: true });
    });

    test("there are at least a dozen", () => {
      expect(tables.length).toBeGreaterThanOrEqual(12);
    });

    test.for(tables.filter(({ name }) => name in REFUSED))("$name is refused by name", async ({ name }) => {
      await expect(run(`CREATE TABLE copy.t.${name} DEEP CLONE source.t.${name}`)).rejects.toThrow(
        new RegExp(`DELTA_UNSUPPORTED_FEATURES_FOR_WRITE.*${REFUSED[name]}`),
      );
    });

    const cloned = tables.filter(({ name }) => !(name in REFUSED));
    const rowsOf = (text: string) => run(text).then(({ rows }) => rows);

    test.for(cloned)("$name: every file, row, column and property of the source", async ({ name }) => {
      const [[, sourceFiles, , copiedFiles] = []] = await rowsOf(
        `CREATE TABLE copy.t.${name} DEEP CLONE source.t.${name}`,
      );
      expect(copiedFiles).toBe(sourceFiles);
      for (const ask of ["DESCRIBE", "SHOW TBLPROPERTIES"])
        expect(await rowsOf(`${ask} copy.t.${name}`)).toEqual(await rowsOf(`${ask} source.t.${name}`));
      const everything = async (catalog: string) =>
        sorted(await rowsOf(`SELECT * FROM ${catalog}.t.${name}`));
      expect(await everything("copy")).toEqual(await everything("source"));
    });

    test.for(cloned.filter(({ path }) => checksum(join(CORPUS, path)) !== undefined))(
      "$name: schema and properties as Databricks noted them",
      async ({ name, path }) => {
        const noted = checksum(join(CORPUS, path));
        const columns = parseSchema(noted?.schemaString ?? "").fields.map((f) => [f.name, typeText(f.type)]);
        const described = await rowsOf(`DESCRIBE copy.t.${name}`);
        expect(described.slice(0, columns.length).map(([column, type]) => [column, type])).toEqual(columns);
        const properties = await rowsOf(`SHOW TBLPROPERTIES copy.t.${name}`);
        expect(Object.fromEntries(properties)).toMatchObject(noted?.configuration ?? {});
      },
    );

    test.for(cloned.filter(({ expected }) => answersOf(expected) !== undefined))(
      "$name: rows as another engine reads them",
      async ({ name, expected }) => {
        const { columns, rows } = await run(`SELECT * FROM copy.t.${name}`);
        const typed = columns.map((c) => ({ name: c.name, type: parseType(c.typeText) }));
        const found = rows.map((row) =>
          typed.map(({ type }, i) => plain(type, cellJson(type, row[i] ?? null))),
        );
        const wanted = (answersOf(expected) ?? []).map((row) =>
          typed.map(({ name, type }) => plain(type, row[name] ?? null)),
        );
        expect(sorted(found).filter(isOfOurEra)).toEqual(sorted(wanted).filter(isOfOurEra));
      },
    );
  },
);

/** Schema and configuration that the writer itself noted for the newest version, where it did. */
function checksum(
  root: string,
): { readonly schemaString: string; readonly configuration: Readonly<Record<string, string>> } | undefined {
  const log = join(root, "_delta_log");
  const names = readdirSync(log)
    .filter((name) => /^\d{20}\.(crc|json)$/.test(name))
    .sort();
  const newest = names
    .filter((name) => name.endsWith(".json"))
    .at(-1)
    ?.replace(".json", ".crc");
  if (newest === undefined || !names.includes(newest)) return undefined;
  const { metadata } = JSON.parse(readFileSync(join(log, newest), "utf8")) as {
    metadata: ReturnType<typeof checksum>;
  };
  return metadata;
}

function answersOf(expected: string): readonly JsonObject[] | undefined {
  const file = join(expected, "engine2/latest.ndjson");
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : existsSync(`${file}.gz`)
      ? gunzipSync(readFileSync(`${file}.gz`)).toString()
      : undefined;
  return text
    ?.split("\n")
    .filter((line) => line !== "")
    .map((line) => parseJson(line) as JsonObject);
}

function cellJson(type: Type, cell: string | null): Json {
  if (cell !== null && type.kind === "primitive" && type.name === "binary")
    return Buffer.from(cell, "base64").toString();
  return cell !== null && (type.kind === "array" || type.kind === "map" || type.kind === "struct")
    ? parseJson(cell)
    : cell;
}

/** A value by type and value, however it was printed: integers and decimals as text without zeros at the end, moments with six digits. */
function plain(type: Type, value: Json): Json {
  if (value === null) return null;
  if (type.kind === "array") return (value as readonly Json[]).map((item) => plain(type.element, item));
  if (type.kind === "map")
    return Object.fromEntries(
      Object.entries(value as JsonObject)
        .map(([key, item]) => [key, plain(type.value, item)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  if (type.kind === "struct")
    return Object.fromEntries(
      type.fields.map((f) => [f.name, plain(f.type, (value as JsonObject)[f.name] ?? null)]),
    );
  if (type.kind === "primitive" && type.name === "binary") return value;
  const text = typeof value === "object" ? printJson(value) : String(value);
  if (type.kind === "decimal") return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (type.kind === "primitive" && isFractional(type))
    return /nan|inf/i.test(text)
      ? text.toLowerCase()
      : type.name === "float"
        ? Math.fround(Number(text))
        : Number(text);
  if (type.name.startsWith("timestamp")) {
    const [moment = "", fraction = ""] = text.replace(" ", "T").replace(/Z$/, "").split(".");
    return `${moment}.${fraction.padEnd(6, "0")}`;
  }
  return text;
}

/** The other engine shows every moment before year 1 as year 0. */
function isOfOurEra(row: string): boolean {
  return !/"(?:-\d{4}|0000)-\d\d-\d\dT/.test(row);
}

function sorted(rows: readonly (readonly Json[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
