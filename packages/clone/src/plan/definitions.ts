import { fullName, type ObjectName, type Routine, type Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Decision } from "../decide/decision.ts";
import { exclusionReason, schemaInScope } from "../decide/scope.ts";
import type { SchemaInventory } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import {
  type Defined,
  definitionOf,
  type Moved,
  moveDefinition,
  namespaceOf,
  type Reference,
} from "./definition.ts";
import { planMoved } from "./definition-steps.ts";
import { dependencyOrder } from "./order.ts";
import {
  type Planned,
  type Planning,
  stepId,
  targetFunction,
  targetNameOf,
  targetTable,
} from "./planning.ts";

interface Candidate {
  readonly defined: Defined;
  readonly id: string;
  readonly moved: Moved | undefined;
  /** Ids of source objects that the text names, whether or not they are there. */
  readonly needs: readonly string[];
  /** What the text names in schemas of the source that the request leaves out. */
  readonly outside: readonly Reference[];
}

/**
 * Plans views and functions: their texts moved to the target's names, each after what it needs. One that cannot be understood,
 * or that needs itself, fails alone; one that needs something which is not copied stands in the residue.
 * `tables` are what came of the tables, by step id.
 */
export function planDefinitions(
  defined: readonly Defined[],
  planning: Planning,
  tables: ReadonlyMap<string, Planned>,
): readonly Planned[] {
  const candidates = new Map(defined.map((one) => candidate(one, planning)).map((one) => [key(one.id), one]));
  const graph = new Map([...candidates].map(([id, { needs }]) => [id, needs]));
  const { order, cyclic } = dependencyOrder(graph);
  const planned = new Map(tables);
  for (const id of order) {
    const one = candidates.get(id);
    if (one) planned.set(id, planOne(one, planning, { planned, cyclic: cyclic.has(id) }));
  }
  return [...candidates.keys()].flatMap((id) => planned.get(id) ?? []);
}

export function definedViews(tables: readonly Table[]): readonly Defined[] {
  return tables.filter(isView).map((view) => ({ kind: "view", name: view, view }));
}

export function definedFunctions(routines: readonly Routine[]): readonly Defined[] {
  return routines.map((routine) => ({ kind: "function", name: routine, routine }));
}

function candidate(defined: Defined, planning: Planning): Candidate {
  const id = stepId(defined.kind, defined.name);
  const { schema, name } = defined.name;
  if (exclusionReason({ schema, name, type: defined.kind }, planning.request) !== undefined) {
    return { defined, id, moved: undefined, needs: [], outside: [] };
  }
  const moved = moveDefinition(definitionOf(defined), {
    from: planning.request.sourceCatalog,
    to: planning.request.destinationCatalog,
  });
  const needs = moved.ok ? moved.references.flatMap((reference) => idsOf(reference, planning)) : [];
  const outside = moved.ok ? moved.references.filter((one) => isOutside(one, planning.request)) : [];
  return { defined, id, moved, needs, outside };
}

/**
 * The schemas out of scope that views and functions in scope name: whether what they need stands on the target can be told only
 * when these are looked into there. In lower case.
 */
export function schemasNamedOutside(
  schemas: readonly SchemaInventory[],
  planning: Planning,
): ReadonlySet<string> {
  const defined = schemas.flatMap(({ tables, functions }) => [
    ...definedViews(tables),
    ...definedFunctions(functions),
  ]);
  const outside = defined.flatMap((one) => candidate(one, planning).outside);
  return new Set(outside.map(({ name }) => name.schema.toLowerCase()));
}

function isOutside({ kind, name, qualified }: Reference, { sourceCatalog, scope }: CloneRequest): boolean {
  if (name.catalog.toLowerCase() !== sourceCatalog.toLowerCase()) return false;
  if (name.schema.toLowerCase() === "information_schema" || schemaInScope(name.schema, scope)) return false;
  return kind === "relation" || qualified;
}

/** The first thing out of scope that the target is known not to have. */
function firstOutside(outside: readonly Reference[], planning: Planning): ObjectName | undefined {
  return outside.find(({ kind, name }) => {
    if (planning.targetSchemas.get(name.schema.toLowerCase())?.failure) return false;
    const find = kind === "function" ? targetFunction : targetTable;
    return find(name, planning) === undefined;
  })?.name;
}

function idsOf({ kind, name }: Reference, { request }: Planning): readonly string[] {
  if (name.catalog.toLowerCase() !== request.sourceCatalog.toLowerCase()) return [];
  return (kind === "function" ? (["function"] as const) : (["table", "view"] as const)).map((type) =>
    key(stepId(type, name)),
  );
}

function planOne(
  one: Candidate,
  planning: Planning,
  { planned, cyclic }: { readonly planned: ReadonlyMap<string, Planned>; readonly cyclic: boolean },
): Planned {
  const { defined, moved } = one;
  const { schema, name } = defined.name;
  const base = { kind: defined.kind, schema, name } as const;
  const excluded = exclusionReason({ schema, name, type: defined.kind }, planning.request);
  if (moved === undefined || excluded !== undefined) {
    return { decision: { ...base, action: "leave", reason: "excluded", detail: excluded ?? "" } };
  }
  const block = (code: string, message: string): Planned => ({
    decision: { ...base, action: "block", reason: "unable_to_compare", detail: message },
    blocked: { object: targetText(defined, planning), operation: `create ${defined.kind}`, code, message },
  });
  if (!moved.ok) return block("DEFINITION_NOT_UNDERSTOOD", moved.message);
  if (cyclic)
    return block("DEPENDENCY_CYCLE", `${fullName(defined.name)} needs itself, directly or through others.`);
  const lacking = firstLacking(one.needs, planned, planning);
  if (lacking?.blocked || lacking?.refused) {
    return block("DEPENDENCY_FAILED", `It needs ${localText(lacking.decision)}, which cannot be made.`);
  }
  if (lacking) {
    const detail = `it needs ${localText(lacking.decision)}, which is not copied: ${lacking.decision.detail ?? lacking.decision.reason}`;
    return {
      decision: { ...base, action: "impossible", reason: "excluded", detail },
      residue: { object: `${schema}.${name}`, what: defined.kind, reason: detail },
    };
  }
  const outside = firstOutside(one.outside, planning);
  if (outside) return block("DEPENDENCY_OUT_OF_SCOPE", outsideMessage(outside, planning));
  const dependsOn = one.needs.flatMap((id) => planned.get(id)?.step?.id ?? []);
  const { text } = moved;
  return planMoved(defined, { text, dependsOn, namespace: namespaceOf(defined) }, planning);
}

function outsideMessage(name: ObjectName, planning: Planning): string {
  const missing = fullName(targetNameOf(name, planning));
  return `It needs ${fullName(name)}, whose schema the request leaves out, and ${missing} does not exist. Include the schema ${name.schema}, or clone it first.`;
}

/** The first thing it needs that neither is on the target nor will be. */
function firstLacking(
  needs: readonly string[],
  planned: ReadonlyMap<string, Planned>,
  planning: Planning,
): Planned | undefined {
  return needs
    .flatMap((id) => planned.get(id) ?? [])
    .find(({ decision, step }) => step === undefined && !onTarget(decision, planning));
}

function onTarget(decision: Decision, planning: Planning): boolean {
  const name = { catalog: planning.request.sourceCatalog, schema: decision.schema, name: decision.name };
  if (decision.kind === "function") return targetFunction(name, planning) !== undefined;
  return targetTable(name, planning) !== undefined;
}

/** Ids are compared as Unity Catalog compares names. */
function key(id: string): string {
  return id.toLowerCase();
}

function targetText(defined: Defined, planning: Planning): string {
  return fullName(targetNameOf(defined.name, planning));
}

function localText({ schema, name }: Decision): string {
  return `${schema}.${name}`;
}
