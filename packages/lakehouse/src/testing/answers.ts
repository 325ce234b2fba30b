import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Json, type JsonObject, parseJson, printJson } from "@clone-xs/delta";
import { isFractional, type Type } from "../execution/types/types.ts";

/** The folder of tables that other engines wrote. */
export const CORPUS =
  process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus");

export interface CorpusEntry {
  /** Relative to the corpus, without `/table`. */
  readonly name: string;
  /** Absolute path of the table. */
  readonly root: string;
  readonly features: readonly string[];
  /** Absolute path of the folder of answers. */
  readonly expected: string;
}

/** The entries of one format; none where the corpus is not on this machine. */
export function corpusEntries(format: string): readonly CorpusEntry[] {
  const manifest = join(CORPUS, "MANIFEST.tsv");
  if (!existsSync(manifest)) return [];
  const [header = "", ...lines] = readFileSync(manifest, "utf8").trimEnd().split("\n");
  const names = header.split("\t");
  return lines.flatMap((line) => {
    const cells = line.split("\t");
    const cell = (name: string) => cells[names.indexOf(name)] ?? "";
    const path = cell("table_path");
    if (cell("format") !== format) return [];
    return {
      name: path.replace(/\/table$/, ""),
      root: join(CORPUS, path),
      features: cell("features").split(","),
      expected: join(CORPUS, cell("expected_path")),
    };
  });
}

/** The lines of a file of answers, which may be gzipped; `undefined` when there is none. */
export function answerLines(expected: string, name: string): readonly JsonObject[] | undefined {
  const file = join(expected, name);
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

/** The JSON of one file of answers. */
export function answerFile(expected: string, name: string): Json | undefined {
  const file = join(expected, name);
  return existsSync(file) ? parseJson(readFileSync(file, "utf8")) : undefined;
}

/** Names of the parquet files directly inside a folder of answers. */
export function answerParquet(expected: string, name: string): boolean {
  const folder = join(expected, name);
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(".parquet"));
}

/** A column of a result. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: Type;
}

/** What the engine that gave an answer can tell apart. */
export interface CanSay {
  /** NULL and an empty list, map or struct. */
  readonly emptyFromNull: boolean;
  /** Moments before year 1. */
  readonly beforeOurEra: boolean;
}

export const EXACT: CanSay = { emptyFromNull: true, beforeOurEra: true };
/** ClickHouse, whose lists, maps and structs are never NULL, and which shows every moment before year 1 as year 0. */
export const ENGINE2: CanSay = { emptyFromNull: false, beforeOurEra: false };

/** Rows of our own result, comparable with {@link comparableAnswers}. */
export function comparableRows(
  columns: readonly AnswerColumn[],
  rows: readonly (readonly (string | null)[])[],
  can: CanSay = EXACT,
): readonly string[] {
  return sorted(
    rows.map((row) => columns.map(({ type }, i) => plain(type, cellJson(type, row[i] ?? null), can))),
  );
}

export function comparableAnswers(
  columns: readonly AnswerColumn[],
  answers: readonly JsonObject[],
  can: CanSay = EXACT,
): readonly string[] {
  return sorted(answers.map((row) => columns.map(({ name, type }) => plain(type, row[name] ?? null, can))));
}

function cellJson(type: Type, cell: string | null): Json {
  const isNested = type.kind === "array" || type.kind === "map" || type.kind === "struct";
  return cell === null ? null : withBytes(type, isNested ? parseJson(cell) : cell);
}

/** Bytes as the characters that they are in UTF-8, which is how answers have them. */
function withBytes(type: Type, value: Json): Json {
  if (type.kind === "primitive" && type.name === "binary" && typeof value === "string")
    return Buffer.from(value, "base64").toString();
  if (type.kind === "array" && Array.isArray(value))
    return value.map((item: Json) => withBytes(type.element, item));
  return value;
}

/** A value by type and value, however it was printed: integers and decimals as text without zeros at the end, moments with six digits. */
function plain(type: Type, value: Json, can: CanSay): Json {
  if (value === null) return can.emptyFromNull ? null : emptyValue(type, can);
  switch (type.kind) {
    case "array":
      return (value as readonly Json[]).map((item) => plain(type.element, item, can));
    case "map":
      return Object.fromEntries(
        Object.entries(value as JsonObject)
          .map(([key, item]) => [printJson(plain(type.key, key, can)), plain(type.value, item, can)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    case "struct":
      return Object.fromEntries(
        type.fields.map((f) => [f.name, plain(f.type, (value as JsonObject)[f.name] ?? null, can)]),
      );
    case "decimal":
    case "primitive":
      return plainLeaf(type, value, can);
  }
}

function emptyValue(type: Type, can: CanSay): Json {
  if (type.kind === "array") return [];
  if (type.kind === "map") return {};
  if (type.kind !== "struct") return null;
  return Object.fromEntries(type.fields.map((f) => [f.name, plain(f.type, null, can)]));
}

function plainLeaf(
  type: Extract<Type, { kind: "primitive" | "decimal" }>,
  value: Json,
  { beforeOurEra }: CanSay,
): Json {
  if (type.kind === "primitive" && type.name === "binary") return value;
  const text = typeof value === "object" ? printJson(value ?? "") : String(value);
  if (type.kind === "decimal") return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (isFractional(type)) return plainNumber(type.name, text);
  if (!type.name.startsWith("timestamp")) return text;
  const [moment = "", fraction = ""] = text
    .replace(/ ?(?:Z|UTC)$/, "")
    .replace(" ", "T")
    .split(".");
  if (!beforeOurEra && /^(?:-|0000)/.test(moment)) return "before year 1";
  return `${moment}.${fraction.padEnd(6, "0")}`;
}

function plainNumber(name: string, text: string): Json {
  if (/nan|inf/i.test(text)) return text.toLowerCase().replace("infinity", "inf");
  return name === "float" ? Math.fround(Number(text)) : Number(text);
}

function sorted(rows: readonly (readonly Json[])[]): readonly string[] {
  return rows.map((row) => printJson(row)).sort();
}
