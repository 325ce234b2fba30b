import { cast } from "../translate/casts.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { sameType, BOOLEAN, isPrimitive } from "../types/types.ts";
import { typeText } from "../types/text.ts";
import { alikeOrFail } from "./alike.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Arrays as sets (NULL is an element like any other), and folding an array. */
export const SETS: FunctionFamily = {
  array_union: sets((a, b) => distinct(`list_concat(${a}, ${b})`)),
  array_intersect: sets((a, b) => distinct(`list_filter(${a}, lambda e: ${isIn("e", b)})`)),
  array_except: sets((a, b) => distinct(`list_filter(${a}, lambda e: NOT ${isIn("e", b)})`)),
  arrays_overlap: scalar(2, 2, (site) => {
    const [a, b] = pair(site);
    const nulls = (list: string) => `len(list_filter(${list}, lambda e: e IS NULL)) > 0`;
    const shared = (x: string, y: string) =>
      `len(list_filter(${x}, lambda e: e IS NOT NULL AND ${isIn("e", y)})) > 0`;
    return typed(
      once(
        [a, b],
        (x, y) =>
          `CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN ${shared(x, y)} THEN true WHEN len(${x}) > 0 AND len(${y}) > 0 AND (${nulls(x)} OR ${nulls(y)}) THEN NULL ELSE false END`,
      ),
      BOOLEAN,
    );
  }),
  aggregate: scalar(3, 4, fold),
  reduce: scalar(3, 4, fold),
};

function pair(site: CallSite): readonly [Typed, Typed] {
  const [a, b] = alikeOrFail(site, site.args);
  if (a === undefined || b === undefined || a.type.kind !== "array")
    throw site.mismatch('Both parameters require the "ARRAY" type.');
  return [a, b];
}

function sets(body: (a: string, b: string) => string) {
  return scalar(2, 2, (site) => {
    const [a, b] = pair(site);
    return typed(
      once([a, b], (x, y) => `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${body(x, y)} END`),
      a.type,
    );
  });
}

function isIn(item: string, list: string): string {
  return `(CASE WHEN ${item} IS NULL THEN len(list_filter(${list}, lambda o: o IS NULL)) > 0 ELSE list_contains(${list}, ${item}) END)`;
}

/** The first of each value, in order. */
function distinct(list: string): string {
  return `list_transform([struct_pack(l := ${list})], lambda s: list_filter(s.l, lambda e, i: CASE WHEN e IS NULL THEN len(list_filter(s.l[1:i - 1], lambda p: p IS NULL)) = 0 ELSE list_position(s.l, e) = i END))[1]`;
}

/** aggregate(array, start, (state, x) -> …[, state -> …]). The state keeps the type of the start. */
function fold(site: CallSite): Typed {
  const list = arg(site, 0);
  const start = arg(site, 1);
  if (list.type.kind !== "array")
    throw site.mismatch(
      `The first parameter requires the "ARRAY" type, however it has the type "${typeText(list.type)}".`,
    );
  if (!sameType(list.type.element, start.type) || isPrimitive(start.type, "void"))
    throw site.unsupported("a state of another type than the array's elements");
  const merge = site.lambda(2, [start.type, list.type.element]);
  const merged = cast(merge.body, start.type).sql;
  const folded = typed(
    `list_reduce(${list.sql}, lambda ${merge.names.join(", ")}: ${merged}, ${start.sql})`,
    start.type,
  );
  if (site.args.length === 3) return folded;
  const finish = site.lambda(3, [start.type]);
  return typed(
    `list_transform([${folded.sql}], lambda ${finish.names[0]}: ${finish.body.sql})[1]`,
    finish.body.type,
  );
}
