import type {
  Expression,
  FunctionCall,
  Identifier,
  QualifiedName,
  Query,
  QueryBody,
  Relation,
  Select,
  TableReference,
} from "../tree/index.ts";

/** A name in a query, with what it stands for. Names of common tables are not reported. */
export type NameUse =
  | { readonly kind: "table"; readonly table: TableReference }
  | { readonly kind: "function"; readonly name: QualifiedName; readonly arguments: FunctionCall["arguments"] }
  /** A column or star; `tables` are the tables without an alias that its qualifier can mean, innermost first. */
  | { readonly kind: "column"; readonly name: QualifiedName; readonly tables: readonly TableReference[] };

/** What names can mean at some place of a query. */
interface Scope {
  /** Lower case. */
  readonly commonTables: ReadonlySet<string>;
  readonly tables: readonly TableReference[];
  /** Parameters of the lambdas around, lower case: they hide columns and tables. */
  readonly parameters: ReadonlySet<string>;
}

const OUTERMOST: Scope = { commonTables: new Set(), tables: [], parameters: new Set() };

type Node = QueryBody | Relation | Expression | { readonly kind?: undefined };

/**
 * All names used by a query or expression, in no particular order. Walks with a stack of its own: a chain of thousands
 * of operators is a tree as deep.
 */
export function namesIn(root: Query | Expression): readonly NameUse[] {
  const uses: NameUse[] = [];
  const pending: [unknown, Scope][] = [[root, OUTERMOST]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, scope] = next;
    if (Array.isArray(node)) for (const item of node) pending.push([item, scope]);
    else if (typeof node === "object" && node !== null) visit(node, { scope, uses, pending });
  }
  return uses;
}

interface Walk {
  readonly scope: Scope;
  readonly uses: NameUse[];
  readonly pending: [unknown, Scope][];
}

function visit(node: object, walk: Walk): void {
  const { scope, uses, pending } = walk;
  if (isQuery(node)) return visitQuery(node, walk);
  const typed = node as Node;
  switch (typed.kind) {
    case "select":
      return pushChildren(node, { ...walk, scope: withTables(scope, typed) });
    case "table":
      return visitTable("table" in typed ? typed.table : typed, walk);
    case "history":
    case "detail":
      return visitTable(typed.target, walk);
    case "column":
      if (!isParameter(typed.name, scope))
        uses.push({ kind: "column", name: typed.name, tables: scope.tables });
      return;
    case "lambda":
      pending.push([typed.body, withParameters(scope, typed.parameters)]);
      return;
    case "star":
      if (typed.qualifier) uses.push({ kind: "column", name: typed.qualifier, tables: scope.tables });
      return;
    case "call":
    case "function":
      uses.push({ kind: "function", name: typed.name, arguments: typed.arguments });
      return pushChildren(node, walk);
    case "lateralView":
      uses.push({ kind: "function", name: typed.name, arguments: [] });
      pending.push([typed.input, scope], [typed.arguments, scope]);
      return;
    default:
      return pushChildren(node, walk);
  }
}

function isParameter({ parts: [first] }: QualifiedName, { parameters }: Scope): boolean {
  return first !== undefined && parameters.has(first.text.toLowerCase());
}

function withParameters(scope: Scope, parameters: readonly Identifier[]): Scope {
  const names = parameters.map((parameter) => parameter.text.toLowerCase());
  return { ...scope, parameters: new Set([...scope.parameters, ...names]) };
}

function isQuery(node: object): node is Query {
  return "body" in node && "with" in node;
}

function pushChildren(node: object, { scope, pending }: Walk): void {
  for (const child of Object.values(node)) if (typeof child === "object") pending.push([child, scope]);
}

function visitTable(table: TableReference, { scope, uses, pending }: Walk): void {
  const [first] = table.name.parts;
  const common = table.name.parts.length === 1 && first && scope.commonTables.has(first.text.toLowerCase());
  if (!common) uses.push({ kind: "table", table });
  if (table.timeTravel) pending.push([table.timeTravel.value, scope]);
}

/** Each common table sees those before it, and itself when recursive; ORDER BY sees the tables of its SELECT. */
function visitQuery(query: Query, { scope, pending }: Walk): void {
  let seen = scope;
  for (const { name, query: inner } of query.with) {
    const including = withCommonTable(seen, name.text);
    pending.push([inner, query.recursive ? including : seen]);
    seen = including;
  }
  const { body, orderBy, limit, offset } = query;
  pending.push([body, seen], [limit, seen], [offset, seen]);
  pending.push([orderBy, body.kind === "select" ? withTables(seen, body) : seen]);
}

function withCommonTable(scope: Scope, name: string): Scope {
  return { ...scope, commonTables: new Set([...scope.commonTables, name.toLowerCase()]) };
}

function withTables(scope: Scope, select: Select): Scope {
  return { ...scope, tables: [...select.from.flatMap(unaliased), ...scope.tables] };
}

/** The tables of a relation that their own name can qualify. */
function unaliased(relation: Relation): readonly TableReference[] {
  switch (relation.kind) {
    case "table":
      return relation.alias ? [] : [relation.table];
    case "join":
      return [...unaliased(relation.left), ...unaliased(relation.right)];
    case "lateralView":
      return unaliased(relation.input);
    default:
      return [];
  }
}
