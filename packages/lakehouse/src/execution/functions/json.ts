import { coerce } from "../translate/casts.ts";
import { quoteText } from "../translate/quote.ts";
import { once, typed } from "../translate/typed.ts";
import { INT, STRING } from "../types/types.ts";
import { arg, type FunctionFamily, scalar } from "./entry.ts";

/** JSON text. */
export const JSONS: FunctionFamily = {
  get_json_object: scalar(2, 2, (site) => {
    const path = arg(site, 1).literal;
    if (path === undefined || !/^\$(\.[\w-]+|\['[^']+'\]|\[\d+\])*$/.test(path))
      throw site.unsupported("a path that is no plain literal");
    const duck = path.replaceAll(/\['([^']+)'\]/g, '."$1"').replaceAll(/\.([\w-]+)/g, '."$1"');
    return typed(
      once(
        [coerce(arg(site, 0), STRING)],
        (s) => `CASE WHEN json_valid(${s}) THEN json_extract_string(${s}, ${quoteText(duck)}) END`,
      ),
      STRING,
    );
  }),
  json_array_length: scalar(1, 1, (site) =>
    typed(
      once(
        [coerce(arg(site, 0), STRING)],
        (s) =>
          `CASE WHEN json_valid(${s}) AND json_type(${s}) = 'ARRAY' THEN CAST(json_array_length(${s}) AS INTEGER) END`,
      ),
      INT,
    ),
  ),
};
