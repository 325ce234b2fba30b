import type { DirectGrant } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import type { Assigned } from "./assigned.ts";
import type { Change } from "./finding.ts";
import { type Governed, levelOf } from "./governed.ts";

/** Privileges that ALL PRIVILEGES does not contain. Source: Unity Catalog privileges reference, "ALL PRIVILEGES". */
const NOT_IN_ALL = new Set(["MANAGE", "EXTERNAL_USE_SCHEMA", "EXTERNAL_USE_LOCATION"]);

export interface GrantOptions {
  readonly grants: Assigned<DirectGrant>;
  /** Who owns the copies: its own grants on the source say nothing about the target. */
  readonly runner: string;
}

/**
 * Direct grants that the target lacks, as direct grants, one statement for each principal. What a principal inherits is not granted
 * again: it comes with the grant above, or not at all. Grants that only the target has stay.
 */
export function grantChanges(object: Governed, { grants, runner }: GrantOptions): readonly Change[] {
  const { key, target, survives } = object;
  if (!grants.isKnown(levelOf(object))) return [];
  const wanted = groupBy(grants.source(key), ({ principal }) => principal);
  const there = groupBy(survives ? grants.target(key) : [], ({ principal }) => principal);
  return [...wanted].flatMap(([principal, rows]): readonly Change[] => {
    const privileges = lacking(privilegesOf(rows), privilegesOf(there.get(principal) ?? []));
    if (principal === runner || privileges.length === 0) return [];
    const operation = { kind: "grant", target, principal, privileges } as const;
    return [{ kind: "change", stage: "grants", part: principal, operation }];
  });
}

function privilegesOf(rows: readonly DirectGrant[]): readonly string[] {
  return [...new Set(rows.map(({ privilege }) => privilege))].sort();
}

function lacking(wanted: readonly string[], held: readonly string[]): readonly string[] {
  return wanted.filter((privilege) => !contains(held, privilege));
}

/** Whether a list of privileges gives one of them, by name or inside ALL PRIVILEGES. */
export function contains(held: readonly string[], privilege: string): boolean {
  return held.includes(privilege) || (held.includes("ALL_PRIVILEGES") && !NOT_IN_ALL.has(privilege));
}
