import type { JsonObject } from "../json.ts";

/** A Delta type. Protocol: "Schema Serialization Format". */
export type DataType = PrimitiveType | DecimalType | StructType | ArrayType | MapType;

export interface PrimitiveType {
  readonly kind: "primitive";
  /** The name in the log: `long`, `integer`, `timestamp_ntz` … Unknown names are kept. */
  readonly name: string;
}

export interface DecimalType {
  readonly kind: "decimal";
  readonly precision: number;
  readonly scale: number;
}

export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly StructField[];
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: DataType;
  readonly containsNull: boolean;
}

export interface MapType {
  readonly kind: "map";
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}

export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /**
   * Everything the log says about the column; {@link fieldFacts} reads the known keys. Printed back
   * unchanged.
   */
  readonly metadata: JsonObject;
}
