import type { DirectGrant, SecurableReference } from "../../inspect/inventory.ts";
import { type Finding, missing } from "./finding.ts";
import type { Governed } from "./governed.ts";
import { contains } from "./grants.ts";
import { securableKey } from "./securable-key.ts";

export interface OwnerOptions {
  readonly runner: string;
  /** Groups that the runner belongs to, in lower case. */
  readonly groups: ReadonlySet<string>;
  /** What is granted on the target when everything else is done, by key. */
  readonly after: ReadonlyMap<string, readonly DirectGrant[]>;
  readonly targetCatalog: string;
}

/** What a second run has to be able to do to an object that belongs to somebody else. */
const NEEDED = {
  table: ["MANAGE", "SELECT", "MODIFY"],
  volume: ["MANAGE", "READ_VOLUME", "WRITE_VOLUME"],
  schema: ["MANAGE", "ALL_PRIVILEGES"],
} as const;

/**
 * Ownership, handed over only where the runner can do the same again: to a group it belongs to, or where what it was granted above
 * outlives ownership. Views and functions may be given to others by metastore admins alone, and changed by their owners alone.
 * Source: "Manage ownership" in the Unity Catalog documentation; "ALTER VIEW", whose AS needs ownership.
 */
export function ownerFindings(object: Governed, options: OwnerOptions): readonly Finding[] {
  const { source, present, target } = object;
  const { owner } = source;
  const { runner } = options;
  if (owner === present.owner || owner === "") return [];
  if (present.owner !== runner && !isMember(present.owner, options)) {
    return [missing("owner", `the copy belongs to ${present.owner}, and was left so`)];
  }
  const hindrance = isMember(owner, options) ? undefined : hindranceOf(object, options);
  if (hindrance !== undefined) return [missing("owner", `the copy belongs to ${runner}: ${hindrance}`)];
  return [{ kind: "change", stage: "owners", operation: { kind: "set_owner", target, owner } }];
}

/** Why a second run would not work if somebody else owned the object. */
function hindranceOf({ kind, local }: Governed, options: OwnerOptions): string | undefined {
  const { runner, targetCatalog } = options;
  if (kind === "view" || kind === "function") {
    return `only the owner of a ${kind} can change it in the next run; make its owner a group that ${runner} belongs to`;
  }
  if (kind === "catalog") {
    return `without owning it ${runner} could not carry on; make its owner a group that ${runner} belongs to`;
  }
  const held = heldAbove(kind, local, options);
  if (NEEDED[kind].every((privilege) => contains(held, privilege))) return undefined;
  const words = kind === "schema" ? "ALL PRIVILEGES, MANAGE" : NEEDED[kind].join(", ").replaceAll("_", " ");
  return `the next run would lack ${words} on it; GRANT them ON CATALOG ${targetCatalog} TO ${runner} and run again`;
}

/** What the runner and its groups were granted on the target above an object. */
function heldAbove(kind: Governed["kind"], local: string, options: OwnerOptions): readonly string[] {
  const [schema = ""] = local.split(".");
  const above: readonly SecurableReference[] =
    kind === "schema" ? [{ level: "catalog" }] : [{ level: "catalog" }, { level: "schema", schema }];
  return above
    .flatMap((place) => options.after.get(securableKey(place)) ?? [])
    .filter(({ principal }) => principal === options.runner || isMember(principal, options))
    .map(({ privilege }) => privilege);
}

function isMember(principal: string, { groups }: OwnerOptions): boolean {
  return groups.has(principal.toLowerCase());
}
