import { fieldFacts } from "@clone-xs/delta";
import type { Identifier, Merge, MergeClause, QualifiedName } from "@clone-xs/sql";
import { failure, quotedParts } from "../execution/errors.ts";
import { partsOf } from "../execution/object-names.ts";
import { refuseGiven, refuseUpdated } from "../execution/statements/identity.ts";
import { cast } from "../execution/translate/casts.ts";
import type { Environment, Scope, ScopeColumn } from "../execution/translate/environment.ts";
import { quoteName } from "../execution/translate/quote.ts";
import { simple, type Typed } from "../execution/translate/typed.ts";
import { BOOLEAN } from "../execution/types/types.ts";
import { adapted } from "./adapt.ts";
import { type Assigned, assignedField, assignedValues, isDefault } from "./assignments.ts";
import type { RowAction } from "./changes.ts";
import type { Brought } from "./evolve.ts";

/** What the clauses of a MERGE may name: both rows, the source's alone, the target's alone. */
export interface MergeScopes {
  readonly both: Scope;
  readonly source: Scope;
  readonly target: Scope;
}

/** A clause ready to run: its condition as DuckDB text, `undefined` when it always holds. */
export interface MergeStep {
  readonly when: MergeClause["when"];
  readonly condition: string | undefined;
  readonly action: RowAction;
}

/** Translates the clauses of a MERGE, in their order. */
export function mergeSteps(
  { clauses, schemaEvolution }: Merge,
  assigned: Assigned,
  scopes: MergeScopes,
  environment: Environment,
): readonly MergeStep[] {
  return clauses.map((clause) => {
    const scope = scopeOf(clause.when, scopes);
    const condition =
      clause.condition === undefined
        ? undefined
        : cast(environment.translate.expression(clause.condition, scope, environment), BOOLEAN).sql;
    return {
      when: clause.when,
      condition,
      action: actionOf(clause, {
        assigned,
        scope,
        source: scopes.source,
        environment,
        evolves: schemaEvolution,
      }),
    };
  });
}

function scopeOf(when: MergeClause["when"], { both, source, target }: MergeScopes): Scope {
  return { MATCHED: both, "NOT MATCHED": source, "NOT MATCHED BY SOURCE": target }[when];
}

interface Place {
  readonly assigned: Assigned;
  readonly scope: Scope;
  readonly source: Scope;
  readonly environment: Environment;
  /** Whether columns may come with the source, and be missing in it. */
  readonly evolves: boolean;
}

function actionOf(clause: MergeClause, place: Place): RowAction {
  const action = givenAction(clause, place);
  if (!place.evolves || action.change === "delete") return action;
  const isWhole = clause.action.kind === "updateAll";
  const values = Array.from(action.values, ([name, value]): [string, Typed | undefined] => {
    const field = place.assigned.schema.fields.find((f) => f.name.toLowerCase() === name);
    if (value === undefined || field === undefined) return [name, value];
    const old = isWhole ? simple(`t.${quoteName(field.name)}`, field.type) : undefined;
    return [name, adapted(value, field.type, old)];
  });
  return { ...action, values: new Map(values) };
}

function givenAction({ action }: MergeClause, place: Place): RowAction {
  const { assigned, scope, environment } = place;
  switch (action.kind) {
    case "delete":
      return { change: "delete" };
    case "update":
      return { change: "update", values: assignedValues(action.assignments, assigned, scope, environment) };
    case "updateAll":
      return { change: "update", values: sameNames(place, action.except, "UPDATE") };
    case "insertAll":
      return { change: "insert", values: sameNames(place, action.except, "INSERT") };
    case "insert": {
      const values = action.columns.flatMap((column, i): [string, Typed][] => {
        const field = assignedField(assigned, column);
        const value = action.values[i];
        if (value === undefined || isDefault(value, assigned)) return [];
        refuseGiven(field);
        const { name } = field;
        return [[name.toLowerCase(), environment.translate.expression(value, scope, environment)]];
      });
      refuseTwice(action.columns.map((column) => assignedField(assigned, column).name));
      return { change: "insert", values: new Map(values) };
    }
  }
}

/** `SET *` and `INSERT *`: every column of the target from the column of the source with its name. */
function sameNames(
  { assigned: { schema }, source, evolves }: Place,
  except: readonly Identifier[],
  clause: "UPDATE" | "INSERT",
): ReadonlyMap<string, Typed> {
  const columns = source.relations.flatMap((relation) => relation.columns);
  const left = new Set(except.map((e) => e.text.toLowerCase()));
  const wanted = schema.fields.filter((field) => !left.has(field.name.toLowerCase()));
  return new Map(
    wanted.flatMap((field): [string, Typed][] => {
      const found = columns.find((c) => c.name.toLowerCase() === field.name.toLowerCase());
      const { generationExpression, identity } = fieldFacts(field);
      const isOptional = evolves || generationExpression !== undefined || identity !== undefined;
      if (found === undefined && isOptional) return [];
      (clause === "INSERT" ? refuseGiven : refuseUpdated)(field);
      if (found !== undefined) return [[field.name.toLowerCase(), found.value]];
      throw unresolved(field.name, clause, columns);
    }),
  );
}

/**
 * The columns of the source that a MERGE WITH SCHEMA EVOLUTION brings: all of them by `*`, and those that a clause names as a column of the
 * target.
 */
export function broughtColumns({ clauses }: Merge, assigned: Assigned, source: Scope): readonly Brought[] {
  const columns = source.relations.flatMap((relation) => relation.columns);
  const named = clauses.map((clause) => namedColumns(clause, assigned));
  return columns
    .filter(({ name }) => named.some((isNamed) => isNamed(name.toLowerCase())))
    .map(({ name, value }) => ({ name, type: value.type }));
}

function namedColumns({ action }: MergeClause, { parts }: Assigned): (name: string) => boolean {
  switch (action.kind) {
    case "delete":
      return () => false;
    case "updateAll":
    case "insertAll": {
      const left = new Set(action.except.map((e) => e.text.toLowerCase()));
      return (name) => !left.has(name);
    }
    case "update":
    case "insert": {
      const columns = action.kind === "insert" ? action.columns : action.assignments.map((a) => a.column);
      const names = new Set(columns.flatMap((column) => ownName(column, parts) ?? []));
      return (name) => names.has(name);
    }
  }
}

/** `b` and `t.b`, not `s.b` of a struct. */
function ownName(column: QualifiedName, parts: readonly string[]): string | undefined {
  const names = partsOf(column).map((part) => part.toLowerCase());
  const qualifier = names.slice(0, -1);
  const isOwn = qualifier.every(
    (part, i) => part === parts[parts.length - qualifier.length + i]?.toLowerCase(),
  );
  return isOwn ? names.at(-1) : undefined;
}

function unresolved(name: string, clause: string, columns: readonly ScopeColumn[]): Error {
  return failure(
    "DELTA_MERGE_UNRESOLVED_EXPRESSION",
    "42601",
    `Cannot resolve ${name} in ${clause} clause given columns ${columns.map((c) => c.name).join(", ")}.`,
  );
}

function refuseTwice(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase()))
      throw failure(
        "DELTA_DUPLICATE_COLUMNS_ON_INSERT",
        "42701",
        `Duplicate column names in INSERT clause: ${quotedParts([name])}.`,
      );
    seen.add(name.toLowerCase());
  }
}
