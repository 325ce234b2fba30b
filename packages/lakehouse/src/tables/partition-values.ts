import { quoteText } from "../execution/translate/quote.ts";
import { isPrimitive, type Type } from "../execution/types/types.ts";

/**
 * A partition value of the log as a DuckDB expression of the column's type. Protocol: "Partition Value Serialization"; the empty string and
 * null are both NULL, timestamps come in two spellings, binary as escaped characters.
 */
export function partitionLiteral(type: Type, value: string | null): string {
  if (value === null || value === "") return "NULL";
  if (isPrimitive(type, "binary")) return `unhex('${Buffer.from(value, "latin1").toString("hex")}')`;
  if (isPrimitive(type, "timestamp")) return `CAST(${quoteText(value)} AS TIMESTAMPTZ)`;
  if (isPrimitive(type, "timestamp_ntz")) return `CAST(${quoteText(value.replace(/Z$/, ""))} AS TIMESTAMP)`;
  return quoteText(value);
}

/** The DuckDB expression that gives a column's partition value as the log writes it. */
export function partitionText(type: Type, sql: string): string {
  if (isPrimitive(type, "timestamp")) return `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ')`;
  if (isPrimitive(type, "timestamp_ntz")) return `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%f')`;
  return `CAST(${sql} AS VARCHAR)`;
}
