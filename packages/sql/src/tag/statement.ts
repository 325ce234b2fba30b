import type { SchemaName, Statement, StatementKind } from "@clone-xs/unity";
import type { SqlFragment } from "./fragment.ts";

/** What a statement of a kind does to the workspace. `other` counts as a write: nothing is known about it. */
export const EFFECT: Readonly<Record<StatementKind, Statement["effect"]>> = {
  clone: "write",
  create: "write",
  alter: "write",
  drop: "write",
  comment: "write",
  grant: "write",
  tag: "write",
  write: "write",
  history: "read",
  describe: "read",
  select: "read",
  other: "write",
};

/** A statement of a kind; `namespace` is what unqualified names in it resolve against. */
export function statement(kind: StatementKind, fragment: SqlFragment, namespace?: SchemaName): Statement {
  const sent = { text: fragment.text, kind, effect: EFFECT[kind] };
  return namespace ? { ...sent, catalog: namespace.catalog, schema: namespace.schema } : sent;
}
