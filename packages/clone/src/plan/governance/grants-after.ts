import type { SecurableName } from "@clone-xs/sql";
import type { DirectGrant, SecurableReference } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import type { Step } from "../plan.ts";
import type { Assigned } from "./assigned.ts";
import type { Governed } from "./governed.ts";
import { securableKey } from "./securable-key.ts";

export interface GrantsAfterOptions {
  readonly governed: readonly Governed[];
  /** Direct grants as they are at both ends before the run. */
  readonly grants: Assigned<DirectGrant>;
  readonly steps: readonly Step[];
}

/** The grants on what is governed when the steps have been carried out, by key: those that outlive them, and those that they give. */
export function grantsAfter({
  governed,
  grants,
  steps,
}: GrantsAfterOptions): ReadonlyMap<string, readonly DirectGrant[]> {
  const given = groupBy(steps.flatMap(grantsOf), securableKey);
  return new Map(
    governed.map(({ key, survives }) => [
      key,
      [...(survives ? grants.target(key) : []), ...(given.get(key) ?? [])],
    ]),
  );
}

function grantsOf({ operation }: Step): readonly DirectGrant[] {
  if (operation.kind !== "grant") return [];
  const { target, principal, privileges } = operation;
  return privileges.map((privilege) => ({ ...referenceOf(target), principal, privilege }));
}

function referenceOf(target: SecurableName): SecurableReference {
  if (target.type === "catalog") return { level: "catalog" };
  if (target.type === "schema") return { level: "schema", schema: target.schema };
  const level = target.type === "view" ? "table" : target.type;
  return { level, schema: target.schema, name: target.name };
}
