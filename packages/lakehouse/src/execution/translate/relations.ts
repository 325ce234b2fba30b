import type { Expression, Relation, TableAlias, TableReference } from "@clone-xs/sql";
import { failure, unsupported } from "../errors.ts";
import { BOOLEAN, type Type } from "../types/types.ts";
import { coerce } from "./casts.ts";
import {
  EMPTY_SCOPE,
  type Environment,
  place,
  type Scope,
  type ScopeColumn,
  type Source,
  type TranslatedQuery,
} from "./environment.ts";
import { generator, generatorName, rangeRows } from "./generators.ts";
import { masked } from "./policies.ts";
import { quoteName } from "./quote.ts";
import { absentBuiltin, bindArguments, isQuery, isTable, routineEnvironment } from "./routines.ts";
import { simple, typed } from "./typed.ts";

/** A FROM clause: DuckDB's text (empty when there is none) and the names it brings. */
export interface FromClause {
  readonly sql: string;
  readonly scope: Scope;
}

/** The relations of a FROM clause, comma-separated ones joined. */
export function relationList(
  relations: readonly Relation[],
  environment: Environment,
  parent: Scope | undefined,
): FromClause {
  const empty: FromClause = { sql: "", scope: withParent(EMPTY_SCOPE, parent) };
  return relations.reduce((left, node) => {
    const right = relation(node, environment, left.scope.relations.length > 0 ? left.scope : parent, parent);
    if (left.sql === "") return { ...right, scope: withParent(right.scope, parent) };
    return { sql: `${left.sql} CROSS JOIN ${right.sql}`, scope: both(left.scope, right.scope) };
  }, empty);
}

function withParent(scope: Scope, parent: Scope | undefined): Scope {
  return parent === undefined ? scope : { ...scope, parent, variables: parent.variables };
}

function both(left: Scope, right: Scope): Scope {
  return {
    ...left,
    relations: [...left.relations, ...right.relations],
    merged: [...left.merged, ...right.merged],
  };
}

/** One relation; `beside` is what a LATERAL one may see, `parent` what any may see. */
function relation(
  node: Relation,
  environment: Environment,
  beside: Scope | undefined,
  parent: Scope | undefined,
): FromClause {
  switch (node.kind) {
    case "table":
      return tableSource(node, environment);
    case "subquery": {
      const query = environment.translate.query(node.query, environment, node.lateral ? beside : parent);
      return derived(query, node.alias, environment, node.lateral);
    }
    case "values":
      return derived(
        environment.translate.values(node.rows, environment, parent),
        node.alias,
        environment,
        false,
      );
    case "function":
      return tableFunction(node, environment, node.lateral ? beside : parent);
    case "history": {
      const source = environment.catalog.history(node.target, node.limit, environment);
      return named(
        source,
        node.alias?.name.text === undefined ? [] : [node.alias.name.text],
        node.alias,
        environment,
      );
    }
    case "detail": {
      const source = environment.catalog.detail(node.target, environment);
      return named(source, node.alias === undefined ? [] : [node.alias.name.text], node.alias, environment);
    }
    case "join":
      return join(node, environment, beside, parent);
    case "lateralView":
      return lateralView(node, environment, beside, parent);
  }
}

/** A table, view or common table by name. */
export function tableSource(
  node: Extract<Relation, { kind: "table" }>,
  environment: Environment,
): FromClause {
  const [only, ...more] = node.table.name.parts;
  const common =
    more.length > 0 || node.table.path !== undefined
      ? undefined
      : environment.commonTables.findLast((c) => c.name.toLowerCase() === only?.text.toLowerCase());
  if (common !== undefined) {
    const relationId = environment.ids.relation();
    const columns = common.columns.map((c) => ({
      name: c.name,
      value: simple(`${relationId}.${c.id}`, c.type),
    }));
    return finish(`${common.id} AS ${relationId}`, [common.name], columns, node.alias, environment);
  }
  const source = environment.catalog.table(node.table, environment);
  if (source.kind === "view") return view(source, node.table, node.alias, environment);
  return named(masked(source, environment), source.parts, node.alias, environment);
}

function view(
  source: Extract<Source, { kind: "view" }>,
  reference: TableReference,
  alias: TableAlias | undefined,
  environment: Environment,
): FromClause {
  const fullName = source.parts.join(".");
  if (environment.expanding.includes(fullName))
    throw failure(
      "RECURSIVE_VIEW",
      "42K0H",
      `Recursive view \`${fullName}\` detected (cycle: ${[...environment.expanding, fullName].join(" -> ")}).`,
      place(environment, reference),
    );
  const query = environment.translate.query(source.query, {
    ...environment,
    text: source.text,
    namespace: source.namespace,
    reader: source.owner,
    parameters: [],
    commonTables: [],
    expanding: [...environment.expanding, fullName],
  });
  const columns = query.columns.map((column, i) => ({
    ...column,
    name: source.columnNames[i] ?? column.name,
  }));
  return derivedAs({ ...query, columns }, source.parts, alias, environment);
}

type Rows = Extract<Source, { kind: "rows" }>;

function named(
  source: Rows,
  parts: readonly string[],
  alias: TableAlias | undefined,
  environment: Environment,
): FromClause {
  const id = environment.ids.relation();
  const inScope = (c: Rows["columns"][number]): ScopeColumn => ({
    name: c.name,
    value: simple(`${id}.${quoteName(c.name)}`, c.type),
  });
  const from = finish(`${source.sql} AS ${id}`, parts, source.columns.map(inScope), alias, environment);
  // A list of column names covers the table: nothing of it is seen that the list does not name.
  if (source.hidden === undefined || (alias?.columns ?? []).length > 0) return from;
  const hidden = source.hidden.map(inScope);
  const relations = from.scope.relations.map((made) => ({ ...made, hidden }));
  return { ...from, scope: { ...from.scope, relations } };
}

function derived(
  query: TranslatedQuery,
  alias: TableAlias | undefined,
  environment: Environment,
  lateral: boolean,
): FromClause {
  return derivedAs(query, alias === undefined ? [] : [alias.name.text], alias, environment, lateral);
}

function derivedAs(
  query: TranslatedQuery,
  parts: readonly string[],
  alias: TableAlias | undefined,
  environment: Environment,
  lateral = false,
): FromClause {
  const id = environment.ids.relation();
  const columns = query.columns.map((c) => ({ name: c.name, value: simple(`${id}.${c.id}`, c.type) }));
  return finish(`${lateral ? "LATERAL " : ""}(${query.sql}) AS ${id}`, parts, columns, alias, environment);
}

/** Applies the alias: it hides the table's own name and may rename the columns. */
function finish(
  sql: string,
  parts: readonly string[],
  columns: readonly ScopeColumn[],
  alias: TableAlias | undefined,
  environment: Environment,
): FromClause {
  const names = alias?.columns ?? [];
  if (alias !== undefined && names.length > 0 && names.length !== columns.length)
    throw failure(
      "ASSIGNMENT_ARITY_MISMATCH",
      "42802",
      `The number of columns or variables assigned or aliased: ${names.length} does not match the number of source expressions: ${columns.length}.`,
      place(environment, alias.name),
    );
  const renamed = columns.map((column, i) => ({ ...column, name: names[i]?.text ?? column.name }));
  return {
    sql,
    scope: {
      ...EMPTY_SCOPE,
      relations: [{ parts: alias === undefined ? parts : [alias.name.text], columns: renamed }],
    },
  };
}

function tableFunction(
  node: Extract<Relation, { kind: "function" }>,
  environment: Environment,
  visible: Scope | undefined,
): FromClause {
  const scope = withParent(EMPTY_SCOPE, visible);
  const args = () =>
    node.arguments.map(({ value }) => environment.translate.expression(value, scope, environment));
  const name = node.name.parts.map((part) => part.text.toLowerCase()).join(".");
  const made = generatorName(node.name);
  if (made !== undefined)
    return derived(generator(made, args(), node, environment), node.alias, environment, node.lateral);
  if (name === "range")
    return derived(rangeRows(args(), node, environment), node.alias, environment, node.lateral);
  if (name === "table_changes")
    return named(
      environment.catalog.changes(node, environment),
      node.alias === undefined ? [] : [node.alias.name.text],
      node.alias,
      environment,
    );
  const routine = environment.catalog.routine(
    node.name.parts.map((part) => part.text),
    environment,
  );
  if (routine === undefined) {
    const absent = absentBuiltin(node, environment);
    if (absent !== undefined) throw absent;
    throw failure(
      "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
      "42883",
      `Could not resolve \`${name}\` to a table-valued function. Please make sure that \`${name}\` is defined as a table-valued function and that all required parameters are provided correctly.`,
      place(environment, node),
    );
  }
  const { returns } = routine;
  if (!isTable(returns) || !isQuery(routine.body))
    throw failure(
      "NOT_A_TABLE_FUNCTION",
      "42887",
      `${routine.fullName} appears as a table function here, but the function was defined as a scalar function. Please update the query to move the function call outside the FROM clause, or redefine ${routine.fullName} as a table function instead.`,
      place(environment, node),
    );
  const variables = bindArguments(node, routine, scope, environment);
  const query = environment.translate.query(routine.body, routineEnvironment(routine, environment), {
    ...EMPTY_SCOPE,
    variables,
  });
  return derived(returned(query, returns, environment), node.alias, environment, node.lateral);
}

/** The body's columns under the declared names and types. */
function returned(
  query: TranslatedQuery,
  columns: readonly { readonly name: string; readonly type: Type }[],
  environment: Environment,
): TranslatedQuery {
  if (query.columns.length !== columns.length)
    throw unsupported("a table function whose body gives another number of columns than it returns");
  const id = environment.ids.relation();
  const outputs = columns.map((column) => ({ ...column, id: environment.ids.column() }));
  const items = query.columns.map(
    (from, i) =>
      `${coerce(typed(`${id}.${from.id}`, from.type), outputs[i]?.type ?? from.type).sql} AS ${outputs[i]?.id}`,
  );
  return { sql: `SELECT ${items.join(", ")} FROM (${query.sql}) AS ${id}`, columns: outputs };
}

const JOINS: Readonly<Record<Extract<Relation, { kind: "join" }>["type"], string>> = {
  INNER: "JOIN",
  LEFT: "LEFT JOIN",
  RIGHT: "RIGHT JOIN",
  FULL: "FULL JOIN",
  CROSS: "CROSS JOIN",
  "LEFT SEMI": "SEMI JOIN",
  "LEFT ANTI": "ANTI JOIN",
};

function join(
  node: Extract<Relation, { kind: "join" }>,
  environment: Environment,
  beside: Scope | undefined,
  parent: Scope | undefined,
): FromClause {
  const left = relation(node.left, environment, beside, parent);
  const visible = withParent(left.scope, parent);
  const right = relation(node.right, environment, visible, parent);
  const together = withParent(both(left.scope, right.scope), parent);
  const shared = node.natural ? commonNames(left.scope, right.scope) : node.using.map((name) => name.text);
  const condition =
    node.on === undefined
      ? using(shared, left.scope, right.scope, environment, node)
      : on(node.on, together, environment);
  const word = node.type === "INNER" && condition === undefined ? "CROSS JOIN" : JOINS[node.type];
  const sql = `(${left.sql} ${word} ${right.sql}${word === "CROSS JOIN" ? "" : ` ON ${condition ?? "true"}`})`;
  if (node.type === "LEFT SEMI" || node.type === "LEFT ANTI") return { sql, scope: left.scope };
  const merged = shared.map((name) => mergedColumn(name, node.type, left.scope, right.scope));
  const scope = both(left.scope, right.scope);
  return {
    sql,
    scope: {
      ...scope,
      merged: [...merged, ...scope.merged.filter((m) => !shared.some((s) => sameName(s, m.name)))],
    },
  };
}

function on(node: Expression, scope: Scope, environment: Environment): string {
  return coerce(environment.translate.expression(node, scope, environment), BOOLEAN).sql;
}

function commonNames(left: Scope, right: Scope): readonly string[] {
  const rights = right.relations.flatMap((r) => r.columns.map((c) => c.name.toLowerCase()));
  return left.relations
    .flatMap((r) => r.columns.map((c) => c.name))
    .filter((name) => rights.includes(name.toLowerCase()));
}

function using(
  names: readonly string[],
  left: Scope,
  right: Scope,
  environment: Environment,
  node: Relation,
): string | undefined {
  if (names.length === 0) return undefined;
  return names
    .map((name) => {
      const [a, b] = [sideColumn(left, name), sideColumn(right, name)];
      if (a === undefined || b === undefined)
        throw failure(
          "UNRESOLVED_USING_COLUMN_FOR_JOIN",
          "42703",
          `USING column \`${name}\` cannot be resolved on the ${a === undefined ? "left" : "right"} side of the join.`,
          place(environment, node),
        );
      return environment.translate.equal(a.value, b.value, environment, node);
    })
    .join(" AND ");
}

function sideColumn(scope: Scope, name: string): ScopeColumn | undefined {
  return (
    scope.merged.find((c) => sameName(c.name, name)) ??
    scope.relations.flatMap((r) => r.columns).find((c) => sameName(c.name, name))
  );
}

function mergedColumn(
  name: string,
  type: Extract<Relation, { kind: "join" }>["type"],
  left: Scope,
  right: Scope,
): ScopeColumn {
  const [a, b] = [sideColumn(left, name), sideColumn(right, name)];
  const kept = type === "RIGHT" ? b : a;
  if (a === undefined || b === undefined || kept === undefined) throw new RangeError(`no column ${name}`);
  if (type !== "FULL") return { name: kept.name, value: kept.value };
  return {
    name: a.name,
    value: typed(`coalesce(${a.value.sql}, ${coerce(b.value, a.value.type).sql})`, a.value.type),
  };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function lateralView(
  node: Extract<Relation, { kind: "lateralView" }>,
  environment: Environment,
  beside: Scope | undefined,
  parent: Scope | undefined,
): FromClause {
  const input = relation(node.input, environment, beside, parent);
  const visible = withParent(input.scope, parent);
  const name = generatorName(node.name);
  if (name === undefined)
    throw unsupported(
      `LATERAL VIEW ${node.name.parts.map((p) => p.text).join(".")}`,
      place(environment, node),
    );
  const args = node.arguments.map((value) => environment.translate.expression(value, visible, environment));
  const made = generator(name, args, node, environment);
  const id = environment.ids.relation();
  const outer = node.outer || name.endsWith("_outer");
  const columns = made.columns.map((c, i) => ({
    name: node.columns[i]?.text ?? c.name,
    value: simple(`${id}.${c.id}`, c.type),
  }));
  return {
    sql: `${input.sql} ${outer ? "LEFT JOIN LATERAL" : "CROSS JOIN LATERAL"} (${made.sql}) AS ${id}${outer ? " ON true" : ""}`,
    scope: both(input.scope, {
      ...EMPTY_SCOPE,
      relations: [{ parts: node.table === undefined ? [] : [node.table.text], columns }],
    }),
  };
}
