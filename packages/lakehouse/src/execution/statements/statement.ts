import type { ParsedStatement } from "@clone-xs/sql";
import { type ObjectName, invalidNameReason } from "@clone-xs/unity";
import { catalogNotFound, failure, schemaNotFound } from "../errors.ts";
import type { Work } from "../work.ts";

export type StatementOf<K extends ParsedStatement["kind"]> = Extract<ParsedStatement, { readonly kind: K }>;

/** Owner and times of something that the caller makes now. */
export function madeNow({ context }: { readonly context: Pick<Work["context"], "principal" | "now"> }) {
  const { name } = context.principal;
  const at = context.now();
  return { owner: name, createdAt: at, createdBy: name, updatedAt: at, updatedBy: name };
}

export function changedNow(work: Work) {
  return { updatedAt: work.context.now(), updatedBy: work.context.principal.name };
}

/** Throws unless the name may be given to a new securable. */
export function checkNewName(
  name: string,
  kind: "Catalog" | "Schema" | "Table" | "Volume" | "Function",
): void {
  const reason = invalidNameReason(name);
  if (reason === undefined) return;
  throw failure(
    "INVALID_PARAMETER_VALUE",
    "22023",
    `Invalid input: RPC Create${kind} Field managedcatalog.${kind}Info.name: name "${name}" is not a valid name. Valid names cannot contain spaces, periods, forward slashes, or control characters.`,
  );
}

/** Throws unless catalog and schema of a name exist. */
export function requireNamespace(
  work: Work,
  { catalog, schema }: Pick<ObjectName, "catalog" | "schema">,
): void {
  const { metastore } = work.context;
  if (metastore.catalog(catalog) === undefined) throw catalogNotFound(catalog);
  if (metastore.schema({ catalog, schema }) === undefined) throw schemaNotFound([catalog, schema]);
}

export function propertiesOf(
  properties: readonly { readonly key: string; readonly value: string }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.map(({ key, value }) => [key, value]));
}

/** Parts of commitInfo that say who did it. */
export function provenance(work: Work) {
  return { userName: work.context.principal.name };
}

/** A comment as a record keeps it: absent when empty. */
export function commentOf(comment: string | null | undefined): { readonly comment?: string } {
  return comment === undefined || comment === null || comment === "" ? {} : { comment };
}
