import { binary } from "../translate/operators.ts";
import { coerce } from "../translate/casts.ts";
import { place, wording } from "../translate/environment.ts";
import { typed } from "../translate/typed.ts";
import { BOOLEAN, DOUBLE, isFractional } from "../types/types.ts";
import { alikeOrFail } from "./alike.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Choices between values. */
export const CONDITIONALS: FunctionFamily = {
  if: chosen(),
  iff: chosen(),
  coalesce: coalesced(1, Number.POSITIVE_INFINITY),
  nvl: coalesced(2, 2),
  ifnull: coalesced(2, 2),
  nullif: scalar(2, 2, (site) => {
    const value = arg(site, 0);
    const equal = equals(site, 0, 1);
    return typed(`CASE WHEN ${equal} THEN NULL ELSE ${value.sql} END`, value.type);
  }),
  nvl2: scalar(3, 3, (site) => {
    const [yes, no] = alikeOrFail(site, site.args.slice(1));
    return typed(
      `CASE WHEN ${arg(site, 0).sql} IS NOT NULL THEN ${yes?.sql} ELSE ${no?.sql} END`,
      yes?.type ?? BOOLEAN,
    );
  }),
  isnull: scalar(1, 1, (site) => typed(`(${arg(site, 0).sql} IS NULL)`, BOOLEAN)),
  isnotnull: scalar(1, 1, (site) => typed(`(${arg(site, 0).sql} IS NOT NULL)`, BOOLEAN)),
  isnan: scalar(1, 1, (site) => {
    const value = coerce(arg(site, 0), isFractional(arg(site, 0).type) ? arg(site, 0).type : DOUBLE);
    return typed(`coalesce(isnan(${value.sql}), false)`, BOOLEAN);
  }),
  nanvl: scalar(2, 2, (site) => {
    const [a, b] = [coerce(arg(site, 0), DOUBLE).sql, coerce(arg(site, 1), DOUBLE).sql];
    return typed(`CASE WHEN isnan(${a}) THEN ${b} ELSE ${a} END`, DOUBLE);
  }),
  equal_null: scalar(2, 2, (site) => {
    const [a, b] = alikeOrFail(site, site.args);
    return typed(`(${a?.sql} IS NOT DISTINCT FROM ${b?.sql})`, BOOLEAN);
  }),
  greatest: extreme("greatest"),
  least: extreme("least"),
};

function chosen() {
  return scalar(3, 3, (site) => {
    const [yes, no] = alikeOrFail(site, site.args.slice(1));
    return typed(
      `CASE WHEN ${coerce(arg(site, 0), BOOLEAN).sql} THEN ${yes?.sql} ELSE ${no?.sql} END`,
      yes?.type ?? BOOLEAN,
    );
  });
}

function coalesced(min: number, max: number) {
  return scalar(min, max, (site) => {
    const values = alikeOrFail(site, site.args);
    return typed(`coalesce(${values.map((value) => value.sql).join(", ")})`, values[0]?.type ?? BOOLEAN);
  });
}

/** NULLs are passed over, as in DuckDB. */
function extreme(name: string) {
  return scalar(2, Number.POSITIVE_INFINITY, (site) => {
    const values = alikeOrFail(site, site.args);
    return typed(`${name}(${values.map((value) => value.sql).join(", ")})`, values[0]?.type ?? BOOLEAN);
  });
}

function equals(site: CallSite, left: number, right: number): string {
  return binary("=", arg(site, left), arg(site, right), {
    wording: wording(site.environment, site.call),
    place: place(site.environment, site.call),
  }).sql;
}
