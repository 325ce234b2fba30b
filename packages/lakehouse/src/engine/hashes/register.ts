import {
  ANY,
  BIGINT,
  DuckDBBlobVector,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBScalarFunction,
  type DuckDBVector,
} from "@duckdb/node-api";
import type { Hasher } from "./hasher.ts";
import { Murmur3 } from "./murmur3.ts";
import { feedOf } from "./values.ts";
import { Xxhash64 } from "./xxhash64.ts";

/**
 * Gives DuckDB Spark's hashes, which it has no means to compute itself: `spark_xxhash64(…)` and `spark_hash(…)` of any number of values,
 * both as BIGINT. For every connection of the instance.
 */
export function registerHashes(connection: DuckDBConnection): void {
  connection.registerScalarFunction(hashFunction("spark_xxhash64", new Xxhash64()));
  connection.registerScalarFunction(hashFunction("spark_hash", new Murmur3()));
}

function hashFunction(name: string, hasher: Hasher): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    returnType: BIGINT,
    varArgsType: ANY,
    // Without it a NULL among the values would make the whole hash NULL.
    specialHandling: true,
    mainFunction: (_info, rows, out) => hashRows(hasher, rows, out),
  });
}

function hashRows(hasher: Hasher, rows: DuckDBDataChunk, out: DuckDBVector): void {
  const columns = Array.from({ length: rows.columnCount }, (_, i) => {
    const vector = rows.getColumnVector(i);
    return vector instanceof DuckDBBlobVector ? feedBytes(vector) : feedValues(vector);
  });
  for (let row = 0; row < rows.rowCount; row++) {
    hasher.reset();
    for (const feed of columns) feed(hasher, row);
    out.setItem(row, hasher.result());
  }
  out.flush();
}

type FeedRow = (hasher: Hasher, row: number) => void;

function feedValues(vector: DuckDBVector): FeedRow {
  const feed = feedOf(vector.type);
  return (hasher, row) => {
    const value = vector.getItem(row);
    if (value !== null) feed(hasher, value);
  };
}

/** The bytes where they lie. */
function feedBytes(vector: DuckDBBlobVector): FeedRow {
  return (hasher, row) => {
    const value = vector.getItemBytes(row);
    if (value !== null) hasher.bytes(value);
  };
}
