import { referencesOf, rewriteNames, SqlError } from "@clone-xs/sql";
import type { ObjectName, Routine, SchemaName, Table } from "@clone-xs/unity";

/** A view or function of the source: text that names other objects. */
export type Defined =
  | { readonly kind: "view"; readonly name: ObjectName; readonly view: Table }
  | { readonly kind: "function"; readonly name: ObjectName; readonly routine: Routine };

/** The text of a view or function, and where its unqualified names resolve. `opaque`: in another language than SQL. */
export interface Definition {
  readonly kind: "query" | "body" | "opaque";
  readonly text: string;
  readonly namespace: SchemaName;
}

/** Something a definition names, as the source calls it. */
export interface Reference {
  readonly kind: "relation" | "function";
  readonly name: ObjectName;
  /** The text names its schema. A function that stands there bare may be a built-in one. */
  readonly qualified: boolean;
}

export type Moved =
  | { readonly ok: true; readonly text: string; readonly references: readonly Reference[] }
  | { readonly ok: false; readonly message: string };

/**
 * Moves the names of one catalog in a definition to another catalog, and lists what the definition names, as the source calls it.
 * A definition in another language than SQL stays as it is: its names cannot be known.
 */
export function moveDefinition(
  definition: Definition,
  { from, to }: { readonly from: string; readonly to: string },
): Moved {
  const { kind, text, namespace } = definition;
  if (kind === "opaque") return { ok: true, text, references: [] };
  const textKind = kind === "query" ? "query" : "functionBody";
  const catalog = (name: string) => (name.toLowerCase() === from.toLowerCase() ? to : undefined);
  try {
    const { tables, functions } = referencesOf(text, textKind);
    const references = [
      ...tables.flatMap((parts) => reference("relation", parts, namespace)),
      ...functions.flatMap((parts) => reference("function", parts, namespace)),
    ];
    return { ok: true, text: rewriteNames(text, { kind: textKind, catalog, namespace }), references };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { ok: false, message: `Its text cannot be understood: ${error.message}` };
  }
}

function reference(
  kind: Reference["kind"],
  parts: readonly string[],
  namespace: SchemaName,
): readonly Reference[] {
  const [catalog, schema, name] = [namespace.catalog, namespace.schema]
    .slice(0, 3 - parts.length)
    .concat(parts);
  return catalog === undefined || schema === undefined || name === undefined
    ? []
    : [{ kind, name: { catalog, schema, name }, qualified: parts.length > 1 }];
}
