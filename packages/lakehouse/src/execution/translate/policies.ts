import { BOOLEAN } from "../types/types.ts";
import { coerce } from "./casts.ts";
import type { Environment, Source } from "./environment.ts";
import { quoteName } from "./quote.ts";
import { callBound } from "./routines.ts";
import { simple, type Typed } from "./typed.ts";

type Rows = Extract<Source, { kind: "rows" }>;

/** A table as its readers may see it: columns through their masks, rows through the row filter. */
export function masked(source: Rows, environment: Environment): Rows {
  const { policy } = source;
  if (policy === undefined) return source;
  const inside: Environment = { ...environment, reader: policy.owner };
  const id = environment.ids.relation();
  const column = (name: string): Typed => {
    const found = source.columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RangeError(`policy names the missing column ${name}`);
    return simple(`${id}.${quoteName(found.name)}`, found.type);
  };
  const items = source.columns.map((c) => {
    const mask = policy.masks.find((m) => m.column.toLowerCase() === c.name.toLowerCase());
    if (mask === undefined) return quoteName(c.name);
    const args = [c.name, ...mask.usingColumns].map(column);
    return `${coerce(callBound(mask.function, args, inside), c.type).sql} AS ${quoteName(c.name)}`;
  });
  const hidden = (source.hidden ?? []).map((c) => quoteName(c.name));
  const where =
    policy.filter === undefined
      ? ""
      : ` WHERE ${coerce(callBound(policy.filter.function, policy.filter.columns.map(column), inside), BOOLEAN).sql}`;
  const { policy: _, ...rest } = source;
  return { ...rest, sql: `(SELECT ${[...items, ...hidden].join(", ")} FROM ${source.sql} AS ${id}${where})` };
}
