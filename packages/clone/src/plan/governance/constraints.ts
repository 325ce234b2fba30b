import { fullName, type Table, type TableConstraint } from "@clone-xs/unity";
import { localKey } from "../../inspect/inventory.ts";
import { type Planning, targetNameOf } from "../planning.ts";
import { type Change, type Finding, missing } from "./finding.ts";
import { changeId } from "./change-id.ts";
import type { Governed } from "./governed.ts";
import { inCatalog, nameOf } from "./names.ts";

/** What the constraints of one table need to know of all others. */
export interface KeyPlaces {
  /** Objects that are made or kept, by `localKey`. */
  readonly tables: ReadonlyMap<string, Governed>;
}

/**
 * Primary and foreign keys that the target lacks, each under its own name. A foreign key waits for the key it refers to, which is the
 * one in the clone; one that refers to a table outside of it would tie the clone to its source and is not made. A constraint of that
 * name, or another primary key, that stands on the target is left.
 */
export function constraintFindings(
  object: Governed,
  places: KeyPlaces,
  planning: Planning,
): readonly Finding[] {
  const { tables, kind } = object;
  if (kind !== "table" || tables === undefined) return [];
  return tables.source.constraints.flatMap((constraint) => {
    const finding =
      constraint.kind === "primary_key"
        ? keyFinding(object, constraint)
        : referenceFinding(object, { constraint, places, planning });
    return finding === undefined ? [] : [finding];
  });
}

type PrimaryKey = Extract<TableConstraint, { kind: "primary_key" }>;
type ForeignKey = Extract<TableConstraint, { kind: "foreign_key" }>;

function keyFinding(object: Governed, constraint: PrimaryKey): Finding | undefined {
  const there = primaryKeyOf(object.tables?.target);
  if (there !== undefined && !sameConstraint(there, constraint)) {
    const reason = `the target has another primary key, ${there.name}; drop it there to get the source's`;
    return missing("constraints", reason);
  }
  return add(object, constraint, there !== undefined, []);
}

function referenceFinding(
  object: Governed,
  {
    constraint,
    places,
    planning,
  }: { readonly constraint: ForeignKey; readonly places: KeyPlaces; readonly planning: Planning },
): Finding | undefined {
  const parentName = nameOf(constraint.parentTable);
  const within = parentName && inCatalog(parentName, planning.request.sourceCatalog);
  const moved = within && { ...constraint, parentTable: fullName(targetNameOf(parentName, planning)) };
  const parent = within && places.tables.get(localKey(parentName));
  if (!moved || !parent) {
    if (moved && stands(object, moved)) return add(object, moved, true, []);
    const reason = `the foreign key ${constraint.name} refers to ${constraint.parentTable}, which is not in the clone`;
    return missing("constraints", reason);
  }
  const named = object.tables?.target?.constraints.find((one) => sameText(one.name, constraint.name));
  if (named !== undefined && !sameConstraint(named, moved)) {
    const reason = `the target has another constraint named ${constraint.name}; drop it there to get the source's`;
    return missing("constraints", reason);
  }
  return add(object, moved, stands(object, moved), needsOf(parent));
}

/** Whether an earlier run left the same constraint on the target: also to a parent that this run leaves out, or may not touch. */
function stands(object: Governed, constraint: TableConstraint): boolean {
  return object.tables?.target?.constraints.some((one) => sameConstraint(one, constraint)) ?? false;
}

/** The parent's own steps, and that of its key where the target lacks it. */
function needsOf(parent: Governed): readonly string[] {
  const key = primaryKeyOf(parent.tables?.source);
  const there = primaryKeyOf(parent.tables?.target);
  const made = key !== undefined && (there === undefined || parent.replaced);
  return [...parent.dependsOn, ...(made ? [changeId("constraints", parent, key.name)] : [])];
}

/** What stands on the target is looked for again when the table was replaced. */
function add(
  object: Governed,
  constraint: TableConstraint,
  isThere: boolean,
  needs: readonly string[],
): Change | undefined {
  const { target, replaced } = object;
  if (target.type !== "table" || (isThere && !replaced)) return undefined;
  const operation = { kind: "add_constraint", target, constraint, ifLost: isThere } as const;
  return { kind: "change", stage: "constraints", part: constraint.name, operation, needs };
}

function primaryKeyOf(table: Table | undefined): PrimaryKey | undefined {
  return table?.constraints.find((one) => one.kind === "primary_key");
}

/** Whether two constraints say the same, whatever they are called. */
export function sameConstraint(a: TableConstraint, b: TableConstraint): boolean {
  return constraintText(a) === constraintText(b);
}

function constraintText(constraint: TableConstraint): string {
  const { kind, columns, rely } = constraint;
  const own = kind === "primary_key" ? (constraint.timeseries ?? []) : [];
  const parent = kind === "foreign_key" ? [constraint.parentTable, constraint.parentColumns] : [];
  return JSON.stringify([kind, columns, rely, own, parent]).toLowerCase();
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
