import { cast } from "../execution/translate/casts.ts";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { nullOf, once, type Typed, typed } from "../execution/translate/typed.ts";
import { sameType, type StructType, type Type } from "../execution/types/types.ts";

/**
 * A value as one of a wider type: fields of structs are matched by name, and those that the value lacks are taken from `old`, the value
 * before, or NULL. What holds no struct is cast.
 */
export function adapted(value: Typed, to: Type, old?: Typed): Typed {
  if (sameType(value.type, to) || !holdsStruct(to)) return cast(value, to);
  const from = value.type;
  if (from.kind === "struct" && to.kind === "struct") return typed(adaptedStruct(value, from, to, old), to);
  if (from.kind === "array" && to.kind === "array") {
    const item = `e${depth(to)}`;
    const element = adapted(typed(item, from.element), to.element);
    return typed(`list_transform(${value.sql}, lambda ${item}: ${element.sql})`, to);
  }
  if (from.kind !== "map" || to.kind !== "map") return cast(value, to);
  const item = `e${depth(to)}`;
  const key = adapted(typed(`${item}.key`, from.key), to.key).sql;
  const entry = adapted(typed(`${item}.value`, from.value), to.value).sql;
  return typed(
    `map_from_entries(list_transform(map_entries(${value.sql}), lambda ${item}: struct_pack(key := ${key}, value := ${entry})))`,
    to,
  );
}

function adaptedStruct(value: Typed, from: StructType, to: StructType, old: Typed | undefined): string {
  return once(old === undefined ? [value] : [value, old], (v = "", o = "NULL") => {
    const fields = to.fields.map(({ name, type }) => {
      const given = fieldOf(from, name);
      const kept = old?.type.kind === "struct" ? fieldOf(old.type, name) : undefined;
      const before = kept && typed(extract(o, kept.name), kept.type);
      const item = given
        ? adapted(typed(extract(v, given.name), given.type), type, before)
        : (before ?? typed(nullOf(type), type));
      return `${quoteName(name)} := ${item.sql}`;
    });
    return `CASE WHEN ${v} IS NOT NULL THEN struct_pack(${fields.join(", ")}) END`;
  });
}

function extract(sql: string, name: string): string {
  return `struct_extract(${sql}, ${quoteText(name)})`;
}

function fieldOf({ fields }: StructType, name: string) {
  return fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

function holdsStruct(type: Type): boolean {
  if (type.kind === "array") return holdsStruct(type.element);
  if (type.kind === "map") return holdsStruct(type.key) || holdsStruct(type.value);
  return type.kind === "struct";
}

function depth(type: Type): number {
  if (type.kind === "array") return 1 + depth(type.element);
  if (type.kind === "map") return 1 + Math.max(depth(type.key), depth(type.value));
  if (type.kind === "struct") return Math.max(0, ...type.fields.map((f) => depth(f.type)));
  return 0;
}
