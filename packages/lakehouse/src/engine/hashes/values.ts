import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBFloatType,
  DuckDBListType,
  DuckDBListValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Hasher } from "./hasher.ts";

/** Puts a value that is not NULL into a hash. */
export type Feed = (hasher: Hasher, value: DuckDBValue) => void;

const SCRATCH = new DataView(new ArrayBuffer(8));
const TEXT = new TextEncoder();
/** Decimals of more digits than fit a long are hashed as bytes. */
const LONG_DIGITS = 18;

/** How Spark hashes values of a type. Source: Spark's HashExpression. Throws for types that it does not hash. */
export function feedOf(type: DuckDBType): Feed {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return (hasher, value) => hasher.int(value === true ? 1 : 0);
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
      return (hasher, value) => hasher.int(Number(value));
    case DuckDBTypeId.BIGINT:
      return (hasher, value) => long(hasher, value as bigint);
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return floating(type instanceof DuckDBFloatType);
    case DuckDBTypeId.VARCHAR:
      return (hasher, value) => hasher.bytes(TEXT.encode(value as string));
    case DuckDBTypeId.BLOB:
      return (hasher, value) => hasher.bytes((value as DuckDBBlobValue).bytes);
    case DuckDBTypeId.DATE:
      return (hasher, value) => hasher.int((value as DuckDBDateValue).days);
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (hasher, value) => long(hasher, (value as DuckDBTimestampValue | DuckDBTimestampTZValue).micros);
    case DuckDBTypeId.SQLNULL:
      return () => undefined;
    default:
      return composed(type);
  }
}

function composed(type: DuckDBType): Feed {
  if (type instanceof DuckDBDecimalType) {
    const isLong = type.width <= LONG_DIGITS;
    return (hasher, value) => {
      const unscaled = (value as DuckDBDecimalValue).value;
      if (isLong) long(hasher, unscaled);
      else hasher.bytes(twosComplement(unscaled));
    };
  }
  if (type instanceof DuckDBListType) {
    const element = feedOf(type.valueType);
    return (hasher, value) => {
      for (const item of (value as DuckDBListValue).items) if (item !== null) element(hasher, item);
    };
  }
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map((name, i) => ({ name, feed: feedOf(type.entryTypes[i] ?? type) }));
    return (hasher, value) => {
      const { entries } = value as DuckDBStructValue;
      for (const { name, feed } of fields) {
        const entry = entries[name];
        if (entry !== null && entry !== undefined) feed(hasher, entry);
      }
    };
  }
  throw new Error(`values of type ${type.toString()} are not hashed`);
}

function long(hasher: Hasher, value: bigint): void {
  SCRATCH.setBigInt64(0, value);
  hasher.long(SCRATCH.getInt32(0), SCRATCH.getInt32(4));
}

/** By its bits; zero has one sign only, and there is one NaN. */
function floating(single: boolean): Feed {
  return (hasher, value) => {
    const number = (value as number) === 0 ? 0 : (value as number);
    if (single) {
      SCRATCH.setFloat32(0, number);
      hasher.int(SCRATCH.getInt32(0));
      return;
    }
    SCRATCH.setFloat64(0, number);
    hasher.long(SCRATCH.getInt32(0), SCRATCH.getInt32(4));
  };
}

/** The fewest bytes that hold a signed integer, highest first. */
export function twosComplement(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  const bits = BigInt.asUintN(length * 8, value);
  return Uint8Array.from({ length }, (_, i) => Number((bits >> BigInt((length - 1 - i) * 8)) & 0xffn));
}
