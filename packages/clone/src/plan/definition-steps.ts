import { fullName, type ObjectName, type Routine, type SchemaName, type Table } from "@clone-xs/unity";
import { isView, kindWords } from "../decide/cloneable.ts";
import { actionFor } from "../decide/decide.ts";
import type { Decision, Reason } from "../decide/decision.ts";
import { isCloneOf, readStamp } from "../decide/provenance.ts";
import type { Defined } from "./definition.ts";
import { inTheWay } from "./in-the-way.ts";
import type { Operation } from "./plan.ts";
import {
  type Planned,
  type Planning,
  schemaDependency,
  schemaIsOurs,
  stepId,
  targetFunction,
  targetNameOf,
  targetNamespace,
  targetTable,
} from "./planning.ts";

/** A definition whose names have been moved to the target. */
interface MovedText {
  readonly text: string;
  /** Steps that make what the text names. */
  readonly dependsOn: readonly string[];
  /** Where unqualified names resolve on the source. */
  readonly namespace: SchemaName;
}

/** Plans one view or function whose text is understood and whose needs are met: compared with what the target holds. */
export function planMoved(defined: Defined, moved: MovedText, planning: Planning): Planned {
  const { kind, name } = defined;
  const { reason, detail } = compare(defined, moved.text, planning);
  const action = reason === "in_sync" ? "keep" : actionFor(reason, planning.request);
  const base = { kind, schema: name.schema, name: name.name, action, reason } as const;
  const decision: Decision = detail === undefined ? base : { ...base, detail };
  const object = fullName(targetNameOf(name, planning));
  if (action === "refuse") {
    const message = `${object} is no clone of this source (${detail ?? ""}), so nothing was written. Choose another destination, exclude it, or say replace_foreign.`;
    return { decision, refused: { object, operation: `create ${kind}`, code: "FOREIGN_TARGET", message } };
  }
  if (action === "leave") {
    const reason = `the target has a ${kind} of that name with another text, which this load type leaves alone`;
    return { decision, residue: { object: `${name.schema}.${name.name}`, what: kind, reason } };
  }
  if (action !== "clone") return { decision };
  if (kind === "view" && !isViewOrNothing(targetTable(name, planning)))
    return inTheWay(object, decision, kind);
  const step = {
    id: stepId(kind, name),
    stage: kind === "view" ? "views" : "functions",
    kind,
    object,
    reason,
    dependsOn: [...new Set([...schemaDependency(name.schema, planning), ...moved.dependsOn])],
    operation: operation(defined, moved, planning),
  } as const;
  return { decision, step };
}

/** Nothing makes a view of what is a table. */
function isViewOrNothing(target: Table | undefined): boolean {
  return target === undefined || isView(target);
}

interface Comparison {
  readonly reason: Reason;
  readonly detail?: string;
}

function compare(defined: Defined, text: string, planning: Planning): Comparison {
  return defined.kind === "view"
    ? compareView(defined.view, text, planning)
    : compareFunction(defined.routine, text, planning);
}

function compareView(view: Table, text: string, planning: Planning): Comparison {
  const target = targetTable(view, planning);
  if (target === undefined) return { reason: "never_cloned" };
  if (!isView(target)) return { reason: "foreign", detail: `it is ${kindWords(target)}` };
  if (sameText(target.view?.text ?? "", text)) return { reason: "in_sync" };
  const stamp = readStamp(target.properties, targetNameOf(view, planning));
  if (isCloneOf(stamp, view)) return { reason: "schema_drift", detail: "its text changed" };
  return { reason: "foreign", detail: "its text is another and it carries no mark of a clone" };
}

/** Functions carry no properties: one whose text differs is ours when its schema is. */
function compareFunction(routine: Routine, text: string, planning: Planning): Comparison {
  const target = targetFunction(routine, planning);
  if (target === undefined) return { reason: "never_cloned" };
  if (sameFunction({ ...routine, definition: text }, target)) return { reason: "in_sync" };
  if (schemaIsOurs(routine.schema, planning)) return { reason: "schema_drift", detail: "its text changed" };
  return { reason: "foreign", detail: "its text is another and its schema was not made by a clone" };
}

export function sameFunction(a: Routine, b: Routine): boolean {
  return sameText(a.definition, b.definition) && signature(a) === signature(b);
}

function signature(routine: Routine): string {
  const { parameters, returns, returnColumns, language, deterministic } = routine;
  const columns = (returnColumns ?? []).map(({ name, typeText }) => [name, typeText]);
  const taken = parameters.map(({ name, typeText, default: value }) => [name, typeText, value ?? null]);
  return JSON.stringify([taken, returns, columns, language, deterministic]).toLowerCase();
}

/** The server trims texts and drops a final semicolon. */
export function sameText(a: string, b: string): boolean {
  const bare = (text: string) => text.trim().replace(/;+$/u, "").trim();
  return bare(a) === bare(b);
}

function operation(defined: Defined, { text, namespace }: MovedText, planning: Planning): Operation {
  const target = targetNameOf(defined.name, planning);
  const there = targetNamespace(namespace, planning);
  if (defined.kind === "function") {
    const routine = movedRoutine(defined.routine, { ...target, definition: text }, planning);
    const replace = targetFunction(defined.name, planning) !== undefined;
    return { kind: "create_function", routine, replace, namespace: there };
  }
  const { catalog, schema, name } = defined.name;
  const source = { catalog, schema, name };
  const existing = targetTable(defined.name, planning);
  if (existing) {
    const adopt = !isCloneOf(readStamp(existing.properties, target), source);
    return { kind: "alter_view", source, target, text, namespace: there, adopt };
  }
  return {
    kind: "create_view",
    source,
    target,
    text,
    namespace: there,
    columns: viewColumns(defined.view, text, planning),
    comment: planning.request.copy.comments ? (defined.view.comment ?? null) : null,
    properties: planning.request.copy.properties ? defined.view.properties : {},
  };
}

function movedRoutine(
  routine: Routine,
  moved: ObjectName & { readonly definition: string },
  { request }: Planning,
): Routine {
  const { comment, ...rest } = routine;
  return { ...rest, ...moved, ...(comment !== undefined && request.copy.comments ? { comment } : {}) };
}

/**
 * Columns are named when they carry comments, or may carry other names than the query gives. With a star in the query the
 * catalog's list may be older than the tables, and naming its columns would then fail.
 */
function viewColumns(view: Table, text: string, { request }: Planning) {
  const commented = request.copy.comments && view.columns.some((column) => column.comment !== undefined);
  if (!commented && text.includes("*")) return [];
  return view.columns.map(({ name, comment }) =>
    comment !== undefined && request.copy.comments ? { name, comment } : { name },
  );
}
