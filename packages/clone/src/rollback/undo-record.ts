import type { Catalog, ObjectName, Routine, Schema, Table, Volume } from "@clone-xs/unity";
import {
  type DirectGrant,
  type GovernanceRead,
  type Inventory,
  localKey,
  type TagAssignment,
} from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";

/**
 * What a run needs to be undone, written before it does anything: what will be done, and how everything that it touches was before.
 * The version that a replaced table had is not in it: that stands in the table's own history, below the run's entry.
 */
export interface UndoRecord {
  readonly version: 1;
  readonly runId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly plan: Pick<ClonePlan, "request" | "destinationCatalog" | "steps">;
  readonly before: Before;
}

/** The parts of the target that the steps touch; absent parts were not there. */
export interface Before {
  readonly catalog?: Catalog;
  readonly schemas: readonly Schema[];
  /** Tables and views. */
  readonly tables: readonly Table[];
  readonly routines: readonly Routine[];
  readonly volumes: readonly Volume[];
  readonly tags: GovernanceRead<TagAssignment>;
  readonly grants: GovernanceRead<DirectGrant>;
}

/** The record of a plan that was made over this target; `undefined`: there was none. */
export function undoRecord(
  { request, destinationCatalog, steps }: ClonePlan,
  target: Inventory | undefined,
  { runId, at }: { readonly runId: string; readonly at: number },
): UndoRecord {
  return {
    version: 1,
    runId,
    at,
    plan: { request, destinationCatalog, steps },
    before: beforeOf(target, touchedBy(steps)),
  };
}

/** Whether a stored document is a record of this version. */
export function isUndoRecord(document: unknown): document is UndoRecord {
  return typeof document === "object" && document !== null && "version" in document && document.version === 1;
}

function touchedBy(steps: ClonePlan["steps"]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ operation }) => {
      if (operation.kind === "create_function") return [localKey(operation.routine)];
      if (!("target" in operation) || !("name" in operation.target)) return [];
      return [localKey(operation.target)];
    }),
  );
}

function beforeOf(target: Inventory | undefined, touched: ReadonlySet<string>): Before {
  const none = { ok: true, rows: [] } as const;
  if (target === undefined)
    return { schemas: [], tables: [], routines: [], volumes: [], tags: none, grants: none };
  const isTouched = (object: Pick<ObjectName, "schema" | "name">) => touched.has(localKey(object));
  return {
    catalog: target.catalog,
    schemas: target.schemas.map(({ schema }) => schema),
    tables: target.schemas.flatMap(({ tables }) => tables).filter(isTouched),
    routines: target.schemas.flatMap(({ functions }) => functions).filter(isTouched),
    volumes: target.schemas.flatMap(({ volumes }) => volumes).filter(isTouched),
    tags: target.tags,
    grants: target.grants,
  };
}
