import { failure } from "../errors.ts";
import { place } from "../translate/environment.ts";
import { typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { INT, isString, LONG, type Type } from "../types/types.ts";
import { type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Spark's hashes of any number of values, bit for bit: what two copies of a row are compared by. */
export const HASHES: FunctionFamily = {
  xxhash64: scalar(1, Number.POSITIVE_INFINITY, (site) => hashed(site, "spark_xxhash64", LONG)),
  hash: scalar(1, Number.POSITIVE_INFINITY, (site) => hashed(site, "spark_hash", INT)),
};

/** The engine's functions, which tell Spark's types apart by DuckDB's: every value is cast to the one of its own. */
function hashed(site: CallSite, name: string, type: Type) {
  const values = site.args.map((value) => {
    refuseUnhashed(site, value.type);
    const own = `CAST(${value.sql} AS ${duckType(value.type)})`;
    // Bytes reach the function without being made a string first.
    return isString(value.type) ? `encode(${own})` : own;
  });
  return typed(`CAST(${name}(${values.join(", ")}) AS ${duckType(type)})`, type);
}

function refuseUnhashed(site: CallSite, type: Type): void {
  switch (type.kind) {
    case "map":
      throw failure(
        "DATATYPE_MISMATCH.HASH_MAP_TYPE",
        "42K09",
        `Cannot resolve the call due to data type mismatch: Input to the function \`${site.call.name.parts.at(-1)?.text}\` cannot contain elements of the "MAP" type. In Spark, same maps may have different hashcode, thus hash expressions are prohibited on "MAP" elements.`,
        place(site.environment, site.call),
      );
    case "array":
      return refuseUnhashed(site, type.element);
    case "struct":
      for (const field of type.fields) refuseUnhashed(site, field.type);
      return;
    case "primitive":
      if (type.name.startsWith("interval")) throw site.unsupported("hashing an interval");
      if (duckType(type) === undefined) throw site.unsupported(`hashing a value of type ${type.name}`);
      return;
    case "decimal":
  }
}
