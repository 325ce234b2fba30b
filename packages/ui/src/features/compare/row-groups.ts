import type { ComparedRow } from "@clone-xs/server/contract";

/** Rows of one part of an object, in their order. */
export interface RowGroup {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

/** Parts of an object as people look for them. What is about a column stands with the columns. */
const PARTS: readonly (readonly [title: string, whats: readonly string[]])[] = [
  ["Kind", ["table", "view", "volume"]],
  ["Listing", ["schema"]],
  ["Rows", ["data"]],
  ["Definition", ["definition"]],
  ["Keys", ["constraints"]],
  ["Row filter", ["row filter"]],
  ["Properties", ["properties"]],
  ["Tags", ["tags"]],
  ["Grants", ["grants"]],
  ["Owner and comment", ["owner", "comment"]],
];

/** The rows of an object part by part; parts that it has not are left out, and none is lost. */
export function groupsOf(rows: readonly ComparedRow[]): readonly RowGroup[] {
  const columns = rows.filter(({ column }) => column !== undefined);
  const others = rows.filter(({ column }) => column === undefined);
  const known = new Set(PARTS.flatMap(([, whats]) => whats));
  const [kind, listing, data, ...rest] = PARTS.map(
    ([title, whats]): RowGroup => ({ title, rows: others.filter(({ what }) => whats.includes(what)) }),
  );
  const unknown = others.filter(({ what }) => !known.has(what));
  return [
    kind,
    listing,
    data,
    { title: "Columns", rows: columns },
    ...rest,
    { title: "Other", rows: unknown },
  ].filter((group): group is RowGroup => group !== undefined && group.rows.length > 0);
}

/** What a row is about, within its part. `dim`: it is a fact of the column before it. */
export function labelOf({ what, column, name }: ComparedRow): {
  readonly text: string;
  readonly dim: boolean;
} {
  if (column === undefined) return { text: name ?? what, dim: name === undefined };
  if (what === "column") return { text: name ?? column, dim: name !== undefined };
  return { text: name === undefined ? what : `tag ${name}`, dim: true };
}

/** Texts that are compared line by line. */
export function isText({ what, source, target }: ComparedRow): boolean {
  return what === "definition" || [source, target].some((text) => text?.includes("\n"));
}
