import type { ObjectName, Routine, SchemaName, Table, Volume } from "@clone-xs/unity";
import type { Decision } from "../decide/decision.ts";
import { readStamp } from "../decide/provenance.ts";
import { type Inventory, localKey, type Reader, type SchemaInventory } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import type { ObjectError, Residue } from "../summarize/summary.ts";
import type { ObjectKind, Step } from "./plan.ts";

/** What planning one object needs to see of the whole. */
export interface Planning {
  readonly request: CloneRequest;
  readonly source: Inventory;
  readonly target: Inventory | undefined;
  /** Target schemas by name in lower case. */
  readonly targetSchemas: ReadonlyMap<string, SchemaInventory>;
  /** Target tables and views, which share one name space, by `schema.name` in lower case. */
  readonly targetTables: ReadonlyMap<string, Table>;
  readonly targetFunctions: ReadonlyMap<string, Routine>;
}

/** What came of planning one object: always a decision, then at most one of step, error and residue. */
export interface Planned {
  readonly decision: Decision;
  readonly step?: Step;
  readonly blocked?: ObjectError;
  readonly refused?: ObjectError;
  readonly residue?: Residue;
}

/** Texts are moved to the catalogs' real names, whatever case the request has them in: a second run then finds them equal. */
export function planningOf(asked: CloneRequest, source: Inventory, target: Inventory | undefined): Planning {
  const schemas = target?.schemas ?? [];
  // Unity Catalog stores names in lower case.
  const destinationCatalog = target?.catalog.name ?? asked.destinationCatalog.toLowerCase();
  const request = { ...asked, sourceCatalog: source.catalog.name, destinationCatalog };
  return {
    request,
    source,
    target,
    targetSchemas: new Map(schemas.map((schema) => [schema.schema.schema.toLowerCase(), schema])),
    targetTables: byKey(schemas.flatMap(({ tables }) => tables)),
    targetFunctions: byKey(schemas.flatMap(({ functions }) => functions)),
  };
}

/** Who reads the target, and will own what is made there. */
export function readerOfTarget({ source, target }: Planning): Reader {
  return target ?? source.targetReader ?? source;
}

/** The name an object of the source has on the target. */
export function targetNameOf(name: ObjectName, { request }: Planning): ObjectName {
  return { catalog: request.destinationCatalog, schema: name.schema, name: name.name };
}

/** A namespace as the target sees it: the source catalog becomes the destination, others stay. */
export function targetNamespace(namespace: SchemaName, { request }: Planning): SchemaName {
  const ours = namespace.catalog.toLowerCase() === request.sourceCatalog.toLowerCase();
  return { catalog: ours ? request.destinationCatalog : namespace.catalog, schema: namespace.schema };
}

/** What stands on the target under the name of a source table or view. */
export function targetTable(name: ObjectName, { targetTables }: Planning): Table | undefined {
  return targetTables.get(localKey(name));
}

/** The volume on the target under the name of a source volume. */
export function targetVolume(name: ObjectName, { targetSchemas }: Planning): Volume | undefined {
  const there = targetSchemas.get(name.schema.toLowerCase())?.volumes ?? [];
  return there.find((volume) => volume.name.toLowerCase() === name.name.toLowerCase());
}

/** The function on the target under the name of a source function. */
export function targetFunction(name: ObjectName, { targetFunctions }: Planning): Routine | undefined {
  return targetFunctions.get(localKey(name));
}

function byKey<T extends ObjectName>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [localKey(object), object]));
}

export function stepId(kind: ObjectKind, name: { readonly schema: string; readonly name: string }): string {
  return `${kind}:${name.schema}.${name.name}`;
}

export function schemaStepId(schema: string): string {
  return `schema:${schema}`;
}

/** The step that makes the object's schema, when there is one. */
export function schemaDependency(schema: string, { targetSchemas }: Planning): readonly string[] {
  return targetSchemas.has(schema.toLowerCase()) ? [] : [schemaStepId(schema)];
}

/** Whether the target schema was made by a clone of the source schema. */
export function schemaIsOurs(schema: string, planning: Planning): boolean {
  const target = planning.targetSchemas.get(schema.toLowerCase())?.schema;
  if (target === undefined) return false;
  const { sourceCatalog } = planning.request;
  const stamp = readStamp(target.properties, target);
  return stamp?.source.toLowerCase() === `${sourceCatalog}.${schema}`.toLowerCase();
}
