import type { ColumnName, SecurableName } from "@clone-xs/sql";
import type { TagAssignment } from "../../inspect/inventory.ts";
import type { Change } from "./finding.ts";
import { type Governed, levelOf } from "./governed.ts";
import type { Assigned } from "./assigned.ts";

/**
 * The tags that the target lacks or has with another value, one statement for the object and one for each column. A tag that the
 * source does not have stays: whether the target's owner set it or an earlier clone did, nothing tells.
 */
export function tagChanges(object: Governed, tags: Assigned<TagAssignment>): readonly Change[] {
  const { key, target, survives } = object;
  const there = survives ? tags.target(key) : [];
  const own = tags.isKnown(levelOf(object)) ? differing(tags.source(key), there) : {};
  return [...change(target, undefined, own), ...columnChanges(object, tags)];
}

function columnChanges(object: Governed, tags: Assigned<TagAssignment>): readonly Change[] {
  const { kind, target, tables, survives } = object;
  if ((target.type !== "table" && target.type !== "view") || tables === undefined) return [];
  if (!tags.isKnown("column")) return [];
  return tables.source.columns.flatMap(({ name: column }) => {
    const key = `column:${object.local}.${column}`.toLowerCase();
    const wanted = tags.source(key);
    // Few columns have tags, and there are many columns.
    if (wanted.length === 0) return [];
    const tagsThere = survives ? tags.target(key) : [];
    const of = kind === "view" ? "view" : "table";
    const on = { ...target, type: "column", of, column } as const;
    return change(on, column, differing(wanted, tagsThere));
  });
}

function differing(
  wanted: readonly TagAssignment[],
  there: readonly TagAssignment[],
): Readonly<Record<string, string>> {
  const present = new Map(there.map(({ tag, value }) => [tag, value]));
  return Object.fromEntries(
    wanted.filter(({ tag, value }) => present.get(tag) !== value).map(({ tag, value }) => [tag, value]),
  );
}

function change(
  target: SecurableName | ColumnName,
  part: string | undefined,
  tags: Readonly<Record<string, string>>,
): readonly Change[] {
  if (Object.keys(tags).length === 0) return [];
  const operation = { kind: "set_tags", target, tags } as const;
  return [{ kind: "change", stage: "tags", operation, ...(part === undefined ? {} : { part }) }];
}
