import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireCreateTable, requireOwnerOrManage } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { failure, quotedParts, tableExists, unsupported } from "../errors.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { directoryForNew, locationForNew } from "../paths.ts";
import type { Work } from "../work.ts";
import type { CloneSourceTable } from "./clone-source.ts";
import { checkNewName, requireNamespace, type StatementOf } from "./statement.ts";

type Clone = StatementOf<"clone">;

/** Where a CLONE goes: a name with a directory, or a directory alone. */
export interface CloneTarget {
  readonly name?: ObjectName;
  /** The table that has the name so far. */
  readonly existing?: TableRecord;
  readonly location: string;
  /** The location as it was typed. */
  readonly uri?: string;
  /** Outside of what the workspace manages. */
  readonly external: boolean;
  /** Whether a Delta table in the directory may be replaced. */
  readonly replaces: boolean;
}

/**
 * Finds the place of a clone for the principal of the statement; `kept` when IF NOT EXISTS found a table of the name. Throws
 * TABLE_OR_VIEW_ALREADY_EXISTS, DELTA_CLONE_AMBIGUOUS_TARGET, DELTA_INVALID_CLONE_PATH, and what privileges and locations refuse.
 */
export async function targetOf(work: Work, statement: Clone): Promise<CloneTarget | "kept"> {
  const { path } = statement.target;
  if (path !== undefined) return directoryTarget(work, statement, path);
  const name = objectName(partsOf(statement.target.name), work.namespace, {
    text: work.input.text,
    span: statement.target,
  });
  checkNewName(name.name, "Table");
  requireNamespace(work, name);
  requireCreateTable(work.viewer, name);
  const existing = work.context.metastore.table(name);
  if (existing === undefined) return newTarget(work, statement, name);
  if (statement.ifNotExists) return "kept";
  if (!statement.orReplace && !statement.replaceOnly) throw tableExists(nameParts(name));
  if (existing.view !== undefined)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'CLONE' expects a table but ${quotedParts(nameParts(name))} is a view.`,
    );
  requireOwnerOrManage(work.viewer, { type: "table", name });
  return replacedTarget(work, statement, existing);
}

/**
 * Whether a CREATE names the directory of its source: the table is there already, whole, and is only given the name. With REPLACE it gets
 * one more version.
 */
export function isItself({ format, snapshot, isPast }: CloneSourceTable, target: CloneTarget): boolean {
  return format === "delta" && !isPast && !target.replaces && snapshot.root === target.location;
}

type Written = NonNullable<Clone["target"]["path"]>;

async function directoryTarget(
  work: Work,
  statement: Clone,
  { format, path }: Written,
): Promise<CloneTarget> {
  if (format !== "delta") throw unsupported(`CLONE into ${format}.\`${path}\`; a clone is a Delta table`);
  if (statement.location !== undefined)
    throw failure(
      "DELTA_CLONE_AMBIGUOUS_TARGET",
      "42613",
      `Two paths were provided as the CLONE target so it is ambiguous which to use. An external location for CLONE was provided at ${statement.location} at the same time as the path ${path}.`,
    );
  refuseRelative(path);
  const location = directoryForNew(work, path);
  const isThere = await work.context.deltaTable(location).exists();
  if (statement.replaceOnly && !isThere) throw nothingToReplace(`delta.\`${path}\``);
  if (isThere && !replaces(statement)) throw notEmpty(`delta.\`${path}\``, location);
  return { location, uri: path, external: true, replaces: replaces(statement) };
}

async function newTarget(work: Work, statement: Clone, name: ObjectName): Promise<CloneTarget> {
  if (statement.replaceOnly) throw nothingToReplace(quotedParts(nameParts(name)));
  const { locations, uuid } = work.context;
  const { location: uri } = statement;
  if (uri === undefined)
    return { name, location: locations.newTableDirectory(uuid()), external: false, replaces: false };
  return { name, ...externalPlace(work, uri), replaces: replaces(statement) };
}

/** A replaced Delta table stays where it is. One of another format is left to its files: the clone goes elsewhere. */
function replacedTarget(work: Work, statement: Clone, existing: TableRecord): CloneTarget {
  const { location: uri, shallow } = statement;
  const { locations, uuid } = work.context;
  const { catalog, schema, name } = existing;
  const target = { name: { catalog, schema, name }, existing };
  if (existing.tableType.endsWith("SHALLOW_CLONE") && !shallow)
    throw failure(
      "INVALID_PARAMETER_VALUE.UPDATE_TABLE_TYPE",
      "22023",
      `The type of ${fullName(existing)} cannot be changed from ${existing.tableType}; drop it first.`,
    );
  if (existing.format !== "DELTA" || existing.location === undefined) {
    if (uri !== undefined) return { ...target, ...externalPlace(work, uri), replaces: true };
    return { ...target, location: locations.newTableDirectory(uuid()), external: false, replaces: false };
  }
  if (uri !== undefined && locations.resolve(uri) !== existing.location)
    throw unsupported("replacing a table at another LOCATION");
  return {
    ...target,
    location: existing.location,
    external: existing.tableType === "EXTERNAL",
    ...(existing.locationUri !== undefined && { uri: existing.locationUri }),
    replaces: true,
  };
}

function externalPlace(work: Work, uri: string): Pick<CloneTarget, "location" | "uri" | "external"> {
  refuseRelative(uri);
  const location = locationForNew(work, uri, "CREATE EXTERNAL TABLE");
  const { metastore } = work.context;
  const other = metastore
    .catalogs()
    .flatMap(({ name: catalog }) => metastore.tables({ catalog }))
    .find((record) => record.location === location && record.format === "DELTA");
  if (other !== undefined)
    throw failure(
      "LOCATION_OVERLAP",
      "22KD1",
      `Input path url '${uri}' overlaps with other external tables or volumes. Conflicting tables/volumes: ${fullName(other)}.`,
    );
  return { location, uri, external: true };
}

function replaces({ orReplace, replaceOnly }: Clone): boolean {
  return orReplace || replaceOnly;
}

function refuseRelative(path: string): void {
  if (path.startsWith("/") || /^[a-z][a-z0-9+.-]*:/iu.test(path)) return;
  throw failure(
    "DELTA_INVALID_CLONE_PATH",
    "22KD1",
    `The target location for CLONE needs to be an absolute path or table name. Use an absolute path instead of ${path}.`,
  );
}

function nothingToReplace(name: string): Error {
  return failure(
    "TABLE_OR_VIEW_NOT_FOUND",
    "42P01",
    `Table ${name} cannot be replaced as it does not exist. Use CREATE OR REPLACE TABLE to create the table.`,
  );
}

function notEmpty(name: string, location: string): Error {
  return failure(
    "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION",
    "42601",
    `Cannot create table ('${name}'). The associated location ('${location}') is not empty: it holds a Delta table, which only REPLACE may replace.`,
  );
}
