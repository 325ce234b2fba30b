import { fullName } from "@clone-xs/unity";
import { failure, quotedParts } from "../errors.ts";
import { nameParts } from "../object-names.ts";
import type { Work } from "../work.ts";
import { type CloneSourceTable, unsupportedSource } from "./clone-source.ts";
import type { CloneTarget } from "./clone-target.ts";

/**
 * Unity Catalog's rules for shallow clones: no nesting, never over an existing table, managed from managed and
 * external from external. A directory counts as external, unless the workspace manages it. Source: Databricks, "Shallow clone for Unity
 * Catalog tables".
 */
export function checkShallow(work: Work, source: CloneSourceTable, target: CloneTarget): void {
  const { record, name } = source;
  if (record?.shared !== undefined) throw unsupportedSource(name, "deltaSharing");
  if (record?.tableType.endsWith("SHALLOW_CLONE") === true)
    throw failure(
      "CANNOT_SHALLOW_CLONE_NESTED",
      "0AKUC",
      `Cannot shallow clone a table ${quotedParts(nameParts(record))} that is already a shallow clone.`,
    );
  if (target.existing !== undefined)
    throw failure(
      "CANNOT_SHALLOW_CLONE_REPLACE_EXISTING",
      "0AKUC",
      `Cannot replace the existing table ${quotedParts(nameParts(target.existing))} by a shallow clone; drop it first.`,
    );
  const isExternal =
    record === undefined
      ? !work.context.locations.isManaged(source.snapshot.root)
      : record.tableType === "EXTERNAL";
  if (isExternal === target.external) return;
  throw failure(
    "CANNOT_SHALLOW_CLONE_NON_UC_MANAGED_TABLE_AS_SOURCE_OR_TARGET",
    "0AKUC",
    `Shallow clone is only supported from managed to managed and, with a LOCATION, from external to external tables: ${record === undefined ? name : fullName(record)} is ${isExternal ? "EXTERNAL" : "MANAGED"}.`,
  );
}
