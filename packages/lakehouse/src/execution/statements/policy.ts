import type { QualifiedName } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { blankEnvironment } from "../catalog/blank.ts";
import { gather } from "../catalog/gather.ts";
import { catalogView } from "../catalog/view.ts";
import { failure, quotedParts } from "../errors.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { coerce } from "../translate/casts.ts";
import { callBound } from "../translate/routines.ts";
import { simple } from "../translate/typed.ts";
import type { Type } from "../types/types.ts";
import type { Work } from "../work.ts";

/** A call of a mask or row filter, as a read of the table will make it. */
export interface Policy {
  readonly function: QualifiedName;
  readonly args: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
}

/**
 * The full name of a policy's function, which was resolved with these columns, so that a policy which cannot be read is never set.
 * Throws ROUTINE_NOT_FOUND, PERMISSION_DENIED for EXECUTE, and what does not fit.
 */
export async function resolvePolicy(work: Work, { function: called, args, result }: Policy): Promise<string> {
  const name = objectName(partsOf(called), work.namespace);
  const record = work.context.metastore.function(name);
  if (record === undefined)
    throw failure(
      "ROUTINE_NOT_FOUND",
      "42883",
      `The routine ${quotedParts(nameParts(name))} cannot be found. Verify the spelling and correctness of the schema and catalog.`,
    );
  if (args.length !== record.parameters.length)
    throw failure(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${fullName(name)}\` requires ${record.parameters.length} parameters but the actual number is ${args.length}.`,
    );
  const found = await gather(work, { kind: "call", name: called });
  const environment = blankEnvironment(work, work.input.text, catalogView(work, found));
  const values = args.map((arg) => simple(arg.name, arg.type));
  coerce(callBound(nameParts(name), values, environment), result);
  return fullName(name);
}
