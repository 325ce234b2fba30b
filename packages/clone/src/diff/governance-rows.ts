import type { GovernanceRead, Inventory, SecurableReference } from "../inspect/inventory.ts";
import { groupBy } from "../inspect/rows.ts";
import { securableKey } from "../plan/governance/securable-key.ts";
import type { CatalogComparison, ComparedRow } from "./comparison.ts";
import { row } from "./object-rows.ts";
import type { BothEnds } from "./pairs.ts";

/** Tags and direct grants of a securable at both ends, by its key (`securableKey`). */
export type GovernanceRows = (key: string) => readonly ComparedRow[];

/** What could be read at both ends; of the rest nothing is said. */
export function governanceRows({ source, target }: BothEnds): GovernanceRows {
  const tags = bothRead(source.tags, target.tags);
  const grants = bothRead(source.grants, target.grants);
  return (securable) => {
    const key = securable.toLowerCase();
    return [
      ...sideBySide("tags", tags, key, ({ tag, value }) => ({ name: tag, text: value })),
      ...sideBySide("grants", grants, key, ({ principal, privilege }) => ({
        name: principal,
        text: privilege,
        id: `${principal} ${privilege}`,
      })),
    ];
  };
}

/** Why tags or grants are compared nowhere. */
export function unreadGovernance({ source, target }: BothEnds): CatalogComparison["unread"] {
  const failure = (read: Inventory["tags"] | Inventory["grants"], end: string) =>
    read.ok ? [] : [`${end}: ${read.failure.message}`];
  return (["tags", "grants"] as const).flatMap((what) => {
    const reasons = [...failure(source[what], "source"), ...failure(target[what], "destination")];
    return reasons.length === 0 ? [] : [{ what, reason: reasons.join(" ") }];
  });
}

type ByKey<Row> = ReadonlyMap<string, readonly Row[]>;

function bothRead<Row extends SecurableReference>(
  source: GovernanceRead<Row>,
  target: GovernanceRead<Row>,
): readonly [ByKey<Row>, ByKey<Row>] | undefined {
  if (!source.ok || !target.ok) return undefined;
  return [groupBy(source.rows, securableKey), groupBy(target.rows, securableKey)];
}

interface Item {
  readonly name: string;
  readonly text: string;
  /** By what both ends are matched; absent: by the name. */
  readonly id?: string;
}

function sideBySide<Row>(
  what: string,
  ends: readonly [ByKey<Row>, ByKey<Row>] | undefined,
  key: string,
  itemOf: (row: Row) => Item,
): readonly ComparedRow[] {
  const items = (map: ByKey<Row> | undefined) =>
    new Map((map?.get(key) ?? []).map(itemOf).map((item) => [item.id ?? item.name, item]));
  const [one, other] = [items(ends?.[0]), items(ends?.[1])];
  const ids = [...new Set([...one.keys(), ...other.keys()])].sort();
  return ids.flatMap((id) => {
    const [source, target] = [one.get(id), other.get(id)];
    const { name } = source ?? target ?? { name: id };
    return row({ what, name }, source?.text, target?.text);
  });
}
