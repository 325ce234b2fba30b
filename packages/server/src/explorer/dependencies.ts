import type { DefinitionReferences } from "@clone-xs/clone";
import { fullName, type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { Dependencies } from "../contract/index.ts";

/**
 * What a definition names. A bare name of a function is the user's own when its schema has one of that name; where that schema cannot
 * be listed it is taken for a built-in one.
 */
export async function dependenciesOf(
  workspace: Workspace,
  named: DefinitionReferences,
): Promise<Dependencies> {
  if (!named.ok) return { understood: false, message: named.message };
  const bare = named.references.filter(({ kind, qualified }) => kind === "function" && !qualified);
  const own = bare[0] === undefined ? new Set<string>() : await functionsOf(workspace, bare[0].name);
  const names = named.references
    .filter(({ kind, qualified, name }) => kind === "relation" || qualified || own.has(keyOf(name)))
    .map(({ kind, name }) => ({ kind, catalog: name.catalog, schema: name.schema, name: name.name }));
  return { understood: true, names };
}

/** All bare names of one definition resolve against the same schema. */
async function functionsOf(
  { unity }: Workspace,
  { catalog, schema }: { readonly catalog: string; readonly schema: string },
): Promise<ReadonlySet<string>> {
  try {
    return new Set((await unity.functions(catalog, schema)).map(keyOf));
  } catch (error) {
    if (error instanceof WorkspaceError && (error.code === "NOT_FOUND" || error.code === "PERMISSION_DENIED"))
      return new Set();
    throw error;
  }
}

const keyOf = (name: Parameters<typeof fullName>[0]) => fullName(name).toLowerCase();
