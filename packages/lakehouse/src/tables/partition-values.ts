import { quoteText } from "../execution/translate/quote.ts";
import { raise } from "../execution/translate/raise.ts";
import { isPrimitive, type Type } from "../execution/types/types.ts";

/**
 * A partition value of the log as a DuckDB expression of the column's type. Protocol: "Partition Value Serialization"; the empty string and
 * null are both NULL, timestamps come in two spellings, binary as the characters that its bytes are in UTF-8.
 */
export function partitionLiteral(type: Type, value: string | null): string {
  if (value === null || value === "") return "NULL";
  if (isPrimitive(type, "binary")) return `unhex('${Buffer.from(value, "utf8").toString("hex")}')`;
  if (isPrimitive(type, "timestamp")) return `CAST(${quoteText(value)} AS TIMESTAMPTZ)`;
  if (isPrimitive(type, "timestamp_ntz")) return `CAST(${quoteText(value.replace(/Z$/, ""))} AS TIMESTAMP)`;
  return quoteText(value);
}

/** The DuckDB expression that gives a column's partition value as the log writes it. */
export function partitionText(type: Type, sql: string): string {
  if (isPrimitive(type, "timestamp")) return `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ')`;
  if (isPrimitive(type, "timestamp_ntz")) return `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%f')`;
  if (isPrimitive(type, "binary"))
    return `CASE WHEN ${sql} IS NOT NULL THEN coalesce(try(decode(${sql})), ${noText(sql)}) END`;
  return `CAST(${sql} AS VARCHAR)`;
}

/** Bytes that are no text have no partition value: Spark writes replacement characters for them, and so loses them. */
function noText(sql: string): string {
  return raise("UNSUPPORTED_FEATURE", "0A000", [
    "The feature is not supported by the embedded workspace: the bytes ",
    { sql: `hex(${sql})` },
    " as a partition value, which are no UTF-8.",
  ]);
}
