import { coerce } from "../translate/casts.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import { array, BOOLEAN, map, struct, type Type, VOID } from "../types/types.ts";
import { alikeOrFail } from "./alike.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Maps. A duplicate key raises, in DuckDB as in Spark. */
export const MAPS: FunctionFamily = {
  map: scalar(0, Number.POSITIVE_INFINITY, (site) => {
    if (site.args.length % 2 === 1) throw site.mismatch("The function requires an even number of arguments.");
    if (site.args.length === 0) throw site.unsupported("an empty map");
    const keys = alikeOrFail(
      site,
      site.args.filter((_, i) => i % 2 === 0),
    );
    const values = alikeOrFail(
      site,
      site.args.filter((_, i) => i % 2 === 1),
    );
    const type = map(keys[0]?.type ?? VOID, values[0]?.type ?? VOID);
    const list = (items: readonly Typed[], element: Type) =>
      `CAST([${items.map((item) => item.sql).join(", ")}] AS ${duckType(array(element))})`;
    return typed(
      `map(${list(keys, type.kind === "map" ? type.key : VOID)}, ${list(values, type.kind === "map" ? type.value : VOID)})`,
      type,
    );
  }),
  map_keys: scalar(1, 1, (site) => typed(`map_keys(${mapping(site).sql})`, array(mapping(site).type.key))),
  map_values: scalar(1, 1, (site) =>
    typed(`map_values(${mapping(site).sql})`, array(mapping(site).type.value)),
  ),
  map_entries: scalar(1, 1, (site) => {
    const { sql, type } = mapping(site);
    return typed(
      `map_entries(${sql})`,
      array(
        struct([
          { name: "key", type: type.key },
          { name: "value", type: type.value },
        ]),
      ),
    );
  }),
  map_contains_key: scalar(2, 2, (site) => {
    const value = mapping(site);
    const key = coerce(arg(site, 1), value.type.key);
    return typed(
      once(
        [value, key],
        (m, k) =>
          `CASE WHEN ${m} IS NOT NULL AND ${k} IS NOT NULL THEN list_contains(map_keys(${m}), ${k}) END`,
      ),
      BOOLEAN,
    );
  }),
  map_from_arrays: scalar(2, 2, (site) => {
    const [keys, values] = [arg(site, 0), arg(site, 1)];
    if (keys.type.kind !== "array" || values.type.kind !== "array")
      throw site.mismatch('Both parameters require the "ARRAY" type.');
    return typed(
      once(
        [keys, values],
        (k, v) => `CASE WHEN ${k} IS NOT NULL AND ${v} IS NOT NULL THEN map(${k}, ${v}) END`,
      ),
      map(keys.type.element, values.type.element),
    );
  }),
  map_from_entries: scalar(1, 1, (site) => {
    const { sql, type } = arg(site, 0);
    const element = type.kind === "array" && type.element.kind === "struct" ? type.element.fields : [];
    const [key, value] = element;
    if (key === undefined || value === undefined)
      throw site.mismatch('The first parameter requires the "ARRAY" of pair "STRUCT" type.');
    return typed(`map_from_entries(${sql})`, map(key.type, value.type));
  }),
};

type MapValue = Typed & { readonly type: Extract<Type, { kind: "map" }> };

function mapping(site: CallSite): MapValue {
  const value = arg(site, 0);
  const { type } = value;
  if (type.kind !== "map")
    throw site.mismatch(
      `The first parameter requires the "MAP" type, however it has the type "${typeText(type)}".`,
    );
  return { ...value, type };
}
