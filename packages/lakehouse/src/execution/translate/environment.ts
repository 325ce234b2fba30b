import type { Expression, Query, Relation, Span, TableReference } from "@clone-xs/sql";
import type { SchemaName, StatementParameter } from "@clone-xs/unity";
import type { Place } from "../errors.ts";
import type { Type } from "../types/types.ts";
import type { Typed } from "./typed.ts";

/**
 * What a piece of SQL text is translated against. A statement has one; every view and SQL function it uses has its own, with its own text,
 * namespace and owner, because names in a view mean what they meant when it was created and are read with its owner's rights.
 */
export interface Environment {
  /** The text that spans of the tree point into. */
  readonly text: string;
  readonly namespace: Namespace;
  /** Whose privileges count for what this text names. */
  readonly reader: string;
  readonly session: Session;
  readonly parameters: readonly StatementParameter[];
  readonly catalog: CatalogView;
  /** The translator's parts, handed along because SQL nests each in the other. */
  readonly translate: Translator;
  /** Common tables in scope, innermost last. */
  readonly commonTables: readonly CommonTableSource[];
  /** Makes the names of relations and columns: `c1`, `r2`. */
  readonly ids: Ids;
  /** Views and functions being expanded, to refuse a definition that contains itself. */
  readonly expanding: readonly string[];
}

interface Namespace {
  readonly catalog?: string;
  readonly schema?: string;
}

export interface Translator {
  expression(node: Expression, scope: Scope, environment: Environment): Typed;
  /** `parent` is the scope of the query around it. */
  query(node: Query, environment: Environment, parent?: Scope): TranslatedQuery;
  values(
    rows: readonly (readonly Expression[])[],
    environment: Environment,
    parent: Scope | undefined,
  ): TranslatedQuery;
  /** The DuckDB condition that two values are equal. */
  equal(left: Typed, right: Typed, environment: Environment, span: Span): string;
}

/** A DuckDB query and its columns, which are called `id` in its text. */
export interface TranslatedQuery {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

/** The names an expression may use. */
export interface Scope {
  readonly relations: readonly ScopeRelation[];
  /** Columns merged by USING or NATURAL: they win over the sides' own when unqualified, and come first in `*`. */
  readonly merged: readonly ScopeColumn[];
  /** Aliases of the select list so far (lateral column aliases), or of the whole list in HAVING, QUALIFY and ORDER BY. */
  readonly aliases: ReadonlyMap<string, Typed>;
  /** Parameters of lambdas and of SQL functions. */
  readonly variables: ReadonlyMap<string, Typed>;
  /** Named windows of the select, as DuckDB text. */
  readonly windows: ReadonlyMap<string, string>;
  /** The enclosing query's scope, for correlated subqueries. */
  readonly parent?: Scope;
}

interface ScopeRelation {
  /** Qualifier: `["t"]` for an alias, `["c","s","t"]` for a table by name. */
  readonly parts: readonly string[];
  readonly columns: readonly ScopeColumn[];
  /** Found by name where no column is meant, and never by `*`. */
  readonly hidden?: readonly ScopeColumn[];
}

export interface ScopeColumn {
  readonly name: string;
  readonly value: Typed;
}

export const EMPTY_SCOPE: Scope = {
  relations: [],
  merged: [],
  aliases: new Map(),
  variables: new Map(),
  windows: new Map(),
};

/** What current_user() and its like answer. */
export interface Session {
  readonly user: string;
  readonly groups: readonly string[];
  readonly metastoreId: string;
  readonly now: number;
  readonly version: string;
}

interface CommonTableSource {
  readonly name: string;
  /** Name of the WITH entry in DuckDB's text. */
  readonly id: string;
  readonly columns: readonly OutputColumn[];
}

/** A column of a translated query: its name to the user, its name in DuckDB's text. */
export interface OutputColumn {
  readonly name: string;
  readonly type: Type;
  readonly id: string;
}

/** Everything outside the statement that it names; all loaded before translation starts, so that translation is pure. */
export interface CatalogView {
  /** Throws TABLE_OR_VIEW_NOT_FOUND, INSUFFICIENT_PERMISSIONS and what reading the table's log may throw. */
  table(reference: TableReference, environment: Environment): Source;
  /** What DESCRIBE HISTORY says of a table, as a relation. */
  history(
    reference: TableReference,
    limit: number | undefined,
    environment: Environment,
  ): Extract<Source, { kind: "rows" }>;
  /** What DESCRIBE DETAIL says of a table, as a relation of one row. */
  detail(reference: TableReference, environment: Environment): Extract<Source, { kind: "rows" }>;
  /** The rows of table_changes. */
  changes(
    call: Extract<Relation, { kind: "function" }>,
    environment: Environment,
  ): Extract<Source, { kind: "rows" }>;
  /** `undefined` when there is no such SQL function. */
  routine(parts: readonly string[], environment: Environment): RoutineSource | undefined;
}

export type Source =
  /** `sql` is a DuckDB query in parentheses whose columns are called as in `columns`, quoted. */
  | {
      readonly kind: "rows";
      readonly parts: readonly string[];
      readonly columns: readonly { readonly name: string; readonly type: Type }[];
      /** Columns that the query has beside those that `*` gives. */
      readonly hidden?: readonly { readonly name: string; readonly type: Type }[];
      readonly sql: string;
      /** Masks and row filter. */
      readonly policy?: TablePolicy;
    }
  | {
      readonly kind: "view";
      readonly parts: readonly string[];
      readonly text: string;
      readonly query: Query;
      readonly namespace: SchemaName;
      readonly owner: string;
      /** Names the view gives its columns. */
      readonly columnNames: readonly string[];
    };

export interface TablePolicy {
  readonly filter?: PolicyCall;
  /** `columns` begins with the masked one. */
  readonly masks: readonly PolicyCall[];
}

/** A call of a mask's or row filter's function. It runs with the rights of its owner; who asks is still the caller. */
export interface PolicyCall {
  readonly function: readonly string[];
  readonly owner: string;
  readonly columns: readonly string[];
}

export interface RoutineSource {
  readonly fullName: string;
  readonly owner: string;
  readonly text: string;
  readonly namespace: SchemaName;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: Type;
    readonly default?: Expression;
  }[];
  readonly returns: Type | readonly { readonly name: string; readonly type: Type }[];
  readonly body: Expression | Query;
}

export interface Ids {
  column(): string;
  relation(): string;
}

/** Fresh `c1, c2 …` and `r1, r2 …`. */
export function makeIds(): Ids {
  let columns = 0;
  let relations = 0;
  return {
    column: () => `c${++columns}`,
    relation: () => `r${++relations}`,
  };
}

export function place(environment: Environment, span: Span): Place {
  return { text: environment.text, span };
}

/** The statement's own words for an expression, for messages. */
export function wording(environment: Environment, span: Span): string {
  return environment.text.slice(span.start, span.end);
}
