import { definitionReferences } from "@clone-xs/clone";
import { fullName, type ObjectName, type Routine, type Workspace } from "@clone-xs/unity";
import type { Dependencies, FunctionDetail } from "../contract/index.ts";
import { dependenciesOf } from "./dependencies.ts";
import { readGrants } from "./governance.ts";
import { found, requireNames } from "./parts.ts";

/** A function with its body. Throws NOT_FOUND. */
export async function functionDetail(workspace: Workspace, name: ObjectName): Promise<FunctionDetail> {
  requireNames("function", name.catalog, name.schema, name.name);
  const routines = await workspace.unity.functions(name.catalog, name.schema);
  const wanted = name.name.toLowerCase();
  const routine = found(
    routines.find((each) => each.name.toLowerCase() === wanted),
    "function",
    fullName(name),
  );
  const { catalog, schema } = routine;
  const [dependencies, grants] = await Promise.all([
    routineDependencies(workspace, routine),
    readGrants(workspace, "function", fullName({ catalog, schema, name: routine.name })),
  ]);
  return {
    catalog,
    schema,
    name: routine.name,
    owner: routine.owner,
    comment: routine.comment ?? null,
    parameters: routine.parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.typeText,
      default: parameter.default ?? null,
      comment: parameter.comment ?? null,
    })),
    returns: routine.returns,
    return_columns:
      routine.returnColumns?.map(({ name: column, typeText, comment }) => ({
        name: column,
        type: typeText,
        comment: comment ?? null,
      })) ?? null,
    language: routine.language,
    deterministic: routine.deterministic,
    definition: routine.definition,
    dependencies,
    grants,
  };
}

async function routineDependencies(workspace: Workspace, routine: Routine): Promise<Dependencies> {
  const opaque = opaqueReason(routine);
  if (opaque !== undefined) return { understood: false, message: opaque };
  return dependenciesOf(workspace, definitionReferences({ kind: "function", name: routine, routine }));
}

/** Why the names in a function's body cannot be known; `undefined` when they can. */
export function opaqueReason({ language }: Routine): string | undefined {
  if (language.toUpperCase() === "SQL") return undefined;
  return `Its body is ${language}, not SQL: what it names is not known.`;
}
