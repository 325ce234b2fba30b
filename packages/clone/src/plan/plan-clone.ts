import { isView } from "../decide/cloneable.ts";
import { extentWords } from "../decide/extent.ts";
import { exclusionReason, schemasInScope } from "../decide/scope.ts";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import { toWire } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import type { ObjectError } from "../summarize/summary.ts";
import { definedFunctions, definedViews, planDefinitions } from "./definitions.ts";
import { overlaps } from "./locations.ts";
import { partialView } from "./partial-view.ts";
import { orphans } from "./orphans.ts";
import { type ClonePlan, type Stage, STAGES, type Step } from "./plan.ts";
import { type Planned, type Planning, planningOf, schemaStepId, stepId } from "./planning.ts";
import { planAccess } from "./governance/plan-access.ts";
import { planGovernance } from "./governance/plan-governance.ts";
import { defaultSchemaResidue } from "./residue.ts";
import { planTable } from "./tables.ts";
import { planVolume } from "./volumes.ts";

const CATALOG_STEP = "catalog";

/**
 * The plan of a request over what was found at both ends; `undefined` target: the destination does not exist yet.
 * Pure: the same inventories give the same plan, every object of the source in scope has a decision, and every decision a reason.
 */
export function planClone(
  request: CloneRequest,
  source: Inventory,
  target: Inventory | undefined,
): ClonePlan {
  const planning = planningOf(request, source, target);
  const inScope = schemasInScope(source.schemas, request);
  const unknown = inScope.flatMap((schema) => unknownSchema(schema, planning));
  const known = inScope.filter((schema) => unknownSchema(schema, planning).length === 0);
  const planned = planObjects(known, planning);
  const orphaned = orphans(planning);
  const decisions = [...planned.map(({ decision }) => decision), ...orphaned.decisions];
  const governance = planGovernance(known, planned, planning);
  const access = planAccess(governance.governed, governance.steps, planning);
  const steps = [
    ...catalogSteps(planning),
    ...schemaSteps(known, planning),
    ...planned.flatMap(stepOf),
    ...governance.steps,
    ...orphaned.steps,
  ];
  return {
    version: 1,
    request: toWire(request),
    sourceCatalog: source.catalog.name,
    destinationCatalog: planning.request.destinationCatalog,
    targetExists: target !== undefined,
    schemas: known.map(({ schema }) => schema.schema),
    decisions,
    steps: inStages(underCatalog(steps, target !== undefined)),
    blocked: [...unknown, ...planned.flatMap(({ blocked }) => blocked ?? [])],
    refused: [
      ...planned.flatMap(({ refused }) => refused ?? []),
      ...overlaps(steps, planning),
      ...access.refused,
    ],
    residue: [
      ...planned.flatMap(({ residue }) => residue ?? []),
      ...defaultSchemaResidue(planning),
      ...governance.residue,
    ],
    ...(source.readFrom === undefined || request.asOf.kind !== "latest"
      ? {}
      : { cut: { from: new Date(source.readFrom).toISOString() } }),
    access: access.access,
    notes: [
      ...asOfNote(request),
      ...(request.schemaOnly ? ["Tables are made with their columns and without rows."] : []),
      ...partialView(source),
      ...access.notes,
      ...orphaned.notes,
      ...nothingMatches(planning),
      ...notes(steps),
    ],
  };
}

function planObjects(schemas: readonly SchemaInventory[], planning: Planning): readonly Planned[] {
  const listed = schemas.flatMap(({ tables }) => tables);
  const tables = listed.filter((table) => !isView(table)).map((table) => planTable(table, planning));
  const byId = new Map(tables.map((table) => [stepId("table", table.decision).toLowerCase(), table]));
  const defined = [
    ...definedFunctions(schemas.flatMap(({ functions }) => functions)),
    ...definedViews(listed),
  ];
  const volumes = schemas.flatMap((schema) => schema.volumes.map((volume) => planVolume(volume, planning)));
  return [...tables, ...volumes, ...planDefinitions(defined, planning, byId)];
}

/** A schema that could not be listed at either end: nothing is known of it, so nothing in it is touched. */
function unknownSchema(inventory: SchemaInventory, { targetSchemas }: Planning): readonly ObjectError[] {
  const { schema, failure } = inventory;
  const there = targetSchemas.get(schema.schema.toLowerCase());
  return [
    ...(failure ? [inspectionError(`${schema.catalog}.${schema.schema}`, failure.message)] : []),
    ...(there?.failure
      ? [inspectionError(`${there.schema.catalog}.${there.schema.schema}`, there.failure.message)]
      : []),
  ];
}

function inspectionError(object: string, message: string): ObjectError {
  return { object, operation: "inspect", code: "INSPECTION_FAILED", message };
}

function catalogSteps({ request, source, target }: Planning): readonly Step[] {
  if (target !== undefined) return [];
  return [
    {
      id: CATALOG_STEP,
      stage: "catalog",
      kind: "catalog",
      object: request.destinationCatalog,
      reason: "never_cloned",
      dependsOn: [],
      operation: {
        kind: "create_catalog",
        catalog: request.destinationCatalog,
        comment: request.copy.comments ? (source.catalog.comment ?? null) : null,
      },
    },
  ];
}

function schemaSteps(
  schemas: readonly SchemaInventory[],
  { request, targetSchemas }: Planning,
): readonly Step[] {
  return schemas
    .filter(({ schema }) => !targetSchemas.has(schema.schema.toLowerCase()))
    .map(({ schema }) => ({
      id: schemaStepId(schema.schema),
      stage: "schemas",
      kind: "schema",
      object: `${request.destinationCatalog}.${schema.schema}`,
      reason: "never_cloned",
      dependsOn: [],
      operation: {
        kind: "create_schema",
        catalog: request.destinationCatalog,
        schema: schema.schema,
        comment: request.copy.comments ? (schema.comment ?? null) : null,
        properties: request.copy.properties ? schema.properties : {},
        source: `${schema.catalog}.${schema.schema}`,
      },
    }));
}

/** Schemas wait for the catalog when it has to be made. */
function underCatalog(steps: readonly Step[], exists: boolean): readonly Step[] {
  if (exists) return steps;
  return steps.map((step) => (step.kind === "schema" ? { ...step, dependsOn: [CATALOG_STEP] } : step));
}

function inStages(steps: readonly Step[]): readonly Step[] {
  const place = (stage: Stage) => STAGES.indexOf(stage);
  return steps.toSorted((a, b) => place(a.stage) - place(b.stage));
}

function stepOf({ step }: Planned): readonly Step[] {
  return step ? [step] : [];
}

/** Only tables have versions; whoever asks for an earlier moment should know what else is of today. */
function asOfNote({ asOf }: CloneRequest): readonly string[] {
  if (asOf.kind === "latest") return [];
  const when = asOf.kind === "version" ? `at version ${asOf.value}` : `as of ${asOf.value}`;
  return [
    `Tables are cloned ${when}; views, functions, volumes, grants, tags and comments are those of now, and commit times are each table's own.`,
  ];
}

/** A pattern with a slip in it leaves everything out; that must not look like a clone. */
function nothingMatches({ request, source }: Planning): readonly string[] {
  const pattern = request.scope.includeTables;
  if (pattern === undefined) return [];
  const tables = schemasInScope(source.schemas, request).flatMap((schema) => schema.tables);
  const wanted = tables.filter(
    (table) =>
      !isView(table) &&
      exclusionReason({ schema: table.schema, name: table.name, type: "table" }, request) === undefined,
  );
  if (wanted.length > 0) return [];
  return [`No table of ${source.catalog.name} in scope matches include_tables_regex ${pattern}.`];
}

function notes(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ object, operation }) => {
    if (operation.kind === "create_function" && operation.replace) {
      return [`${object}: replacing a function drops the grants on it.`];
    }
    if (operation.kind !== "clone_table") return [];
    const dropped =
      operation.existing === "drop_and_create"
        ? [
            `${object}: is dropped and made again, as shallow clones cannot be replaced in place; this cannot be undone.`,
          ]
        : [];
    const loose =
      operation.version === null && operation.extent.rows !== "none"
        ? [`${object}: has no version that can be pinned, and stands outside the consistent cut.`]
        : [];
    const filtered =
      operation.extent.rows === "where" ? [`${object}: gets ${extentWords(operation.extent)}.`] : [];
    return [...dropped, ...loose, ...filtered];
  });
}
