import { createHash } from "node:crypto";
import type { Routine, Table, Volume } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import { exclusionReason, schemasInScope } from "../decide/scope.ts";
import { localKey, type SchemaInventory } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";

/** An object whose copy is compared with it. */
export type Subject =
  | { readonly kind: "table" | "view"; readonly object: Table }
  | { readonly kind: "function"; readonly object: Routine }
  | { readonly kind: "volume"; readonly object: Volume };

/** One part of `of` parts of all objects, counted from 1. */
export interface Subset {
  readonly part: number;
  readonly of: number;
}

/** The objects that a request asks for, in the order in which they are listed. */
export function subjectsIn(schemas: readonly SchemaInventory[], request: CloneRequest): readonly Subject[] {
  return schemasInScope(schemas, request)
    .flatMap(subjectsOf)
    .filter(
      ({ kind, object: { schema, name } }) =>
        exclusionReason({ schema, name, type: kind }, request) === undefined,
    );
}

export function subjectsOf({ tables, functions, volumes }: SchemaInventory): readonly Subject[] {
  return [
    ...tables.map((object): Subject => ({ kind: isView(object) ? "view" : "table", object })),
    ...functions.map((object): Subject => ({ kind: "function", object })),
    ...volumes.map((object): Subject => ({ kind: "volume", object })),
  ];
}

/** Whether an object belongs to a part: always to the same one, whatever else there is, so that all parts together are everything. */
export function isInSubset({ kind, object }: Subject, { part, of }: Subset): boolean {
  const digest = createHash("sha256")
    .update(`${kind}:${localKey(object)}`)
    .digest();
  return digest.readUIntBE(0, 6) % of === part - 1;
}
