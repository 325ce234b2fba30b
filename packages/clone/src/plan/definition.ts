import { referencesOf, rewriteNames, SqlError, type TextKind } from "@clone-xs/sql";
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

export type DefinitionReferences =
  | { readonly ok: true; readonly references: readonly Reference[] }
  | { readonly ok: false; readonly message: string };

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
  const named = referencesIn(definition);
  if (!named.ok || kind === "opaque") return named.ok ? { ...named, text } : named;
  const catalog = (name: string) => (name.toLowerCase() === from.toLowerCase() ? to : undefined);
  return understood(() => ({
    ...named,
    text: rewriteNames(text, { kind: textKindOf(kind), catalog, namespace }),
  }));
}

/**
 * What a view or function names. A bare function may be a built-in one: whether it is the user's own only the catalog can tell.
 * Nothing is known of one in another language than SQL.
 */
export function definitionReferences(defined: Defined): DefinitionReferences {
  return referencesIn(definitionOf(defined));
}

/** The text of a view or function, with where its names resolve. */
export function definitionOf(defined: Defined): Definition {
  const namespace = namespaceOf(defined);
  if (defined.kind === "view") return { kind: "query", text: defined.view.view?.text ?? "", namespace };
  const { language, definition } = defined.routine;
  return { kind: language.toUpperCase() === "SQL" ? "body" : "opaque", text: definition, namespace };
}

/** Where unqualified names resolve; the object's own schema when the workspace does not tell. */
export function namespaceOf(defined: Defined): SchemaName {
  const told = defined.kind === "view" ? defined.view.view?.namespace : undefined;
  return told ?? { catalog: defined.name.catalog, schema: defined.name.schema };
}

function referencesIn({ kind, text, namespace }: Definition): DefinitionReferences {
  if (kind === "opaque") return { ok: true, references: [] };
  return understood(() => {
    const { tables, functions } = referencesOf(text, textKindOf(kind));
    const references = [
      ...tables.flatMap((parts) => reference("relation", parts, namespace)),
      ...functions.flatMap((parts) => reference("function", parts, namespace)),
    ];
    return { ok: true, references };
  });
}

type NotUnderstood = Extract<DefinitionReferences, { ok: false }>;

function understood<Read>(read: () => Read): Read | NotUnderstood {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { ok: false, message: `Its text cannot be understood: ${error.message}` };
  }
}

function textKindOf(kind: "query" | "body"): TextKind {
  return kind === "query" ? "query" : "functionBody";
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
