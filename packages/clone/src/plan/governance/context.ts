import type { DirectGrant, TagAssignment } from "../../inspect/inventory.ts";
import { type Planning, readerOfTarget } from "../planning.ts";
import { type Assigned, assigned, rowsOf } from "./assigned.ts";
import type { Finding } from "./finding.ts";
import type { Governed } from "./governed.ts";

/** What finding the aspects of one object needs to know of all the others. */
export interface Context {
  readonly planning: Planning;
  readonly governed: readonly Governed[];
  /** `kind:schema.name` of everything governed, in lower case. */
  readonly ours: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, Governed>;
  readonly functions: ReadonlyMap<string, Governed>;
  readonly tags: Assigned<TagAssignment>;
  readonly grants: Assigned<DirectGrant>;
  readonly groups: ReadonlySet<string>;
}

export function contextOf(governed: readonly Governed[], planning: Planning): Context {
  const { source, target } = planning;
  const of = (kind: Governed["kind"]) =>
    new Map(governed.filter((one) => one.kind === kind).map((one) => [one.local.toLowerCase(), one]));
  return {
    planning,
    governed,
    ours: new Set(governed.map(({ kind, local }) => `${kind}:${local}`.toLowerCase())),
    tables: of("table"),
    functions: of("function"),
    tags: assigned(source.tags, target?.tags),
    grants: assigned(source.grants, target?.grants),
    groups: new Set(rowsOf(readerOfTarget(planning).groups).map((group) => group.toLowerCase())),
  };
}

/** What was found of one object. */
export interface Found {
  readonly object: Governed;
  readonly findings: readonly Finding[];
}
