import { LakehouseError } from "../errors.ts";
import type { EngineResult } from "../engine/engine.ts";
import { failure, tooComplex } from "./errors.ts";
import type { ExecutionResult } from "./execution.ts";
import { ExecutionError } from "./execution.ts";
import { cellText, handOver } from "./result/cells.ts";
import type { TranslatedQuery } from "./translate/environment.ts";
import { typeName, typeText } from "./types/text.ts";
import type { Work } from "./work.ts";

/** Runs a translated query and renders its cells. */
export async function runQuery(work: Work, query: TranslatedQuery): Promise<ExecutionResult> {
  const { rows } = await runPlain(work, handingOver(query));
  return {
    columns: query.columns.map(({ name, type }) => ({
      name,
      typeText: typeText(type),
      typeName: typeName(type),
    })),
    rows: rows.map((row) => query.columns.map(({ type }, i) => cellText(type, row[i] ?? null))),
  };
}

/** The query with every cell as text. */
function handingOver({ sql, columns }: TranslatedQuery): string {
  return `SELECT ${columns.map((column) => `${handOver(column)} AS ${column.id}`).join(", ")} FROM (${sql})`;
}

/** Runs DuckDB text; what the engine refuses comes out in Databricks' words. */
export async function runPlain(work: Work, sql: string): Promise<EngineResult> {
  try {
    return await work.context.engine.query(sql, work.signal === undefined ? {} : { signal: work.signal });
  } catch (error) {
    throw engineError(error);
  }
}

/** Errors raised by our own text carry their class; DuckDB's own are told apart by their words. */
export function engineError(error: unknown): unknown {
  if (!(error instanceof LakehouseError) || error.code !== "ENGINE_FAILED") return error;
  const { message } = error;
  const ours = /\[([A-Z][A-Z0-9_.]+)\] [\s\S]*?SQLSTATE: ([0-9A-Z]{5})/.exec(message);
  if (ours?.[1] !== undefined && ours[2] !== undefined)
    return new ExecutionError(ours[1], ours[2], ours[0], { cause: error });
  if (/Max expression depth/.test(message)) return tooComplex(error);
  // A sum of BIGINTs is a HUGEINT until it is cast back.
  if (/INT128 .* INT64/.test(message))
    return failure(
      "ARITHMETIC_OVERFLOW",
      "22003",
      `long overflow. Use 'try_sum' to tolerate overflow and return NULL instead. If necessary set "ansi_mode" to "false" to bypass this error.`,
    );
  if (/Out of Range Error: Overflow|Overflow in|Overflow on/.test(message))
    return failure(
      "ARITHMETIC_OVERFLOW",
      "22003",
      `${detail(message)}. Use 'try_add', 'try_subtract' or 'try_multiply' to tolerate overflow and return NULL instead. If necessary set "ansi_mode" to "false" to bypass this error.`,
    );
  // A sum of DECIMALs goes through text, so that its digits are counted.
  if (/string "-?[\d.]+" to DECIMAL\(38,/.test(message))
    return failure(
      "ARITHMETIC_OVERFLOW",
      "22003",
      `Overflow in sum of decimals. Use 'try_sum' to tolerate overflow and return NULL instead. If necessary set "ansi_mode" to "false" to bypass this error.`,
    );
  if (/DECIMAL|INT128/.test(message) && /Conversion Error|Out of Range/.test(message))
    return failure("NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION", "22003", `${detail(message)}.`);
  if (/Conversion Error/.test(message)) return failure("CAST_OVERFLOW", "22003", `${detail(message)}.`);
  const file = /(?:file|path|pattern) ["']([^"']+)["']/.exec(message)?.[1];
  if (file !== undefined && /IO Error|No files found|Cannot open file/.test(message))
    return failure(
      "FAILED_READ_FILE.FILE_NOT_EXIST",
      "KD001",
      `Error while reading file ${file}. File does not exist or cannot be opened. It is possible the underlying files have been updated or removed.`,
    );
  if (file !== undefined && /magic bytes|parquet|Parquet|TProtocolException/.test(message))
    return failure(
      "FAILED_READ_FILE.NO_HINT",
      "KD001",
      `Error while reading file ${file}: it is no readable parquet file.`,
    );
  if (/More than one row returned by a subquery/.test(message))
    return failure(
      "SCALAR_SUBQUERY_TOO_MANY_ROWS",
      "21000",
      "More than one row returned by a subquery used as an expression.",
    );
  if (/must appear in the GROUP BY clause/.test(message))
    return failure(
      "MISSING_AGGREGATION",
      "42803",
      `The non-aggregating expression is based on columns which are not participating in the GROUP BY clause. ${detail(message)}`,
    );
  if (/WHERE clause cannot contain aggregates/.test(message))
    return failure(
      "INVALID_WHERE_CONDITION",
      "42903",
      "The WHERE condition contains invalid expressions: aggregates, window functions or generators.",
    );
  return failure(
    "EMBEDDED_ENGINE_ERROR",
    "XX000",
    `The embedded engine could not run this statement: ${detail(message)}.`,
  );
}

function detail(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/^.*? Error: /, "").replace(/[.!]+$/, "");
}
