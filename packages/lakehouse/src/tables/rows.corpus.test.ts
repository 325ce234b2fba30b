import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Json, type JsonObject, printJson } from "@clone-xs/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseType } from "../execution/types/text.ts";
import {
  type AnswerColumn,
  type CanSay,
  ENGINE2,
  EXACT,
  answerFile,
  answerLines,
  answerParquet,
  comparableAnswers,
  comparableRows,
  CORPUS,
  type CorpusEntry,
  corpusEntries,
} from "../testing/answers.ts";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

/**
 * Every Delta table that other engines wrote, and all answers that there are about its rows: at the newest version, at each older one, and
 * of the change feed. A table counts as answered when it is read and no answer is contradicted.
 */

/** What need not be read, by what the error says; everything else is a wrong answer. */
const REFUSALS: readonly (readonly [feature: string, error: RegExp])[] = [
  ["variant", /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*variant/i],
  ["catalog-managed", /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*catalog/i],
  ["geospatial", /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*geo/i],
  ["a protocol of the future", /DELTA_INVALID_PROTOCOL_VERSION/],
];

/** Tables that nobody can read, whatever their writer meant: logs without protocol, metadata or schema, or whose data files were left out or lie elsewhere. */
const BROKEN = /DELTA_STATE_RECOVER_ERROR|DELTA_LOG_CORRUPT|DELTA_TABLE_NOT_FOUND|FILE_NOT_EXIST|s3a?:\/\//;

/** Answers that are not right, each with the reason. */
const WRONG_ANSWERS: readonly (readonly [table: string, answer: string, why: string])[] = [
  [
    "delta/golden/data-reader-partition-values",
    "upstream",
    "a timestamp without a zone as partition value was turned into an instant of the zone of the machine that made the answer",
  ],
];

type Outcome = { readonly kind: "answered" | "refused" | "broken" | "wrong"; readonly why?: string };
const outcomes = new Map<string, Outcome>();

describe.skipIf(!existsSync(CORPUS))("rows of Delta tables that other engines wrote", () => {
  const entries = corpusEntries("delta");
  const directory = mkdtempSync(join(tmpdir(), "clxs-rows-"));
  let lakehouse: Lakehouse;
  const run = (text: string) =>
    lakehouse.connect().statements.execute({ text, kind: "other", effect: "write" });
  const read = async (text: string): Promise<Result> => {
    const { columns, rows } = await run(text);
    return { columns: columns.map((c) => ({ name: c.name, type: parseType(c.typeText) })), rows };
  };

  beforeAll(async () => {
    cpSync(join(CORPUS, "delta"), join(directory, "delta"), { recursive: true });
    lakehouse = await openTestLakehouse({ allowPaths: [directory] });
    await run("CREATE CATALOG c");
    await run("CREATE SCHEMA c.s");
  });
  afterAll(async () => {
    await lakehouse.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const copies = entries.map((entry, i): Entry => {
    const root = entry.root.replace(CORPUS, directory);
    return {
      ...entry,
      root,
      expected: entry.expected.replace(CORPUS, directory),
      name: entry.name,
      registered: `c.s.t${i}`,
      table: `delta.\`${root}\``,
    };
  });
  test.for(copies)("$name", async (entry) => {
    const outcome = await judged(entry, read, run);
    outcomes.set(entry.name, outcome);
    expect(outcome).not.toMatchObject({ kind: "wrong" });
  });

  test("no answer is wrong, and as good as all are given", () => {
    const of = (kind: Outcome["kind"]) => [...outcomes].filter(([, outcome]) => outcome.kind === kind);
    const readable = of("answered").length + of("wrong").length;
    const lines = [
      `${of("answered").length} of ${readable} answered`,
      ...of("refused").map(([name, { why }]) => `refused: ${name} (${why})`),
      ...of("wrong").map(([name, { why }]) => `wrong: ${name}: ${why}`),
    ];
    console.log(lines.join("\n"));
    expect(of("wrong")).toEqual([]);
    const mustFail = entries.filter(({ expected }) => factsOf(expected, "must-fail").length > 0);
    expect(mustFail.filter(({ name }) => outcomes.get(name)?.kind === "answered")).toEqual([]);
    expect(of("answered").length / readable).toBeGreaterThanOrEqual(0.98);
  });
});

interface Result {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}
type Read = (text: string) => Promise<Result>;

async function judged(entry: Entry, read: Read, run: (text: string) => Promise<unknown>): Promise<Outcome> {
  try {
    const found = [
      ...(await latest(entry, read)),
      ...(await versions(entry, read)),
      ...(await changes(entry, read, run)),
    ];
    const wrong = found.filter(
      (why) => !WRONG_ANSWERS.some(([name, answer]) => name === entry.name && why.startsWith(`${answer}: `)),
    );
    return wrong.length === 0 ? { kind: "answered" } : { kind: "wrong", why: wrong.join("; ") };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), entry);
  }
}

function failed(message: string, { expected }: CorpusEntry): Outcome {
  const line = message.split("\n").join(" ").slice(0, 400);
  const refusal = REFUSALS.find(([, pattern]) => pattern.test(line));
  if (refusal !== undefined) return { kind: "refused", why: refusal[0] };
  const mayFail = factsOf(expected, "must-fail").length > 0 || !hasRows(expected);
  return { kind: mayFail && BROKEN.test(line) ? "broken" : "wrong", why: line };
}

function hasRows(expected: string): boolean {
  return (
    answerLines(expected, "engine2/latest.ndjson") !== undefined || existsSync(join(expected, "upstream"))
  );
}

type Fact = JsonObject & { readonly kind: string };

function factsOf(expected: string, kind: string): readonly Fact[] {
  const facts = (answerFile(expected, "facts.json") ?? []) as readonly Fact[];
  return facts.filter((fact) => fact.kind === kind);
}

/** The newest rows, by the other engine, by parquet files of the origin, and by facts. */
async function latest({ table, expected }: Entry, read: Read): Promise<readonly string[]> {
  const found = await read(`SELECT * FROM ${table}`);
  const answers = answerLines(expected, "engine2/latest.ndjson");
  const upstream = ["upstream", "upstream/latest/table_content"].filter((name) =>
    answerParquet(expected, name),
  );
  const wrong = [
    ...(answers === undefined ? [] : compared("latest", found, answers)),
    ...factsOf(expected, "rows").flatMap((fact) => compared("facts", found, factRows(fact), EXACT)),
  ];
  for (const name of upstream) wrong.push(...(await sameAsParquet(name, found, join(expected, name), read)));
  return wrong;
}

interface Entry extends CorpusEntry {
  /** How statements name it. */
  readonly table: string;
  /** A name for it in the metastore, where only names will do. */
  readonly registered: string;
}

async function sameAsParquet(
  what: string,
  found: Result,
  directory: string,
  read: Read,
): Promise<readonly string[]> {
  const columns = found.columns.map(({ name }) => quoted(name)).join(", ");
  const wanted = await read(`SELECT ${columns} FROM parquet.\`${directory}\``);
  return differing(
    what,
    comparableRows(found.columns, found.rows),
    comparableRows(found.columns, wanted.rows),
  );
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function factRows(fact: Fact): readonly JsonObject[] {
  const columns = fact["columns"] as readonly string[];
  const rows = fact["rows"] as readonly (readonly Json[])[];
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])));
}

/** Every version that has an answer, whole or by its number of rows. */
async function versions({ table, expected }: Entry, read: Read): Promise<readonly string[]> {
  const wrong: string[] = [];
  const whole = answerLines(expected, "engine2/versions.ndjson") ?? [];
  for (const { version, rows } of whole)
    wrong.push(
      ...compared(
        `version ${printJson(version ?? null)}`,
        await read(`SELECT * FROM ${table} VERSION AS OF ${printJson(version ?? null)}`),
        rows as readonly JsonObject[],
      ),
    );
  const counts = (answerFile(expected, "engine2/versions.json") ?? {}) as Readonly<
    Record<string, JsonObject>
  >;
  for (const [version, { count }] of Object.entries(counts)) {
    if (count === undefined || whole.some((answer) => printJson(answer["version"] ?? null) === version))
      continue;
    const { rows } = await read(`SELECT count(*) FROM ${table} VERSION AS OF ${version}`);
    wrong.push(...differing(`count of version ${version}`, [rows[0]?.[0] ?? ""], [printJson(count)]));
  }
  for (const name of upstreamVersions(expected)) {
    const found = await read(`SELECT * FROM ${table} VERSION AS OF ${name.slice(1)}`);
    wrong.push(
      ...(await sameAsParquet(name, found, join(expected, "upstream", name, "table_content"), read)),
    );
  }
  return wrong;
}

function upstreamVersions(expected: string): readonly string[] {
  const folder = join(expected, "upstream");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^v\d+$/.test(name) && answerParquet(folder, `${name}/table_content`));
}

/** The change feed from the first version, and the ranges that tests of another reader assert. */
async function changes(
  { root, registered, expected }: Entry,
  read: Read,
  run: (text: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const answers = answerLines(expected, "engine2/cdf.ndjson");
  if (answers === undefined) return [];
  await run(`CREATE TABLE ${registered} USING DELTA LOCATION '${root}'`);
  const found = await read(`SELECT * FROM table_changes('${registered}', 0)`);
  const known = new Set(answers.flatMap((row) => Object.keys(row)));
  return compared(
    "changes",
    only(found, (name) => known.has(name)),
    answers,
  );
}

function only({ columns, rows }: Result, wanted: (name: string) => boolean): Result {
  const kept = columns.flatMap(({ name }, i) => (wanted(name) ? [i] : []));
  return {
    columns: kept.flatMap((i) => columns[i] ?? []),
    rows: rows.map((row) => kept.map((i) => row[i] ?? null)),
  };
}

function compared(
  what: string,
  { columns, rows }: Result,
  answers: readonly JsonObject[],
  can: CanSay = ENGINE2,
): readonly string[] {
  const named = new Set(columns.map(({ name }) => name));
  const missing = Object.keys(answers[0] ?? {}).filter((name) => !named.has(name));
  if (missing.length > 0) return [`${what}: no column ${missing.join(", ")}`];
  return differing(what, comparableRows(columns, rows, can), comparableAnswers(columns, answers, can));
}

function differing(what: string, found: readonly string[], wanted: readonly string[]): readonly string[] {
  const at = wanted.findIndex((row, i) => row !== found[i]);
  if (at < 0 && found.length === wanted.length) return [];
  const i = at < 0 ? wanted.length : at;
  return [
    `${what}: ${found.length} rows for ${wanted.length}, ${found[i]?.slice(0, 300)} for ${wanted[i]?.slice(0, 300)}`,
  ];
}
