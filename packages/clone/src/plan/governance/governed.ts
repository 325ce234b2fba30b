import type { SecurableName } from "@clone-xs/sql";
import type { Table } from "@clone-xs/unity";
import { isView } from "../../decide/cloneable.ts";
import { localKey, type SchemaInventory } from "../../inspect/inventory.ts";
import type { Step } from "../plan.ts";
import {
  type Planned,
  type Planning,
  schemaStepId,
  targetFunction,
  targetNameOf,
  targetTable,
  readerOfTarget,
} from "../planning.ts";
import { securableKey } from "./securable-key.ts";

/** A securable of the source whose copy is on the target when the run ends, with what will stand around it once its own step is done. */
export interface Governed {
  readonly kind: "catalog" | "schema" | "table" | "view" | "volume" | "function";
  /** As the source calls it in reports: `schema.name`, `schema`, or the catalog. */
  readonly local: string;
  /** Key of its tags and grants at both ends. */
  readonly key: string;
  readonly target: SecurableName;
  readonly source: Described;
  /** What its own step leaves. */
  readonly present: Described;
  /** Tags, grants, constraints, masks and the owner that the target had before are still there after its own step. */
  readonly survives: boolean;
  /** Its own step may have lost them all the same: how the workspace replaces a table is not told. */
  readonly replaced: boolean;
  /** The step that makes or changes it; none when it is kept. */
  readonly step: Step | undefined;
  readonly dependsOn: readonly string[];
  /** Of tables and views. */
  readonly tables?: { readonly source: Table; readonly target: Table | undefined };
}

interface Described {
  readonly owner: string;
  readonly comment?: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** Everything that is governed: the catalog, the schemas, then the objects that are made or kept. */
export function governedObjects(
  schemas: readonly SchemaInventory[],
  planned: readonly Planned[],
  planning: Planning,
): readonly Governed[] {
  const sources = sourceObjects(schemas);
  const objects = planned.flatMap((one) => governedObject(one, sources, planning));
  return [governedCatalog(planning), ...schemas.map((one) => governedSchema(one, planning)), ...objects];
}

/** How tags and grants are told of: a view is a table there. */
export function levelOf({ kind }: Governed): Exclude<Governed["kind"], "view"> {
  return kind === "view" ? "table" : kind;
}

/** Who owns what the run makes. */
export function runnerOf(planning: Planning): string {
  return readerOfTarget(planning).userName;
}

function governedCatalog(planning: Planning): Governed {
  const { request, source, target } = planning;
  const { catalog } = source;
  return {
    kind: "catalog",
    local: catalog.name,
    key: securableKey({ level: "catalog" }),
    target: { type: "catalog", catalog: request.destinationCatalog },
    source: catalog,
    // CREATE CATALOG takes no properties, and no statement sets them.
    present: target?.catalog ?? made({ ...catalog, properties: {} }, planning),
    survives: target !== undefined,
    replaced: false,
    step: undefined,
    dependsOn: target === undefined ? ["catalog"] : [],
  };
}

function governedSchema({ schema }: SchemaInventory, planning: Planning): Governed {
  const existing = planning.targetSchemas.get(schema.schema.toLowerCase())?.schema;
  return {
    kind: "schema",
    local: schema.schema,
    key: securableKey({ level: "schema", schema: schema.schema }),
    target: { type: "schema", catalog: planning.request.destinationCatalog, schema: schema.schema },
    source: schema,
    present: existing ?? made(schema, planning),
    survives: existing !== undefined,
    replaced: false,
    step: undefined,
    dependsOn: existing === undefined ? [schemaStepId(schema.schema)] : [],
  };
}

type SourceObject = Described & { readonly schema: string; readonly name: string };

type Sources = ReadonlyMap<string, SourceObject | Table>;

function sourceObjects(schemas: readonly SchemaInventory[]): Sources {
  const sources = new Map<string, SourceObject | Table>();
  for (const { tables, functions, volumes } of schemas) {
    for (const table of tables) sources.set(`${isView(table) ? "view" : "table"}:${localKey(table)}`, table);
    for (const one of functions) sources.set(`function:${localKey(one)}`, { ...one, properties: {} });
    for (const one of volumes) sources.set(`volume:${localKey(one)}`, { ...one, properties: {} });
  }
  return sources;
}

function governedObject(
  { decision, step }: Planned,
  sources: Sources,
  planning: Planning,
): readonly Governed[] {
  const { kind, schema, name, action } = decision;
  const source = sources.get(`${kind}:${localKey(decision)}`);
  if (source === undefined || (step === undefined && action !== "keep")) return [];
  const target = targetNameOf({ catalog: planning.request.sourceCatalog, schema, name }, planning);
  const existing = existingObject(decision, planning);
  const fresh = existing === undefined || isMadeAnew(step);
  const common = {
    kind,
    local: `${schema}.${name}`,
    key: securableKey({ level: kind === "view" ? "table" : kind, schema, name }),
    target: { type: kind, ...target },
    source,
    present: presentAfter(source, existing, step, planning),
    survives: !fresh,
    replaced: !fresh && step?.operation.kind === "clone_table",
    step,
    dependsOn: step === undefined ? [] : [step.id],
  } as const;
  if (!("columns" in source)) return [common];
  return [{ ...common, tables: { source, target: fresh ? undefined : targetTable(source, planning) } }];
}

function existingObject(
  { kind, schema, name }: Planned["decision"],
  planning: Planning,
): Described | undefined {
  const local = { catalog: planning.request.sourceCatalog, schema, name };
  if (kind === "volume") {
    const volumes = planning.targetSchemas.get(schema.toLowerCase())?.volumes ?? [];
    const found = volumes.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return found && { ...found, properties: {} };
  }
  if (kind !== "function") return targetTable(local, planning);
  const routine = targetFunction(local, planning);
  return routine && { ...routine, properties: {} };
}

/** Dropped and made again, or replaced by a statement that drops what was set on it: nothing of what stood there is left. */
function isMadeAnew(step: Step | undefined): boolean {
  const operation = step?.operation;
  if (operation?.kind === "clone_table") return operation.existing !== "replace";
  return operation?.kind === "create_function";
}

function presentAfter(
  source: Described,
  existing: Described | undefined,
  step: Step | undefined,
  planning: Planning,
): Described {
  const before = isMadeAnew(step) ? undefined : existing;
  if (step?.operation.kind !== "clone_table") return before ?? made(source, planning);
  const { owner = runnerOf(planning), comment } = before ?? {};
  const { properties } = source;
  // CLONE brings the properties and leaves the target's comment; a table that a query replaces has none.
  return step.operation.extent.rows === "all" ? { owner, comment, properties } : { owner, properties };
}

/** CREATE statements carry comment and properties. */
function made({ comment, properties }: Described, planning: Planning): Described {
  return { owner: runnerOf(planning), comment, properties };
}
