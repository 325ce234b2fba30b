import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Json, type JsonObject, parseJson, printJson } from "@clone-xs/delta";
import { parseStatement } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { javaText } from "./result/cells.ts";
import { parseType } from "./types/text.ts";
import { isFractional, type Type } from "./types/types.ts";

const CORPUS = process.env["CLXS_CORPUS"] ?? resolve(import.meta.dirname, "../../../../../shared/corpus");
const SCENARIOS = join(CORPUS, "spark-sql/scenarios.ndjson");

interface Step {
  readonly do: string;
  readonly text?: string;
  readonly table?: readonly (readonly string[])[];
}

interface Scenario {
  readonly file: string;
  readonly scenario: string;
  readonly steps: readonly Step[];
}

/** Scenarios of Spark SQL itself, under its default settings; those of catalogs and formats belong to other products. */
function scenarios(): readonly Scenario[] {
  return readFileSync(SCENARIOS, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Scenario)
    .filter(
      ({ file, steps }) =>
        !/^(catalog|iceberg|delta)\//.test(file) && !steps.some((step) => step.do.startsWith("config")),
    );
}

/** `right`; or what went wrong: `wrong` never may, `refused` is a plain error of a known class. */
type Outcome = { readonly kind: "right" } | { readonly kind: "refused" | "wrong"; readonly why: string };

describe.skipIf(!existsSync(SCENARIOS))("what Spark answers", () => {
  let lakehouse: Lakehouse;
  beforeAll(async () => {
    lakehouse = await openTestLakehouse();
  });
  afterAll(() => lakehouse.close());

  test("is answered the same or refused plainly, never answered wrongly", { timeout: 300_000 }, async () => {
    const outcomes: (readonly [string, Outcome])[] = [];
    for (const [i, scenario] of scenarios().entries())
      outcomes.push([`${scenario.file}: ${scenario.scenario}`, await play(scenario, `s${i}`)]);
    const count = (kind: Outcome["kind"]) => outcomes.filter(([, outcome]) => outcome.kind === kind).length;
    const wrong = outcomes.flatMap(([name, outcome]) =>
      outcome.kind === "wrong" ? [`${name}: ${outcome.why}`] : [],
    );
    expect(wrong).toEqual([]);
    // A floor: it may only rise.
    expect(count("right")).toBeGreaterThanOrEqual(445);
    console.info(`Spark SQL scenarios: ${count("right")} right, ${count("refused")} refused`);
  });

  async function play({ steps }: Scenario, schema: string): Promise<Outcome> {
    const run = (text: string) =>
      lakehouse
        .connect()
        .statements.execute({ text, kind: "other", effect: "write", catalog: "main", schema });
    let query = "";
    try {
      await run(`CREATE SCHEMA main.${schema}`);
      for (const step of steps) {
        if (step.do === "statement") await run(step.text ?? "");
        else if (step.do === "query") query = step.text ?? "";
        else if (step.do.startsWith("query error")) {
          if (await succeeds(() => run(query)))
            return { kind: "wrong", why: `${query} should fail with ${step.do}` };
        } else if (step.do.startsWith("query result") && step.table !== undefined) {
          const { columns, rows } = await run(query);
          const found = rows.map((row) =>
            row.map((cell, c) => shown(parseType(columns[c]?.typeText ?? "STRING"), cell)),
          );
          const wanted = step.table.slice(1);
          const order = step.do.includes("ordered") && promisesOrder(query) ? same : sorted;
          if (JSON.stringify(order(found)) !== JSON.stringify(order(wanted)))
            return {
              kind: "wrong",
              why: `${query} gives ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`,
            };
        }
      }
      return { kind: "right" };
    } catch (error) {
      if (!(error instanceof WorkspaceError)) throw error;
      return { kind: "refused", why: error.message };
    }
  }
});

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  return work().then(
    () => true,
    () => false,
  );
}

/** Rows come in an order only where the query asks for one; what a window happened to sort is no promise. */
function promisesOrder(text: string): boolean {
  const statement = parseStatement(text);
  return statement.kind === "query" && statement.query.orderBy.length > 0;
}

const joined = (row: readonly string[]) => row.map((cell) => cell.trim()).join("\u0001");
const same = (rows: readonly (readonly string[])[]) => rows.map(joined);
const sorted = (rows: readonly (readonly string[])[]) => rows.map(joined).sort();

/** A cell of the wire as Spark's `show` prints it. */
function shown(type: Type, cell: string | null): string {
  if (cell === null) return "NULL";
  if (type.kind === "array" || type.kind === "map" || type.kind === "struct")
    return nested(type, parseJson(cell));
  return plain(type, cell);
}

function nested(type: Type, value: Json): string {
  if (value === null) return "NULL";
  if (type.kind === "array")
    return `[${(value as readonly Json[]).map((item) => nested(type.element, item)).join(", ")}]`;
  if (type.kind === "map")
    return `{${Object.entries(value as JsonObject)
      .map(([key, item]) => `${plain(type.key, key)} -> ${nested(type.value, item)}`)
      .join(", ")}}`;
  if (type.kind === "struct")
    return `{${type.fields.map((f) => nested(f.type, (value as JsonObject)[f.name] ?? null)).join(", ")}}`;
  if (type.kind === "decimal" && typeof value === "number") return value.toFixed(type.scale);
  return isFractional(type) && typeof value === "number"
    ? javaText(String(value))
    : plain(type, typeof value === "object" ? printJson(value) : String(value));
}

function plain(type: Type, text: string): string {
  if (type.kind !== "primitive") return text;
  if (type.name.startsWith("timestamp"))
    return text
      .replace("T", " ")
      .replace(/Z$/, "")
      .replace(/\.(\d*?)0*$/, (_, kept: string) => (kept === "" ? "" : `.${kept}`));
  if (type.name !== "binary") return text;
  return `[${Array.from(Buffer.from(text, "base64"), (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ")}]`;
}
