import { alikeOrFail } from "./alike.ts";
import { coerce } from "../translate/casts.ts";
import { typed } from "../translate/typed.ts";
import { typeText } from "../types/text.ts";
import { DOUBLE, INT, isPrimitive, type Type } from "../types/types.ts";
import { arg, type CallSite, type FunctionFamily, window } from "./entry.ts";

/** Functions that exist only OVER a window. */
export const WINDOWS: FunctionFamily = {
  row_number: ranking("row_number"),
  rank: ranking("rank"),
  dense_rank: ranking("dense_rank"),
  percent_rank: share("percent_rank"),
  cume_dist: share("cume_dist"),
  ntile: window(1, 1, (site) =>
    typed(`CAST(${site.aggregate("ntile", [bucketCount(site)])} AS INTEGER)`, INT),
  ),
  lag: neighbour("lag"),
  lead: neighbour("lead"),
  nth_value: window(2, 2, (site) =>
    typed(site.aggregate("nth_value", [arg(site, 0).sql, coerce(arg(site, 1), INT).sql]), arg(site, 0).type),
  ),
};

function ranking(name: string) {
  return window(0, 0, (site) => typed(`CAST(${site.aggregate(name, [])} AS INTEGER)`, INT));
}

function share(name: string) {
  return window(0, 0, (site) => typed(site.aggregate(name, []), DOUBLE as Type));
}

function neighbour(name: "lag" | "lead") {
  return window(1, 3, (site) => {
    const offset = site.args[1] === undefined ? "1" : coerce(site.args[1], INT).sql;
    const fallback = site.args[2];
    const [value = arg(site, 0), otherwise] = alikeOrFail(
      site,
      fallback === undefined ? [arg(site, 0)] : [arg(site, 0), fallback],
    );
    const args = [value.sql, offset, ...(otherwise === undefined ? [] : [otherwise.sql])];
    return typed(site.aggregate(name, args), value.type);
  });
}

/** Only INT: Spark widens nothing here. */
function bucketCount(site: CallSite): string {
  const value = arg(site, 0);
  if (!isPrimitive(value.type, "integer", "void"))
    throw site.mismatch(
      `The first parameter requires the "INT" type, however it has the type "${typeText(value.type)}".`,
    );
  return coerce(value, INT).sql;
}
