import { fullName, type ObjectName, type SchemaName, type Statement } from "@clone-xs/unity";
import type { HistoryRead, Inventory } from "../inspect/inventory.ts";
import type { Operation, Step } from "../plan/plan.ts";
import { lookAt, lookNow } from "./look.ts";
import { AS_BEFORE, stays, type Undo } from "./undo.ts";
import { undoGovernance } from "./undo-governance.ts";
import { undoObject, type UndoContext } from "./undo-objects.ts";
import type { UndoRecord } from "./undo-record.ts";

/** What will be undone, in order: of one phase everything can be sent at the same time. */
export interface UndoPlan {
  readonly phases: readonly (readonly UndoStep[])[];
  readonly stays: readonly Staying[];
  /** Steps of the run whose objects are as they were before it. */
  readonly asBefore: number;
}

export interface UndoStep {
  readonly object: string;
  readonly what: string;
  readonly statements: readonly [Statement, ...Statement[]];
}

export interface Staying {
  readonly object: string;
  readonly reason: string;
}

export interface UndoInput {
  readonly record: UndoRecord;
  /** Ids of steps that were begun: of a step whose outcome is not known the target tells. */
  readonly begun: ReadonlySet<string>;
  readonly now: Inventory | undefined;
  readonly histories: Readonly<Record<string, HistoryRead>>;
  readonly force: boolean;
}

/** Pure: the same target gives the same plan, and a target that was undone gives an empty one. */
export function planUndo({ record, begun, now, histories, force }: UndoInput): UndoPlan {
  const context: UndoContext = {
    runId: record.runId,
    before: lookAt(record.before),
    now: lookNow(now),
    histories,
    force,
  };
  const undone = keepingContainers(
    record.plan.steps
      .filter(({ id }) => begun.has(id))
      .filter(({ kind }) => kind !== "route")
      .map((step) => ({ step, undo: undoOf(step.operation, context) })),
    now,
  );
  const dropped = new Set(
    undone.flatMap(({ step, undo }) => (drops(step, undo.kind === "undo" && undo.what) ? step.object : [])),
  );
  const kept = undone.filter(({ step }) => !isInside(step, dropped));
  const steps = kept.flatMap(({ step, undo }) =>
    undo.kind === "undo"
      ? [{ phase: phaseOf(step), object: step.object, what: undo.what, statements: undo.statements }]
      : [],
  );
  return {
    phases: PHASES.map((_, phase) =>
      steps.filter((each) => each.phase === phase).map(({ phase: _phase, ...step }) => step),
    ),
    stays: kept.flatMap(({ step, undo }) =>
      undo.kind === "stays" ? [{ object: step.object, reason: undo.reason }] : [],
    ),
    asBefore: undone.filter(({ undo }) => undo.kind === "as_before").length,
  };
}

interface Undone {
  readonly step: Step;
  readonly undo: Undo;
}

/** A schema or catalog that will still hold something stays; the server would refuse to drop it. */
function keepingContainers(undone: readonly Undone[], now: Inventory | undefined): readonly Undone[] {
  const dropped = new Set(
    undone.flatMap(({ step, undo }) =>
      undo.kind === "undo" && undo.what === "drop" ? step.object.toLowerCase() : [],
    ),
  );
  const isLeft = (object: ObjectName | SchemaName) => !dropped.has(fullName(object).toLowerCase());
  const left = (now?.schemas ?? []).flatMap(({ tables, functions, volumes }) =>
    [...tables, ...functions, ...volumes].filter(isLeft),
  );
  const held = ({ operation }: Step) => {
    if (operation.kind === "create_catalog") return left;
    if (operation.kind !== "create_schema") return [];
    return left.filter(({ schema }) => schema.toLowerCase() === operation.schema.toLowerCase());
  };
  return undone.map(({ step, undo }) => {
    const [first, ...more] = undo.kind === "undo" ? held(step) : [];
    if (first === undefined) return { step, undo };
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return { step, undo: stays(`it still holds ${fullName(first)}${others}`) };
  });
}

function undoOf(operation: Operation, context: UndoContext) {
  switch (operation.kind) {
    case "create_catalog":
    case "create_schema":
    case "clone_table":
    case "create_view":
    case "alter_view":
    case "create_function":
    case "create_volume":
    case "drop_orphan":
      return undoObject(operation, context);
    case "open_route":
    case "close_route":
      return AS_BEFORE;
    default:
      return undoGovernance(operation, context);
  }
}

/** Backwards: what stands around objects before the objects, and what needs others before those. */
const PHASES: readonly (readonly Step["kind"][])[] = [
  ["governance"],
  ["view"],
  ["table", "orphan"],
  ["function"],
  ["volume"],
  ["schema"],
  ["catalog"],
];

function phaseOf({ kind }: Step): number {
  return PHASES.findIndex((kinds) => kinds.includes(kind));
}

function drops({ kind }: Step, what: string | false): boolean {
  return what === "drop" && kind !== "catalog" && kind !== "schema";
}

/** What stands around an object that is dropped goes with it. */
function isInside({ kind, object, operation }: Step, dropped: ReadonlySet<string>): boolean {
  if (kind !== "governance" || operation.kind === "add_constraint") return false;
  return dropped.has(object) || dropped.has(object.split(".").slice(0, 3).join("."));
}
