import { cast } from "../translate/casts.ts";
import {
  BINARY,
  BOOLEAN,
  BYTE,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  SHORT,
  type Type,
} from "../types/types.ts";
import { arg, type FunctionFamily, scalar } from "./entry.ts";

/** `int(x)` and its like: CAST by another name. `string`, `date` and `timestamp` stand with their kin. */
export const CASTS: FunctionFamily = {
  tinyint: to(BYTE),
  smallint: to(SHORT),
  int: to(INT),
  bigint: to(LONG),
  float: to(FLOAT),
  double: to(DOUBLE),
  decimal: to(decimal(10, 0)),
  boolean: to(BOOLEAN),
  binary: to(BINARY),
};

function to(type: Type) {
  return scalar(1, 1, (site) => cast(arg(site, 0), type));
}
