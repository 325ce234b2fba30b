import { groupBy } from "../../inspect/rows.ts";
import { unlessStranger } from "./containers.ts";
import type { Context, Found } from "./context.ts";
import { type Governed, runnerOf } from "./governed.ts";
import { grantsAfter } from "./grants-after.ts";
import type { GovernanceOperation } from "./operations.ts";
import { ownerFindings } from "./owners.ts";
import { type GovernanceStep, stepsOf } from "./steps.ts";
import { nameOfTarget } from "./target-name.ts";

/** Owners, last: whether the runner can do without owning something depends on what will have been granted. */
export function ownersFound(
  around: readonly Found[],
  steps: readonly GovernanceStep[],
  context: Context,
): readonly Found[] {
  const { planning, governed, grants, groups } = context;
  const { copy, destinationCatalog: targetCatalog } = planning.request;
  if (!copy.ownership) return [];
  const after = grantsAfter({ governed, grants, steps });
  const options = { runner: runnerOf(planning), groups, after, targetCatalog };
  return around.map(({ object }) => ({
    object,
    findings: unlessStranger(object, ownerFindings(object, options), context),
  }));
}

/** Each after everything else of its object, and after what lets the runner do without owning it. */
export function ownerSteps(
  owners: readonly Found[],
  steps: readonly GovernanceStep[],
  context: Context,
): readonly GovernanceStep[] {
  const own = groupBy(steps, ({ operation }) => nameOfTarget(tableOf(operation.target)));
  const rights = rightsOfRunner(steps, context);
  return owners.flatMap(({ object, findings }) =>
    stepsOf(object, findings, () => {
      const before = own.get(nameOfTarget(object.target)) ?? [];
      return [...before.map(({ id }) => id), ...rights(object)];
    }),
  );
}

/** A column's table; anything else itself. */
function tableOf(target: GovernanceOperation["target"]): GovernanceOperation["target"] {
  if (!("column" in target)) return target;
  const { catalog, schema, name } = target;
  return { catalog, schema, name };
}

/** Steps that grant the runner or its groups something above an object. */
function rightsOfRunner(
  steps: readonly GovernanceStep[],
  { planning, groups }: Context,
): (object: Governed) => readonly string[] {
  const runner = runnerOf(planning);
  const granting = steps.flatMap(({ id, operation }) => {
    if (operation.kind !== "grant") return [];
    const { target, principal } = operation;
    if (target.type !== "catalog" && target.type !== "schema") return [];
    return principal === runner || groups.has(principal.toLowerCase()) ? [{ id, target }] : [];
  });
  return ({ kind, local }) => {
    if (kind === "catalog" || granting.length === 0) return [];
    const within = (schema: string) => `${local}.`.toLowerCase().startsWith(`${schema}.`.toLowerCase());
    return granting.flatMap(({ id, target }) =>
      target.type === "catalog" || within(target.schema) ? [id] : [],
    );
  };
}
