import type { QualifiedName, TableReference } from "@clone-xs/sql";
import { type ChangesCall, isTableChanges } from "../table-changes.ts";

/** Names that a tree may need: table references and calls, whether or not they turn out to be common tables and built-ins. */
export interface Mentioned {
  readonly tables: readonly TableReference[];
  readonly histories: readonly { readonly target: TableReference; readonly limit: number | undefined }[];
  readonly details: readonly TableReference[];
  /** Calls of table_changes. */
  readonly changes: readonly ChangesCall[];
  readonly calls: readonly QualifiedName[];
  readonly columns: readonly QualifiedName[];
}

/** Walks any part of a statement tree. */
export function mentionedIn(tree: unknown): Mentioned {
  const tables: TableReference[] = [];
  const histories: { target: TableReference; limit: number | undefined }[] = [];
  const details: TableReference[] = [];
  const changes: ChangesCall[] = [];
  const calls: QualifiedName[] = [];
  const columns: QualifiedName[] = [];
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== "object" || node === null) continue;
    if (isNode(node)) note(node);
    // One by one: a list of values can be longer than a call takes arguments.
    for (const child of Object.values(node)) pending.push(child);
  }
  return { tables, histories, details, changes, calls, columns };

  function note(node: Node): void {
    if (node.kind === "table" && node.table !== undefined) tables.push(node.table);
    else if (node.kind === "table" && node.name !== undefined)
      tables.push({ name: node.name, start: node.name.start, end: node.name.end });
    else if (node.kind === "history" && node.target !== undefined)
      histories.push({ target: node.target, limit: node.limit });
    else if (node.kind === "column" && node.name !== undefined) columns.push(node.name);
    else if (node.kind === "detail" && node.target !== undefined) details.push(node.target);
    else if (isChangesCall(node)) changes.push(node);
    else if ((node.kind === "call" || node.kind === "function") && node.name !== undefined)
      calls.push(node.name);
  }
}

interface Node {
  readonly kind: string;
  readonly table?: TableReference;
  readonly name?: QualifiedName;
  readonly target?: TableReference;
  readonly limit?: number;
}

function isChangesCall(node: object): node is ChangesCall {
  const relation = node as Partial<ChangesCall>;
  return (
    relation.kind === "function" && relation.name !== undefined && isTableChanges({ name: relation.name })
  );
}

function isNode(node: object): node is Node {
  return "kind" in node && typeof node.kind === "string";
}
