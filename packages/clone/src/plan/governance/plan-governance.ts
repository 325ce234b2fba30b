import { localName, type Table } from "@clone-xs/unity";
import type { SchemaInventory } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import type { Residue } from "../../summarize/summary.ts";
import { type Planned, type Planning, readerOfTarget } from "../planning.ts";
import { isBareCopy, isLifted } from "../lifted.ts";
import { commentFindings } from "./comments.ts";
import { constraintFindings } from "./constraints.ts";
import { unlessStranger } from "./containers.ts";
import { type Context, contextOf, type Found } from "./context.ts";
import { type Finding, missing } from "./finding.ts";
import { type Governed, governedObjects, runnerOf } from "./governed.ts";
import { grantChanges } from "./grants.ts";
import { maskFindings } from "./masks.ts";
import { ownersFound, ownerSteps } from "./plan-owners.ts";
import { propertyChanges } from "./properties.ts";
import { changesOf, type GovernanceStep, idOf, stepsOf } from "./steps.ts";
import { tagChanges } from "./tags.ts";

export interface PlannedGovernance {
  readonly governed: readonly Governed[];
  readonly steps: readonly GovernanceStep[];
  readonly residue: readonly Residue[];
}

/**
 * What makes the target like the source around the data: masks and filters, constraints, comments, properties, tags, direct grants,
 * owners. A difference of the two inventories: where there is none there is no step, so that a second run sends nothing. What the target
 * has and the source has not is left, as its owner may have added it.
 */
export function planGovernance(
  schemas: readonly SchemaInventory[],
  planned: readonly Planned[],
  planning: Planning,
): PlannedGovernance {
  const governed = governedObjects(schemas, planned, planning);
  const context = contextOf(governed, planning);
  const around = governed.map((object) => ({ object, findings: findingsOf(object, context) }));
  const covers = liftedCovers(around, planning);
  const steps = stepsAround(around, covers);
  const owners = ownersFound(around, steps, context);
  const handed = ownerSteps(owners, steps, context).map((step) => after(step, covers));
  const found = [...around, ...owners];
  return {
    governed,
    steps: [...referencesLast(steps), ...handed],
    residue: [
      ...unreadResidue(planning),
      ...found.flatMap(({ object, findings }) => residueOf(object, findings)),
    ],
  };
}

/** The steps of everything but owners. Nothing is granted before what the grant reaches is covered. */
function stepsAround(around: readonly Found[], covers: readonly string[]): readonly GovernanceStep[] {
  const masked = maskIds(around);
  return around.flatMap(({ object, findings }) =>
    stepsOf(object, findings, ({ stage }) =>
      stage === "grants" ? [...(masked.get(object.key) ?? []), ...covers] : [],
    ),
  );
}

/** Steps that cover what was lifted for the copy: views show it too, so nothing at all is granted or handed over before them. */
function liftedCovers(around: readonly Found[], planning: Planning): readonly string[] {
  return around.flatMap(({ object, findings }) => {
    if (object.tables === undefined || !isLifted(object.tables.source, planning)) return [];
    return changesOf(findings).flatMap((change) => (change.stage === "masks" ? idOf(object, change) : []));
  });
}

function after(step: GovernanceStep, covers: readonly string[]): GovernanceStep {
  return covers.length === 0 ? step : { ...step, dependsOn: [...new Set([...step.dependsOn, ...covers])] };
}

/** In the order in which they can be carried out one by one: a foreign key after every primary key. */
function referencesLast(steps: readonly GovernanceStep[]): readonly GovernanceStep[] {
  const isReference = ({ operation }: GovernanceStep) =>
    operation.kind === "add_constraint" && operation.constraint.kind === "foreign_key";
  return [...steps.filter((step) => !isReference(step)), ...steps.filter(isReference)];
}

function findingsOf(object: Governed, context: Context): readonly Finding[] {
  const { planning, tags } = context;
  const { request } = planning;
  const { copy } = request;
  return unlessStranger(
    object,
    [
      ...(copy.security ? maskFindings(object, context, planning) : []),
      ...(copy.constraints ? constraintFindings(object, context, planning) : []),
      ...(copy.comments ? commentFindings(object) : []),
      ...(copy.properties ? propertyChanges(object, request) : []),
      ...(copy.tags ? tagChanges(object, tags) : []),
      ...(copy.permissions ? grantFindings(object, context) : []),
    ],
    context,
  );
}

/** What a grant would open is not granted: a copy that has lost its cover, or never got it. */
function grantFindings(object: Governed, { planning, grants }: Context): readonly Finding[] {
  const found = grantChanges(object, { grants, runner: runnerOf(planning) });
  const bare = found.length === 0 ? undefined : bareCopies(planning)[0];
  if (bare === undefined) return found;
  return [
    missing("grants", `the copy of ${localName(bare)} is there without its masks; drop it or cover it`),
  ];
}

function bareCopies(planning: Planning): readonly Table[] {
  const tables = planning.source.schemas.flatMap((schema) => schema.tables);
  return tables.filter((table) => isBareCopy(table, planning));
}

/** Ids of the mask steps by what a grant would have to be on to reach their tables: the catalog, a schema, a table. */
type MaskIds = ReadonlyMap<string, readonly string[]>;

function maskIds(found: readonly Found[]): MaskIds {
  const reached = found.flatMap(({ object, findings }) =>
    changesOf(findings)
      .filter(({ stage }) => stage === "masks")
      .flatMap((change) => {
        const [schema = ""] = object.local.split(".");
        const places = ["catalog", `schema:${schema}`, `table:${object.local}`];
        return places.map((place) => ({ place: place.toLowerCase(), id: idOf(object, change) }));
      }),
  );
  const groups = groupBy(reached, ({ place }) => place);
  return new Map([...groups].map(([place, items]) => [place, items.map(({ id }) => id)]));
}

function residueOf({ local }: Governed, findings: readonly Finding[]): readonly Residue[] {
  return findings.flatMap((finding) => {
    if (finding.kind === "change") return [];
    const { what, reason, column } = finding;
    return [{ object: column === undefined ? local : `${local}.${column}`, what, reason }];
  });
}

/** A view of `information_schema` that cannot be read leaves its aspect out, and that is said. */
function unreadResidue(planning: Planning): readonly Residue[] {
  const { request, source, target } = planning;
  const asked = [
    ["tags", request.copy.tags],
    ["grants", request.copy.permissions],
  ] as const satisfies readonly (readonly [string, boolean])[];
  const reads = asked.flatMap(([what, wanted]) =>
    (wanted ? [source[what], target?.[what]] : []).map((read) => ({ what, read })),
  );
  const owners = request.copy.ownership ? [{ what: "owner", read: readerOfTarget(planning).groups }] : [];
  return [...reads, ...owners].flatMap(({ what, read }) =>
    read?.ok === false ? [{ object: source.catalog.name, what, reason: read.failure.message }] : [],
  );
}
