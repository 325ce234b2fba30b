import {
  fieldFacts,
  type Identity,
  type JsonObject,
  type StructField,
  type StructType,
} from "@clone-xs/delta";
import type { ColumnDefinition } from "@clone-xs/sql";
import { failure } from "../errors.ts";
import { raise } from "../translate/raise.ts";
import { typed, type Typed } from "../translate/typed.ts";
import { LONG, type Type } from "../types/types.ts";

const MARK = "delta.identity.highWaterMark";

/** What Delta keeps of GENERATED … AS IDENTITY. Throws for other types than BIGINT and for steps of nothing. */
export function identityMetadata(
  { name, identity }: Pick<ColumnDefinition, "name" | "identity">,
  type: Type,
): JsonObject {
  if (identity === undefined) return {};
  if (type.kind !== "primitive" || type.name !== "long")
    throw failure(
      "DELTA_IDENTITY_COLUMNS_UNSUPPORTED_DATA_TYPE",
      "428H2",
      `DataType of the IDENTITY column ${name.text} is not supported: it must be BIGINT.`,
    );
  if (identity.step === 0n)
    throw failure("DELTA_IDENTITY_COLUMNS_ILLEGAL_STEP", "42611", "IDENTITY column step cannot be 0.");
  return {
    "delta.identity.start": exact(identity.start),
    "delta.identity.step": exact(identity.step),
    "delta.identity.allowExplicitInsert": !identity.always,
  };
}

/** Values for rows in any order: the next one and so on. A value that BIGINT cannot hold stops the statement. */
export function identityValues(name: string, identity: Identity): Typed {
  const number = `CAST(row_number() OVER () - 1 AS HUGEINT)`;
  const value = `CAST(${next(identity)} AS HUGEINT) + CAST(${identity.step} AS HUGEINT) * ${number}`;
  const error = raise("ARITHMETIC_OVERFLOW", "22003", [
    `long overflow: the IDENTITY column ${name} has no more values to give.`,
  ]);
  return typed(`coalesce(TRY_CAST(${value} AS BIGINT), ${error})`, LONG);
}

/** The schema after so many rows got generated values; `undefined` when no column gave any. */
export function afterGenerated(
  schema: StructType,
  isGiven: (column: string) => boolean,
  rows: bigint,
): StructType | undefined {
  if (rows === 0n || !schema.fields.some((f) => generates(f, isGiven))) return undefined;
  return {
    ...schema,
    fields: schema.fields.map((field) => {
      const { identity } = fieldFacts(field);
      if (identity === undefined || !generates(field, isGiven)) return field;
      return withMark(field, next(identity) + identity.step * (rows - 1n));
    }),
  };
}

/** An identity column that has given values up to `mark`. */
export function withMark(field: StructField, mark: bigint): StructField {
  return { ...field, metadata: { ...field.metadata, [MARK]: exact(mark) } };
}

/** Throws for a value that a statement gives to a column that generates all of its own. */
export function refuseGiven(field: StructField): void {
  if (fieldFacts(field).identity?.allowExplicitInsert === false)
    throw failure(
      "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED",
      "42808",
      `Providing values for GENERATED ALWAYS AS IDENTITY column ${field.name} is not supported.`,
    );
}

/** Throws for an UPDATE of an identity column. */
export function refuseUpdated(field: StructField): void {
  if (fieldFacts(field).identity !== undefined)
    throw failure(
      "DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED",
      "42808",
      `UPDATE on IDENTITY column ${field.name} is not supported.`,
    );
}

function generates(field: StructField, isGiven: (column: string) => boolean): boolean {
  return fieldFacts(field).identity !== undefined && !isGiven(field.name.toLowerCase());
}

function next({ start, step, highWaterMark }: Identity): bigint {
  return highWaterMark === undefined ? start : highWaterMark + step;
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
