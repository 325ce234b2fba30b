import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSchema, typeText } from "@clone-xs/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  answerLines,
  comparableAnswers,
  comparableRows,
  CORPUS,
  corpusEntries,
  ENGINE2,
} from "../testing/answers.ts";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { parseType } from "./types/text.ts";

/** Tables that a Databricks runtime wrote, except those of a type or a bucket that nobody here can read. */
function databricksTables() {
  return corpusEntries("delta")
    .map((entry) => ({
      ...entry,
      name: entry.name
        .replace(/^delta\//, "")
        .replaceAll(/\W/g, "_")
        .toLowerCase(),
    }))
    .filter(({ features }) => features.some((f) => f.startsWith("eng:Databricks-Runtime")))
    .filter(
      ({ features, name }) =>
        !features.some((f) => f.startsWith("rf:variant")) && !name.endsWith("shallow_cloned_table"),
    );
}

const LATEST = "engine2/latest.ndjson";

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
      for (const { name, root } of tables) {
        cpSync(root, join(directory, name), { recursive: true });
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

    test.for(cloned.filter(({ root }) => checksum(root) !== undefined))(
      "$name: schema and properties as Databricks noted them",
      async ({ name, root }) => {
        const noted = checksum(root);
        const columns = parseSchema(noted?.schemaString ?? "").fields.map((f) => [f.name, typeText(f.type)]);
        const described = await rowsOf(`DESCRIBE copy.t.${name}`);
        expect(described.slice(0, columns.length).map(([column, type]) => [column, type])).toEqual(columns);
        const properties = await rowsOf(`SHOW TBLPROPERTIES copy.t.${name}`);
        expect(Object.fromEntries(properties)).toMatchObject(noted?.configuration ?? {});
      },
    );

    test.for(cloned.filter(({ expected }) => answerLines(expected, LATEST) !== undefined))(
      "$name: rows as another engine reads them",
      async ({ name, expected }) => {
        const { columns, rows } = await run(`SELECT * FROM copy.t.${name}`);
        const typed = columns.map((c) => ({ name: c.name, type: parseType(c.typeText) }));
        const wanted = comparableAnswers(typed, answerLines(expected, LATEST) ?? [], ENGINE2);
        expect(comparableRows(typed, rows, ENGINE2)).toEqual(wanted);
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

function sorted(rows: readonly (readonly (string | null)[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
