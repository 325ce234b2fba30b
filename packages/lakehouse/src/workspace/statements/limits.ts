import { bytesOf, type Row } from "./result-chunks.ts";

interface Limits {
  readonly rowLimit?: number;
  readonly byteLimit?: number;
}

/** A result cut to what was asked for. Source: Statement Execution API, "row_limit", "byte_limit": whole rows, and `truncated` when one bit. */
export function limited<R extends { readonly rows: readonly Row[] }>(
  result: R,
  { rowLimit = Number.POSITIVE_INFINITY, byteLimit = Number.POSITIVE_INFINITY }: Limits,
): R & { readonly truncated: boolean } {
  const { rows } = result;
  const kept = Math.min(rowLimit, rowsWithin(rows, byteLimit));
  if (kept >= rows.length) return { ...result, truncated: false };
  return { ...result, rows: rows.slice(0, kept), truncated: true };
}

function rowsWithin(rows: readonly Row[], byteLimit: number): number {
  if (byteLimit === Number.POSITIVE_INFINITY) return rows.length;
  let bytes = 0;
  const first = rows.findIndex((row) => {
    bytes += bytesOf(row);
    return bytes > byteLimit;
  });
  return first === -1 ? rows.length : first;
}
