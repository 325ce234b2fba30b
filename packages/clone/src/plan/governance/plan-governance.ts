import type { DirectGrant, SchemaInventory, TagAssignment } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import type { Residue } from "../../summarize/summary.ts";
import type { Step } from "../plan.ts";
import type { Planned, Planning } from "../planning.ts";
import { type Assigned, assigned, rowsOf } from "./assigned.ts";
import { changeId } from "./change-id.ts";
import { commentFindings } from "./comments.ts";
import { constraintFindings } from "./constraints.ts";
import { strangerIn } from "./containers.ts";
import { type Change, type Finding, missing } from "./finding.ts";
import { type Governed, governedObjects, runnerOf } from "./governed.ts";
import { grantChanges } from "./grants.ts";
import { maskFindings } from "./masks.ts";
import type { GovernanceOperation } from "./operations.ts";
import { ownerFindings } from "./owners.ts";
import { propertyChanges } from "./properties.ts";
import { tagChanges } from "./tags.ts";
import { nameOfTarget } from "./target-name.ts";

export interface PlannedGovernance {
  readonly governed: readonly Governed[];
  readonly steps: readonly Step[];
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
  const found = governed.map((object) => ({ object, findings: findingsOf(object, context) }));
  const masked = maskIds(found);
  return {
    governed,
    steps: referencesLast(found.flatMap(({ object, findings }) => stepsOf(object, findings, masked))),
    residue: [
      ...unreadResidue(planning),
      ...found.flatMap(({ object, findings }) => residueOf(object, findings)),
    ],
  };
}

/** In the order in which they can be carried out one by one: a foreign key after every primary key. */
function referencesLast(steps: readonly Step[]): readonly Step[] {
  const isReference = ({ operation }: Step) =>
    operation.kind === "add_constraint" && operation.constraint.kind === "foreign_key";
  return [...steps.filter((step) => !isReference(step)), ...steps.filter(isReference)];
}

interface Context {
  readonly planning: Planning;
  readonly governed: readonly Governed[];
  readonly tables: ReadonlyMap<string, Governed>;
  readonly functions: ReadonlyMap<string, Governed>;
  readonly tags: Assigned<TagAssignment>;
  readonly grants: Assigned<DirectGrant>;
  readonly groups: ReadonlySet<string>;
}

function contextOf(governed: readonly Governed[], planning: Planning): Context {
  const { source, target } = planning;
  const of = (kind: Governed["kind"]) =>
    new Map(governed.filter((one) => one.kind === kind).map((one) => [one.local.toLowerCase(), one]));
  return {
    planning,
    governed,
    tables: of("table"),
    functions: of("function"),
    tags: assigned(source.tags, target?.tags),
    grants: assigned(source.grants, target?.grants),
    groups: new Set(rowsOf((target ?? source).groups).map((group) => group.toLowerCase())),
  };
}

function findingsOf(object: Governed, context: Context): readonly Finding[] {
  const findings = aspectsOf(object, context);
  if (object.kind !== "catalog" && object.kind !== "schema") return findings;
  const stranger = findings.length === 0 ? undefined : strangerIn(object, context.governed, context.planning);
  return stranger === undefined ? findings : leftToItsOwner(findings, stranger);
}

function aspectsOf(object: Governed, context: Context): readonly Finding[] {
  const { planning, tags, grants } = context;
  const { copy, destinationCatalog } = planning.request;
  const runner = runnerOf(planning);
  const owners = {
    runner,
    groups: context.groups,
    grants,
    targetCatalog: destinationCatalog,
  };
  return [
    ...(copy.security ? maskFindings(object, context, planning) : []),
    ...(copy.constraints ? constraintFindings(object, context, planning) : []),
    ...(copy.comments ? commentFindings(object) : []),
    ...(copy.properties ? propertyChanges(object, planning.request) : []),
    ...(copy.tags ? tagChanges(object, tags) : []),
    ...(copy.permissions ? grantChanges(object, { grants, runner }) : []),
    ...(copy.ownership ? ownerFindings(object, owners) : []),
  ];
}

/** The words of the residue for what a change would have brought. */
const WHAT: Readonly<Record<GovernanceOperation["kind"], string>> = {
  set_mask: "mask",
  set_row_filter: "row filter",
  add_constraint: "constraints",
  set_comment: "comment",
  set_properties: "properties",
  set_tags: "tags",
  grant: "grants",
  set_owner: "owner",
};

/** One line for each aspect, with what else stands in the container. */
function leftToItsOwner(findings: readonly Finding[], stranger: string): readonly Finding[] {
  const whats = findings.map((one) => (one.kind === "missing" ? one.what : WHAT[one.operation.kind]));
  const reason = `the target also holds ${stranger}, which is no clone of this source and would be reached; set it there by hand`;
  return [...new Set(whats)].map((what) => missing(what, reason));
}

/** Ids of the mask steps by what a grant would have to be on to reach their tables: the catalog, a schema, a table. */
type MaskIds = ReadonlyMap<string, readonly string[]>;

function maskIds(
  found: readonly { readonly object: Governed; readonly findings: readonly Finding[] }[],
): MaskIds {
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

function stepsOf(object: Governed, findings: readonly Finding[], masked: MaskIds): readonly Step[] {
  const changes = changesOf(findings);
  const others = changes.filter(({ stage }) => stage !== "owners").map((change) => idOf(object, change));
  // Nothing is opened before it is covered.
  const covered = masked.get(object.key) ?? [];
  return changes.map((change) => {
    const before = change.stage === "owners" ? others : change.stage === "grants" ? covered : [];
    const needs = [...object.dependsOn, ...(change.needs ?? []), ...before];
    return {
      id: idOf(object, change),
      stage: change.stage,
      kind: "governance",
      object: nameOfTarget(change.operation.target),
      reason: object.step?.reason ?? (object.dependsOn.length > 0 ? "never_cloned" : "differs"),
      dependsOn: [...new Set(needs)],
      operation: change.operation,
    };
  });
}

function idOf(object: Governed, { stage, part }: Change): string {
  return changeId(stage, object, part);
}

function changesOf(findings: readonly Finding[]): readonly Change[] {
  return findings.filter((finding) => finding.kind === "change");
}

function residueOf({ local }: Governed, findings: readonly Finding[]): readonly Residue[] {
  return findings.flatMap((finding) => {
    if (finding.kind === "change") return [];
    const { what, reason, column } = finding;
    return [{ object: column === undefined ? local : `${local}.${column}`, what, reason }];
  });
}

/** A view of `information_schema` that cannot be read leaves its aspect out, and that is said. */
function unreadResidue({ request, source, target }: Planning): readonly Residue[] {
  const asked = [
    ["tags", request.copy.tags],
    ["grants", request.copy.permissions],
  ] as const satisfies readonly (readonly [string, boolean])[];
  const reads = asked.flatMap(([what, wanted]) =>
    (wanted ? [source[what], target?.[what]] : []).map((read) => ({ what, read })),
  );
  const owners = request.copy.ownership ? [{ what: "owner", read: (target ?? source).groups }] : [];
  return [...reads, ...owners].flatMap(({ what, read }) =>
    read?.ok === false ? [{ object: source.catalog.name, what, reason: read.failure.message }] : [],
  );
}
