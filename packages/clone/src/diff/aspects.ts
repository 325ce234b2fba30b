import type { Column, Routine, Table, TableConstraint } from "@clone-xs/unity";
import { differingProperties } from "../decide/properties.ts";
import { sameFunction, sameText } from "../plan/definition-steps.ts";
import type { Difference } from "./diff.ts";

/** Says `what` differs when the two texts do. */
export function aspect(
  object: string,
  what: string,
  source: string | null | undefined,
  target: string | null | undefined,
): readonly Difference[] {
  const [one, other] = [source || null, target || null];
  return one === other ? [] : [{ object, what, source: one, target: other }];
}

/** Properties but those that differ between any two tables. */
export function propertiesAspect(
  object: string,
  source: Readonly<Record<string, string>>,
  target: Readonly<Record<string, string>>,
): readonly Difference[] {
  const differing = differingProperties(source, target);
  const shown = (properties: Readonly<Record<string, string>>) =>
    differing.flatMap((key) => (properties[key] === undefined ? [] : `${key}=${properties[key]}`)).join(", ");
  return differing.length === 0
    ? []
    : [{ object, what: "properties", source: shown(source) || null, target: shown(target) || null }];
}

/** Columns by name; order, types, nullability, comments and masks. */
export function columnsAspect(object: string, source: Table, target: Table): readonly Difference[] {
  const others = new Map(target.columns.map((column) => [column.name.toLowerCase(), column]));
  const names = new Set(source.columns.map(({ name }) => name.toLowerCase()));
  return [
    ...source.columns.flatMap((column) =>
      columnAspects(`${object}.${column.name}`, column, others.get(column.name.toLowerCase())),
    ),
    ...target.columns
      .filter(({ name }) => !names.has(name.toLowerCase()))
      .flatMap((column) => aspect(`${object}.${column.name}`, "column", null, shape(column))),
  ];
}

function columnAspects(object: string, source: Column, target: Column | undefined): readonly Difference[] {
  if (target === undefined) return aspect(object, "column", shape(source), null);
  return [
    ...aspect(object, "column", shape(source), shape(target)),
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "mask", maskText(source), maskText(target)),
  ];
}

function shape({ typeText, nullable, position }: Column): string {
  return `${typeText.toLowerCase()}${nullable ? "" : " not null"} at ${position}`;
}

export function maskText({ mask }: Column): string | null {
  return mask ? `${mask.functionName}(${mask.usingColumns.join(", ")})` : null;
}

/** Keys with the catalog of their parent as the target would name it. */
export function constraintsAspect(
  object: string,
  source: readonly TableConstraint[],
  target: readonly TableConstraint[],
  rename: (fullName: string) => string,
): readonly Difference[] {
  const shown = (constraints: readonly TableConstraint[], renamed: (name: string) => string) =>
    constraints
      .map((constraint) => constraintText(constraint, renamed))
      .sort()
      .join("; ");
  return aspect(
    object,
    "constraints",
    shown(source, rename),
    shown(target, (name) => name),
  );
}

export function constraintText(constraint: TableConstraint, rename: (name: string) => string): string {
  const columns = `(${constraint.columns.join(", ")})`;
  if (constraint.kind === "primary_key") return `primary key ${columns}`;
  return `foreign key ${columns} references ${rename(constraint.parentTable)} (${constraint.parentColumns.join(", ")})`;
}

/** Texts of views, the source's with its names moved. */
export function definitionAspect(object: string, source: string, target: string): readonly Difference[] {
  return sameText(source, target) ? [] : [{ object, what: "definition", source, target }];
}

export function functionAspect(object: string, source: Routine, target: Routine): readonly Difference[] {
  if (sameFunction(source, target)) return [];
  return [{ object, what: "definition", source: functionText(source), target: functionText(target) }];
}

/** What calling it and what it does depends on. */
function functionText({ parameters, returns, language, deterministic, definition }: Routine): string {
  const taken = parameters.map(({ name, typeText }) => `${name} ${typeText}`).join(", ");
  return `(${taken}) returns ${returns} ${language}${deterministic ? "" : " not deterministic"}: ${definition}`;
}

/** The function of a row filter with the columns that it is given. */
export function filterText({ rowFilter }: Table): string | null {
  if (rowFilter === undefined) return null;
  const columns = rowFilter.inputColumns.length === 0 ? "" : `(${rowFilter.inputColumns.join(", ")})`;
  return `${rowFilter.functionName}${columns}`;
}
