import { id, join, lit, sql, statement } from "@clone-xs/sql";
import type { Workspace } from "@clone-xs/unity";
import { failureOf } from "./failure.ts";
import type { GovernanceRead, Inventory } from "./inventory.ts";

/**
 * Which of the names that own something, or were granted something, are groups that the caller belongs to: one statement, none when
 * there is nobody else. Source: `is_account_group_member` in the Databricks SQL reference; a name that is no group gives false.
 */
export async function readGroups(
  { statements, identity }: Workspace,
  names: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<GovernanceRead<string>> {
  const asked = [...names].filter((name) => name !== identity.userName && name !== "").sort();
  if (asked.length === 0) return { ok: true, rows: [] };
  const items = asked.map((name, i) => sql`is_account_group_member(${lit(name)}) AS ${id(`g${i}`)}`);
  try {
    const { rows } = await statements.execute(
      statement("select", sql`SELECT ${join(items)}`),
      signal ? { signal } : {},
    );
    return { ok: true, rows: asked.filter((_, i) => rows[0]?.[i]?.toLowerCase() === "true") };
  } catch (error) {
    return { ok: false, failure: failureOf(error, "Memberships of groups could not be read") };
  }
}

/**
 * The names whose groups matter: who owns something at either end, and who was granted something on a container. None when everything
 * at the source is its reader's own, who is the target's reader too: then nothing is handed over and nothing is hidden.
 */
export function namesToAsk(
  source: Inventory,
  target: Inventory | undefined,
  targetReader: string,
): ReadonlySet<string> {
  const owners = ownersOf(source);
  if (owners.every((owner) => owner === source.userName && owner === targetReader)) return new Set();
  const granted = [source, target].flatMap((end) => (end?.grants.ok ? end.grants.rows : []));
  return new Set([
    ...owners,
    ...(target ? ownersOf(target) : []),
    ...granted.filter(({ name }) => name === undefined).map(({ principal }) => principal),
  ]);
}

function ownersOf({ catalog, schemas }: Inventory): readonly string[] {
  const owned = schemas.flatMap(({ schema, tables, functions, volumes }) => [
    schema,
    ...tables,
    ...functions,
    ...volumes,
  ]);
  return [...new Set([catalog, ...owned].map(({ owner }) => owner))];
}
