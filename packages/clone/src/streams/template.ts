import type { SqlFragment } from "@clone-xs/sql";

/** What a program's statements leave open until they run. Versions, times and limits are digits; the others are lists of quoted columns. */
export const HOLES = ["from", "to", "at", "limit", "definitions", "assignments", "names", "values"] as const;
export type Hole = (typeof HOLES)[number];

/**
 * A statement with holes: pieces of text as they are sent, and names of holes between them. Text and holes are kept apart, so that a
 * table called `{from}` is a table called `{from}`.
 */
export type Template = readonly TemplatePart[];

type TemplatePart = string | { readonly hole: Hole };

export type HoleValues = Readonly<Partial<Record<Hole, string>>>;

/** The hole of that name, for {@link template}. */
export function hole(name: Hole): Template {
  return [{ hole: name }];
}

/** A statement of fragments, holes and other templates, as the `sql` tag is one of fragments alone. */
export function template(
  strings: TemplateStringsArray,
  ...parts: readonly (SqlFragment | Template)[]
): Template {
  return strings
    .flatMap((text, i): Template => [text, ...partsOf(parts[i])])
    .reduce<readonly TemplatePart[]>(joined, []);
}

/** The text that is sent. Throws for a hole without a value, which is a mistake in this program. */
export function fill(text: Template, values: HoleValues): string {
  return text.map((part) => (typeof part === "string" ? part : valueOf(part.hole, values))).join("");
}

function partsOf(part: SqlFragment | Template | undefined): Template {
  if (part === undefined) return [];
  return "text" in part ? [part.text] : part;
}

function joined(parts: readonly TemplatePart[], part: TemplatePart): readonly TemplatePart[] {
  const last = parts.at(-1);
  if (part === "") return parts;
  return typeof last === "string" && typeof part === "string"
    ? [...parts.slice(0, -1), last + part]
    : [...parts, part];
}

function valueOf(name: Hole, values: HoleValues): string {
  const value = values[name];
  if (value === undefined) throw new Error(`Nothing was given for the hole ${name}.`);
  return value;
}
