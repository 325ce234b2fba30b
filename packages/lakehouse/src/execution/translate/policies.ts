import { quotedParts, unresolvedColumn } from "../errors.ts";
import { BOOLEAN, type Type } from "../types/types.ts";
import { coerce } from "./casts.ts";
import type { Environment, PolicyCall, Source } from "./environment.ts";
import { quoteName } from "./quote.ts";
import { callBound } from "./routines.ts";
import { simple, type Typed } from "./typed.ts";

type Rows = Extract<Source, { kind: "rows" }>;

/** A table as its readers may see it: columns through their masks, rows through the row filter. */
export function masked(source: Rows, environment: Environment): Rows {
  const { policy } = source;
  if (policy === undefined) return source;
  const id = environment.ids.relation();
  const column = (name: string): Typed => {
    const found = source.columns.find((c) => same(c.name, name));
    if (found === undefined) throw unresolvedColumn(quotedParts([name]), names(source));
    return simple(`${id}.${quoteName(found.name)}`, found.type);
  };
  const called = (call: PolicyCall, type: Type): string => {
    const inside: Environment = { ...environment, reader: call.owner };
    return coerce(callBound(call.function, call.columns.map(column), inside), type).sql;
  };
  const items = source.columns.map((c) => {
    const mask = policy.masks.find(({ columns }) => same(columns[0] ?? "", c.name));
    return mask === undefined ? quoteName(c.name) : `${called(mask, c.type)} AS ${quoteName(c.name)}`;
  });
  const hidden = (source.hidden ?? []).map((c) => quoteName(c.name));
  const where = policy.filter === undefined ? "" : ` WHERE ${called(policy.filter, BOOLEAN)}`;
  const { policy: _, ...rest } = source;
  return { ...rest, sql: `(SELECT ${[...items, ...hidden].join(", ")} FROM ${source.sql} AS ${id}${where})` };
}

function names(source: Rows): readonly string[] {
  return source.columns.map((c) => quotedParts([c.name]));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
