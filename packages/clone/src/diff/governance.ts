import type { Inventory, SecurableReference } from "../inspect/inventory.ts";
import { groupBy } from "../inspect/rows.ts";
import { securableKey } from "../plan/governance/securable-key.ts";
import { aspect } from "./aspects.ts";
import type { Difference } from "./diff.ts";

/** By securable key: gets the securable's name and gives its differing tags and grants. */
export type GovernanceDifferences = ReadonlyMap<string, (object: string) => readonly Difference[]>;

/** Compares what could be read at both ends. */
export function governanceDifferences(source: Inventory, target: Inventory): GovernanceDifferences {
  const tags = bySecurable(source.tags, target.tags, ({ tag, value }) => `${tag}=${value}`);
  const grants = bySecurable(
    source.grants,
    target.grants,
    ({ principal, privilege }) => `${principal}: ${privilege}`,
  );
  const keys = new Set([...tags.keys(), ...grants.keys()]);
  return new Map(
    [...keys].map((key) => [
      key,
      (object: string) => [
        ...aspect(object, "tags", tags.get(key)?.source, tags.get(key)?.target),
        ...aspect(object, "grants", grants.get(key)?.source, grants.get(key)?.target),
      ],
    ]),
  );
}

function bySecurable<Row extends SecurableReference>(
  source: { readonly ok: true; readonly rows: readonly Row[] } | { readonly ok: false },
  target: { readonly ok: true; readonly rows: readonly Row[] } | { readonly ok: false },
  text: (row: Row) => string,
): ReadonlyMap<string, { readonly source: string; readonly target: string }> {
  if (!source.ok || !target.ok) return new Map();
  const [ones, others] = [groupBy(source.rows, securableKey), groupBy(target.rows, securableKey)];
  const shown = (rows: readonly Row[] = []) => rows.map(text).sort().join(", ");
  const keys = [...new Set([...ones.keys(), ...others.keys()])];
  return new Map(keys.map((key) => [key, { source: shown(ones.get(key)), target: shown(others.get(key)) }]));
}

/** What could not be read cannot be said to be the same. */
export function unreadable(source: Inventory, target: Inventory): readonly Difference[] {
  return (["tags", "grants"] as const).flatMap((what) => {
    const [one, other] = [source[what], target[what]];
    const text = (read: typeof one) => (read.ok ? "read" : read.failure.message);
    if (one.ok && other.ok) return [];
    return [{ object: source.catalog.name, what, source: text(one), target: text(other) }];
  });
}
