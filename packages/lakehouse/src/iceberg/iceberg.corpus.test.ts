import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonical, differenceFrom, engineAnswer, firstDifference, type Found } from "../../test/answers.ts";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const CORPUS = resolve(
  process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus"),
  "iceberg",
);
const TABLES = existsSync(CORPUS)
  ? readdirSync(CORPUS).flatMap((origin) =>
      readdirSync(join(CORPUS, origin)).map((name) => `${origin}/${name}`),
    )
  : [];

/** What of a metadata file decides whether a table can be read at all. */
interface Definition {
  readonly location: string;
  readonly "last-updated-ms": number;
  readonly "current-schema-id"?: number;
  readonly schemas?: readonly { readonly "schema-id": number; readonly fields: readonly Field[] }[];
  readonly schema?: { readonly fields: readonly Field[] };
  readonly "current-snapshot-id"?: number;
  readonly properties?: Readonly<Record<string, string>>;
  readonly "partition-specs"?: readonly { readonly fields: readonly PartitionField[] }[];
}

interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: unknown;
}

interface PartitionField {
  readonly transform: string;
  readonly "source-id": number;
}

function definitionOf(table: string): Definition {
  const folder = join(CORPUS, table, "table/metadata");
  const files = readdirSync(folder).filter((name) => name.endsWith(".metadata.json"));
  const read = files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Definition);
  const [newest] = read.toSorted((a, b) => b["last-updated-ms"] - a["last-updated-ms"]);
  if (newest === undefined) throw new Error(`no metadata in ${folder}`);
  return newest;
}

function fieldsOf({ schemas = [], schema, ...rest }: Definition): readonly Field[] {
  const current = schemas.find((s) => s["schema-id"] === rest["current-schema-id"]);
  return (current ?? schema)?.fields ?? [];
}

/** Types that neither Spark nor Delta has. */
const FOREIGN = /"(time|timestamp_ns|timestamptz_ns|variant|geometry[^"]*|geography[^"]*)"/;

/** Why a table may be refused, by what it says of itself and by what lies in its directory, and what the refusal has to name. */
function refusable(table: string): RegExp | undefined {
  const definition = definitionOf(table);
  const fields = fieldsOf(definition);
  const foreign = FOREIGN.exec(JSON.stringify(fields.map(({ type }) => type)))?.[1];
  if (foreign !== undefined) return new RegExp(`the type ${foreign}`);
  const names = fields.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) return /differ in case only/;
  const files = readdirSync(join(CORPUS, table, "table"), { recursive: true }).map(String);
  const hasSnapshot = (definition["current-snapshot-id"] ?? -1) !== -1;
  const format = definition.properties?.["write.format.default"] ?? "PARQUET";
  if (hasSnapshot && format !== "PARQUET") return new RegExp(`data files of the format ${format}`);
  const isMoved = hasSnapshot && !files.some((name) => name.endsWith(".parquet"));
  return isMoved ? /files outside the table's location|does not exist/ : undefined;
}

/** The other engine takes the values of identity partitions from files only, and invents those that are not in them. */
function identityColumns(table: string): ReadonlySet<string> {
  const definition = definitionOf(table);
  const sources = (definition["partition-specs"] ?? [])
    .flatMap(({ fields }) => fields)
    .filter(({ transform }) => transform === "identity")
    .map((field) => field["source-id"]);
  return new Set(
    fieldsOf(definition)
      .filter(({ id }) => sources.includes(id))
      .map(({ name }) => name),
  );
}

interface Assertion {
  readonly sql: string;
  readonly head: string;
  readonly tables: readonly string[];
  readonly result: readonly string[];
}

/** The assertions of the table's origin that are about its newest rows and no more than columns, a condition and an order. */
function assertionsOf(table: string, newest: string): readonly (Assertion & { readonly query: string })[] {
  const path = join(CORPUS, table, "expected/upstream-assertions.json");
  const all = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly Assertion[]) : [];
  return all.flatMap((assertion) => {
    const sql = assertion.sql.replaceAll(/\s+/g, " ").trim();
    const match =
      /^select ([\w ,*()]+) from iceberg_scan\('([^']+)'[^)]*\)( where .*?)?( order by [\w ,]+)?;?$/i.exec(
        sql,
      );
    const [, columns = "", file = "", where = ""] = match ?? [];
    const isOld = file.endsWith(".json") && !file.endsWith(newest);
    if (!assertion.head.startsWith("query") || match === null || isOld || where.includes("::")) return [];
    return [{ ...assertion, query: `SELECT ${columns} FROM t${where.replace(/^ where/i, " WHERE")}` }];
  });
}

/** Cells as the origin prints them. */
function cellsOf({ columns, rows }: Found): readonly (readonly unknown[])[] {
  return rows.map((row) =>
    row.map((cell, i) => {
      const typeText = columns[i]?.typeText ?? "";
      if (cell === null || typeText !== "BINARY") return canonical(typeText, cell);
      return Array.from(Buffer.from(cell, "base64"), (byte) =>
        byte >= 0x20 && byte < 0x7f
          ? String.fromCharCode(byte)
          : `\\x${byte.toString(16).padStart(2, "0").toUpperCase()}`,
      ).join("");
    }),
  );
}

function assertedRows({ result }: Assertion, { columns }: Found): readonly (readonly unknown[])[] {
  return result.map((line) =>
    line.split("\t").map((cell, i) => (cell === "NULL" ? null : canonical(columns[i]?.typeText ?? "", cell))),
  );
}

describe.skipIf(TABLES.length === 0)("Iceberg tables that other engines wrote", () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-iceberg-"));
  const outcomes = new Map<string, string>();
  let lakehouse: Lakehouse;

  const run = (text: string, schema = "s") =>
    lakehouse.connect().statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema });
  const sql = async (text: string) => (await run(text)).rows;

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

  /** Reads a table and compares it with every answer there is. */
  async function outcomeOf(path: string): Promise<string> {
    const schema = `s${outcomes.size}`;
    await sql(`CREATE SCHEMA ${schema}`);
    const read = async () => {
      await run(`CREATE TABLE t USING ICEBERG LOCATION '${join(directory, path, "table")}'`, schema);
      return run("SELECT * FROM t", schema);
    };
    const found = await read().catch(String);
    if (typeof found === "string") return `refused: ${found}`;
    const engine = engineAnswer(join(CORPUS, path, "expected"));
    const asColumns = (result: Awaited<ReturnType<typeof run>>): Found => ({
      columns: result.columns.map(({ name, typeText }) => ({ name, typeText })),
      rows: result.rows,
    });
    const difference = engine && differenceFrom(engine, asColumns(found), { skipped: identityColumns(path) });
    if (difference !== undefined) return `wrong: ${difference}`;
    const names = readdirSync(join(CORPUS, path, "table/metadata")).sort();
    const newest = names.filter((name) => name.endsWith(".metadata.json")).at(-1) ?? "";
    for (const assertion of assertionsOf(path, newest)) {
      // The origin compares a FLOAT with a literal as FLOAT, Spark as DOUBLE.
      const floats = found.columns.filter(({ typeText }) => typeText === "FLOAT");
      if (floats.some(({ name }) => assertion.query.includes(`WHERE ${name} `))) continue;
      const answer = asColumns(await run(assertion.query, schema));
      const wrong = firstDifference(assertedRows(assertion, answer), cellsOf(answer));
      if (wrong !== undefined) return `wrong: ${assertion.query}: ${wrong}`;
    }
    return "answered";
  }

  test.each(TABLES)("%s is answered as its origin does, or refused by what it has", async (path) => {
    const outcome = await outcomeOf(path);
    outcomes.set(path, outcome);
    const reason = refusable(path);
    if (outcome.startsWith("refused")) expect(outcome).toMatch(reason ?? /nothing that may be refused/);
    else expect(outcome).toBe("answered");
  });

  test("are answered, nearly all that can be", () => {
    const refused = [...outcomes].filter(([, outcome]) => outcome.startsWith("refused"));
    const wrong = [...outcomes].filter(([, outcome]) => outcome.startsWith("wrong"));
    const answered = outcomes.size - refused.length - wrong.length;
    console.info(
      [
        `Iceberg: ${answered} of ${outcomes.size} tables answered, ${refused.length} refused, ${wrong.length} wrong`,
        ...refused.map(([path]) => `  refused ${path}: ${refusable(path)?.source}`),
      ].join("\n"),
    );
    const readable = TABLES.filter((path) => refusable(path) === undefined);
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThanOrEqual(readable.length * 0.98);
  });

  test.each(TABLES)(
    "%s is cloned into the same rows, or refused by what Delta cannot take over",
    async (path) => {
      const source = `iceberg.\`${join(directory, path, "table")}\``;
      const name = path.replaceAll(/\W/g, "_");
      const reasons = [refusable(path) ?? [], uncloneable(path)].flat();
      const cloned = await sql(`CREATE TABLE ${name}_copy DEEP CLONE ${source}`).catch(String);
      if (typeof cloned === "string") {
        expect(reasons.some((reason) => reason.test(cloned))).toBe(true);
        return;
      }
      await register(name, path);
      const onlyIn = async (a: string, b: string) =>
        sql(`SELECT count(*) FROM (SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b})`);
      const difference = async () =>
        [await onlyIn(`${name}_copy`, name), await onlyIn(name, `${name}_copy`)].flat(2);
      expect(await difference()).toEqual(["0", "0"]);
      const again = await sql(`CREATE OR REPLACE TABLE ${name}_copy DEEP CLONE ${name}`);
      expect(again[0]?.[3]).toBe("0");
      expect(await difference()).toEqual(["0", "0"]);
      expect(await sql(`SELECT format FROM (DESCRIBE DETAIL ${name}_copy)`)).toEqual([["delta"]]);
    },
  );

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

/** What CLONE refuses beyond what cannot be read: what Delta has no equal for. */
function uncloneable(table: string): readonly RegExp[] {
  const { properties = {}, ...definition } = definitionOf(table);
  const specs = definition["partition-specs"] ?? [];
  const identity = identityColumns(table);
  const binary = fieldsOf(definition).filter(({ type }) => /^(binary|fixed)/.test(String(type)));
  const metadata = join(CORPUS, table, "table/metadata");
  // What an Avro file says of itself in its header: the name of a kind of manifest, and the kind.
  const hasDeletes = readdirSync(metadata)
    .filter((name) => name.endsWith(".avro"))
    .some((name) => readFileSync(join(metadata, name)).includes("content\x0edeletes"));
  return [
    ...(properties["schema.name-mapping.default"] === undefined ? [] : [/a name mapping/]),
    ...(JSON.stringify(fieldsOf(definition)).includes('"initial-default"') ? [/a default/] : []),
    ...(binary.some(({ name }) => identity.has(name)) ? [/a partition by a binary column/] : []),
    ...(specs.length > 1 ? [/partitions that have evolved/] : []),
    ...(hasDeletes ? [/rows deleted by delete files/] : []),
  ];
}
