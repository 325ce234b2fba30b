import type { ObjectName, Table } from "@clone-xs/unity";
import { createHash } from "node:crypto";
import { newestChange } from "../decide/change.ts";
import { isView } from "../decide/cloneable.ts";
import { readStamp } from "../decide/provenance.ts";
import { localKey } from "../inspect/inventory.ts";
import type { Operation, Step } from "../plan/plan.ts";
import { type Planning, targetFunction, targetTable } from "../plan/planning.ts";

/** What stands on the target under the name that a step makes or changes, as far as it matters to the step. */
export type Standing =
  | { readonly kind: "absent" }
  /** Something that has neither versions nor a text: a catalog, a schema. */
  | { readonly kind: "present" }
  | {
      readonly kind: "table";
      readonly tableId: string | null;
      /** `run/step` of the clone that it is; `null` when it is none. */
      readonly stamp: string | null;
      /** Its newest version that changed rows or columns; `null` when its history was not read. */
      readonly version: string | null;
    }
  | { readonly kind: "view" | "function"; readonly digest: string };

/** Operations that make an object or what its readers see of it. Others (grants, tags, …) come on top of these. */
const MAKING: ReadonlySet<Operation["kind"]> = new Set<Operation["kind"]>([
  "create_catalog",
  "create_schema",
  "create_volume",
  "create_view",
  "alter_view",
  "create_function",
  "clone_table",
]);

/** Whether the step makes an object, so that it has a standing of its own. */
export function isMaking({ operation }: Step): boolean {
  return MAKING.has(operation.kind);
}

/** How the target stands to a step, from the inventory that the planning holds; `undefined` for steps that make nothing. */
export function standingOf({ operation }: Step, planning: Planning): Standing | undefined {
  switch (operation.kind) {
    case "create_catalog":
      return planning.target === undefined ? ABSENT : PRESENT;
    case "create_schema":
      return planning.targetSchemas.has(operation.schema.toLowerCase()) ? PRESENT : ABSENT;
    // Being there tells nothing of its files: those are compared one by one, whenever the step is carried out.
    case "create_volume":
      return undefined;
    case "create_function": {
      const there = targetFunction(operation.routine, planning);
      return there === undefined ? ABSENT : { kind: "function", digest: digestOf(there) };
    }
    case "create_view":
    case "alter_view":
    case "clone_table":
      return tableStanding(operation.target, planning);
    default:
      return undefined;
  }
}

const ABSENT: Standing = { kind: "absent" };
const PRESENT: Standing = { kind: "present" };

export function sameStanding(a: Standing, b: Standing): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function tableStanding(name: ObjectName, planning: Planning): Standing {
  const there = targetTable(name, planning);
  if (there === undefined) return ABSENT;
  if (isView(there)) return { kind: "view", digest: digestOf(there.view?.text ?? "") };
  const stamp = readStamp(there.properties, name);
  return {
    kind: "table",
    tableId: there.tableId ?? null,
    stamp: stamp === undefined ? null : `${stamp.run}/${stamp.step}`,
    version: newestVersion(there, planning),
  };
}

function newestVersion(table: Table, { target }: Planning): string | null {
  const history = target?.histories[localKey(table)];
  return history?.ok ? (newestChange(history.entries) ?? null) : null;
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
