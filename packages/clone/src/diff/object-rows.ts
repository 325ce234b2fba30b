import type { Column, Routine, Table, TableConstraint } from "@clone-xs/unity";
import { comparableProperties } from "../decide/properties.ts";
import { sameFunction, sameText } from "../plan/definition-steps.ts";
import { align } from "./align.ts";
import { constraintText, filterText, maskText } from "./aspects.ts";
import type { ComparedRow, RowState } from "./comparison.ts";

type Text = string | null | undefined;

/** One row, or none where neither end has it. `same`: whether texts that are not equal mean the same. */
export function row(
  about: Pick<ComparedRow, "what" | "column" | "name">,
  source: Text,
  target: Text,
  same: (source: string, target: string) => boolean = (one, other) => one === other,
): readonly ComparedRow[] {
  const [one, other] = [source ?? null, target ?? null];
  if (one === null && other === null) return [];
  return [{ ...about, state: stateOf(one, other, same), source: one, target: other }];
}

function stateOf(
  source: string | null,
  target: string | null,
  same: (source: string, target: string) => boolean,
): RowState {
  if (target === null) return "only_source";
  if (source === null) return "only_target";
  return same(source, target) ? "same" : "differs";
}

interface Described {
  readonly comment?: string;
  readonly owner: string;
}

/** Whoever owns it and what it is said to be. An empty comment is none. */
export function describedRows(source: Described | undefined, target: Described | undefined) {
  return [
    ...row({ what: "owner" }, source?.owner || null, target?.owner || null),
    ...row({ what: "comment" }, source?.comment || null, target?.comment || null),
  ];
}

type Properties = Readonly<Record<string, string>>;

/** Properties but those that differ between any two tables. */
export function propertyRows(source: Properties = {}, target: Properties = {}): readonly ComparedRow[] {
  return comparableProperties(source, target).flatMap((name) =>
    row({ what: "properties", name }, source[name], target[name]),
  );
}

/** Columns in the source's order, each with its comment, mask and tags; one that stands elsewhere says where. */
export function columnRows(
  source: readonly Column[] = [],
  target: readonly Column[] = [],
  tagsOf: (column: string) => readonly ComparedRow[] = () => [],
): readonly ComparedRow[] {
  return align(source, target, ({ name }) => name.toLowerCase()).flatMap(
    ({ source: one, target: other, moved }) => {
      const column = (one ?? other)?.name ?? "";
      return [
        ...row({ what: "column", column }, one && shape(one), other && shape(other)),
        ...(moved ? row({ what: "column", column, name: "place" }, place(one), place(other)) : []),
        ...row({ what: "comment", column }, one?.comment || null, other?.comment || null),
        ...row({ what: "mask", column }, one && maskText(one), other && maskText(other)),
        ...tagsOf(column).map((tag) => ({ ...tag, column })),
      ];
    },
  );
}

function shape({ typeText, nullable }: Column): string {
  return `${typeText.toLowerCase()}${nullable ? "" : " not null"}`;
}

function place(column: Column | undefined): Text {
  return column && `column ${column.position + 1}`;
}

/** The primary key beside the primary key, foreign keys by what they say. */
function constraintRows(
  source: readonly TableConstraint[] = [],
  target: readonly TableConstraint[] = [],
  rename: (fullName: string) => string,
): readonly ComparedRow[] {
  const texts = (
    constraints: readonly TableConstraint[],
    kind: TableConstraint["kind"],
    renamed: (name: string) => string,
  ) =>
    constraints
      .filter((one) => one.kind === kind)
      .map((one) => constraintText(one, renamed))
      .sort();
  const same = (name: string) => name;
  const [key] = texts(source, "primary_key", rename);
  const [otherKey] = texts(target, "primary_key", same);
  const [foreign, otherForeign] = [texts(source, "foreign_key", rename), texts(target, "foreign_key", same)];
  return [
    ...row({ what: "constraints", name: "primary key" }, key, otherKey),
    ...align(foreign, otherForeign, (text) => text).flatMap((pair) =>
      row({ what: "constraints", name: "foreign key" }, pair.source, pair.target),
    ),
  ];
}

/** What stands around the rows of a table or view, its source's names moved already. */
export function tableRows(
  source: Table | undefined,
  target: Table | undefined,
  rename: (fullName: string) => string,
): readonly ComparedRow[] {
  return [
    ...constraintRows(source?.constraints, target?.constraints, rename),
    ...row({ what: "row filter" }, source && filterText(source), target && filterText(target)),
    ...propertyRows(source?.properties, target?.properties),
  ];
}

/** Texts of views, the source's with its names moved. */
export function definitionRow(source: Text, target: Text): readonly ComparedRow[] {
  return row({ what: "definition" }, source, target, sameText);
}

/** How a function is called and what it does. */
export function routineRow(source: Routine | undefined, target: Routine | undefined): readonly ComparedRow[] {
  const same = () => source !== undefined && target !== undefined && sameFunction(source, target);
  return row({ what: "definition" }, source && routineText(source), target && routineText(target), same);
}

function routineText(routine: Routine): string {
  const { parameters, returns, returnColumns, language, deterministic, definition } = routine;
  const columns = (returnColumns ?? []).map(({ name, typeText }) => `${name} ${typeText}`).join(", ");
  return [
    ...parameters.map(
      ({ name, typeText, default: value }) =>
        `PARAMETER ${name} ${typeText}${value === undefined ? "" : ` DEFAULT ${value}`}`,
    ),
    `RETURNS ${returns}${columns === "" ? "" : ` (${columns})`}`,
    `LANGUAGE ${language}`,
    ...(deterministic ? [] : ["NOT DETERMINISTIC"]),
    definition,
  ].join("\n");
}
