import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Json, type JsonObject, parseJson, parseSchema, typeText } from "@clone-xs/delta";
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
        !features.some((f) => /^rf:variant/.test(f)) && !path.endsWith("shallow_cloned_table"),
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

    test.for(tables.filter(({ name }) => !(name in REFUSED)))("$name", async ({ name, path, expected }) => {
      const { rows } = await run(`CREATE TABLE copy.t.${name} DEEP CLONE source.t.${name}`);
      const [[, sourceFiles, , copiedFiles] = []] = rows;
      expect(copiedFiles).toBe(sourceFiles);

      const shape = (catalog: string) => run(`DESCRIBE ${catalog}.t.${name}`).then((r) => r.rows);
      expect(await shape("copy")).toEqual(await shape("source"));
      const facts = checksum(join(CORPUS, path));
      if (facts !== undefined) {
        const columns = parseSchema(facts.schemaString).fields.map((f) => [f.name, typeText(f.type)]);
        expect(
          (await shape("copy")).slice(0, columns.length).map(([column, type]) => [column, type]),
        ).toEqual(columns);
      }

      const properties = await run(`SHOW TBLPROPERTIES copy.t.${name}`);
      expect(properties.rows).toEqual((await run(`SHOW TBLPROPERTIES source.t.${name}`)).rows);
      if (facts !== undefined) expect(Object.fromEntries(properties.rows)).toMatchObject(facts.configuration);

      const copy = await run(`SELECT * FROM copy.t.${name}`);
      const types = copy.columns.map((c) => parseType(c.typeText));
      const found = copy.rows.map((row) =>
        row.map((cell, i) => plain(types[i] as Type, cellJson(types[i] as Type, cell))),
      );
      const answers = answersOf(expected);
      if (answers !== undefined) {
        const wanted = answers.map((row) =>
          copy.columns.map((c, i) => plain(types[i] as Type, row[c.name] ?? null)),
        );
        expect(sorted(found).filter(isOfOurEra)).toEqual(sorted(wanted).filter(isOfOurEra));
      }
      const source = await run(`SELECT * FROM source.t.${name}`);
      expect(sorted(copy.rows)).toEqual(sorted(source.rows));
    });
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
        .map(([key, item]) => [String(plain(type.key, key)), plain(type.value, item)])
        .sort(),
    );
  if (type.kind === "struct")
    return Object.fromEntries(
      type.fields.map((f) => [f.name, plain(f.type, (value as JsonObject)[f.name] ?? null)]),
    );
  if (type.kind === "primitive" && type.name === "binary") return value;
  const text = String(value);
  if (type.kind === "decimal") return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (isFractional(type)) return /nan|inf/i.test(text) ? text.toLowerCase() : Math.fround(Number(text));
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
