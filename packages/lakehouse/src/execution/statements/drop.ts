import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireOwnerOrManage, requireUseOfParents } from "../../authorization/index.ts";
import type { Metastore, TableRecord } from "../../metastore/metastore.ts";
import { currentState } from "../../sharing/states.ts";
import {
  catalogNotFound,
  failure,
  quotedParts,
  schemaNotFound,
  tableNotFound,
  unsupported,
} from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf, schemaName } from "../object-names.ts";
import { DONE, type Work } from "../work.ts";
import type { StatementOf } from "./statement.ts";

type Drop = StatementOf<"drop">;

/** DROP of any securable. Managed directories are remembered and deleted later. */
export async function drop(work: Work, statement: Drop): Promise<ExecutionResult> {
  const going = dropped(work, statement);
  refuseShared(work, going);
  await refuseBases(work, going);
  return work.context.metastore.transaction(() => {
    dropOne(work, statement);
    return DONE;
  });
}

function dropOne(work: Work, statement: Drop): void {
  switch (statement.type) {
    case "CATALOG":
      return dropCatalog(work, statement);
    case "SCHEMA":
      return dropSchema(work, statement);
    case "TABLE":
    case "VIEW":
      return dropTable(work, statement);
    case "FUNCTION":
      return dropFunction(work, statement);
    case "VOLUME":
      return dropVolume(work, statement);
    case "METASTORE":
    case "SHARE":
      throw unsupported(`DROP ${statement.type}`);
  }
}

function dropCatalog(work: Work, { name, ifExists, cascade }: Drop): void {
  const { metastore } = work.context;
  const catalog = partsOf(name).join(".").toLowerCase();
  const record = metastore.catalog(catalog);
  if (record === undefined) {
    if (ifExists) return;
    throw catalogNotFound(catalog);
  }
  requireOwnerOrManage(work.viewer, { type: "catalog", name: catalog });
  if (record.share !== undefined) return metastore.removeCatalog(catalog);
  if (!cascade && metastore.schemas(catalog).length > 0)
    throw failure(
      "CATALOG_NOT_EMPTY",
      "2BP01",
      `Catalog '${catalog}' is not empty. Use DROP CATALOG … CASCADE to drop what it holds.`,
    );
  for (const record of metastore.tables({ catalog })) forget(work, record);
  for (const volume of metastore.volumes({ catalog }))
    if (volume.volumeType === "MANAGED") metastore.sweepLater(volume.location);
  metastore.removeCatalog(catalog);
}

function dropSchema(work: Work, { name, ifExists, cascade }: Drop): void {
  const { metastore } = work.context;
  const schema = schemaName(partsOf(name), work.namespace);
  if (metastore.schema(schema) === undefined) {
    if (ifExists) return;
    throw schemaNotFound([schema.catalog, schema.schema]);
  }
  requireOwnerOrManage(work.viewer, { type: "schema", name: schema });
  const tables = metastore.tables(schema);
  const held = tables.length + metastore.functions(schema).length + metastore.volumes(schema).length;
  if (!cascade && held > 0)
    throw failure(
      "SCHEMA_NOT_EMPTY",
      "2BP01",
      `Cannot drop a schema ${quotedParts([schema.catalog, schema.schema])} because it contains objects. Use DROP SCHEMA ... CASCADE to drop the schema and all its objects.`,
    );
  for (const record of tables) forget(work, record);
  for (const volume of metastore.volumes(schema))
    if (volume.volumeType === "MANAGED") metastore.sweepLater(volume.location);
  metastore.removeSchema(schema);
}

function dropTable(work: Work, { name, ifExists, type }: Drop): void {
  const { metastore } = work.context;
  const parts = partsOf(name);
  const wanted = objectName(parts, work.namespace, { text: work.input.text, span: name });
  const record = metastore.table(wanted);
  if (record === undefined) {
    if (ifExists) return;
    requireUseOfParents(work.viewer, wanted);
    throw tableNotFound(parts, { text: work.input.text, span: name });
  }
  if (type === "VIEW" && record.view === undefined)
    throw failure(
      "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
      "42809",
      `The table ${quotedParts(nameParts(wanted))} does not support DROP VIEW.`,
    );
  if (type === "TABLE" && record.view !== undefined)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'DROP TABLE' expects a table but ${quotedParts(nameParts(wanted))} is a view.`,
    );
  requireOwnerOrManage(work.viewer, { type: "table", name: wanted });
  forget(work, record);
}

/** Takes the table out of the catalog; a managed one's files go later. */
function forget(work: Work, record: TableRecord): void {
  const { metastore, locations } = work.context;
  const managed =
    record.location !== undefined &&
    record.tableType.startsWith("MANAGED") &&
    locations.isManaged(record.location);
  metastore.removeTable(
    record,
    managed && record.location !== undefined ? { sweepLocation: record.location } : {},
  );
}

function dropFunction(work: Work, { name, ifExists }: Drop): void {
  const wanted = objectName(partsOf(name), work.namespace);
  if (work.context.metastore.function(wanted) === undefined) {
    if (ifExists) return;
    throw failure(
      "ROUTINE_NOT_FOUND",
      "42883",
      `The routine ${quotedParts(nameParts(wanted))} cannot be found. Verify the spelling and correctness of the schema and catalog.`,
    );
  }
  requireOwnerOrManage(work.viewer, { type: "function", name: wanted });
  refuseInUse(work, wanted);
  work.context.metastore.removeFunction(wanted);
}

/** A mask or row filter in use keeps its function. */
function refuseInUse(work: Work, name: ObjectName): void {
  const used = work.context.metastore
    .tables({ catalog: name.catalog })
    .find(
      (t) =>
        t.rowFilter?.functionName === fullName(name) ||
        t.columnMasks.some((m) => m.functionName === fullName(name)),
    );
  if (used !== undefined)
    throw failure(
      "ROUTINE_USED_BY_ROW_FILTER_OR_COLUMN_MASK",
      "42893",
      `Cannot drop routine ${quotedParts(nameParts(name))}: table ${fullName(used)} uses it.`,
    );
}

function dropVolume(work: Work, { name, ifExists }: Drop): void {
  const { metastore } = work.context;
  const wanted = objectName(partsOf(name), work.namespace);
  const record = metastore.volume(wanted);
  if (record === undefined) {
    if (ifExists) return;
    throw failure("VOLUME_DOES_NOT_EXIST", "42704", `Volume '${fullName(wanted)}' does not exist.`);
  }
  requireOwnerOrManage(work.viewer, { type: "volume", name: wanted });
  if (record.volumeType === "MANAGED") metastore.sweepLater(record.location);
  metastore.removeVolume(wanted);
}

/** Tables that the statement takes away; whether it may is found out later. */
function dropped(work: Work, { type, name }: Drop): readonly TableRecord[] {
  const { metastore } = work.context;
  const parts = partsOf(name);
  if (type === "CATALOG") return tablesIn(metastore, parts.join(".").toLowerCase());
  if (type === "SCHEMA") return metastore.tables(schemaName(parts, work.namespace));
  if (type !== "TABLE") return [];
  return [metastore.table(objectName(parts, work.namespace)) ?? []].flat();
}

/** Those that go with a catalog; what a catalog from a share shows stays with its provider. */
function tablesIn(metastore: Metastore, catalog: string): readonly TableRecord[] {
  return metastore.catalog(catalog)?.share === undefined ? metastore.tables({ catalog }) : [];
}

/** What others may read stays until it is taken out of the share. */
function refuseShared(work: Work, records: readonly TableRecord[]): void {
  if (records.length === 0) return;
  const going = new Map(records.map((record) => [fullName(record), record]));
  for (const share of work.context.metastore.sharing.shares()) {
    const shared = currentState(share).objects.find(({ name }) => going.has(name));
    const record = shared && going.get(shared.name);
    if (record === undefined) continue;
    requireOwnerOrManage(work.viewer, { type: "table", name: record });
    throw failure(
      "INVALID_STATE",
      "55000",
      `Table '${fullName(record)}' cannot be dropped because it is in share '${share.name}'. Remove it from the share first.`,
    );
  }
}

/** A managed table whose files a living shallow clone reads stays: without it the clone would be broken. */
async function refuseBases(work: Work, records: readonly TableRecord[]): Promise<void> {
  const { metastore, deltaTable } = work.context;
  const bases = records.filter((r) => r.tableType === "MANAGED" && r.format === "DELTA");
  if (bases.length === 0) return;
  const going = new Set(records.map(fullName));
  const clones = metastore
    .catalogs()
    .filter(({ share }) => share === undefined)
    .flatMap(({ name: catalog }) => metastore.tables({ catalog }))
    .filter((r) => r.tableType === "MANAGED_SHALLOW_CLONE" && !going.has(fullName(r)));
  for (const clone of clones) {
    const snapshot = await deltaTable(clone.location ?? "").snapshot();
    const locations = Array.from(snapshot.files(), (file) => file.location);
    const base = bases.find((b) => locations.some((location) => location.startsWith(`${b.location}/`)));
    if (base !== undefined) requireOwnerOrManage(work.viewer, { type: "table", name: base });
    if (base !== undefined)
      throw failure(
        "CANNOT_DROP_BASE_TABLE_OF_SHALLOW_CLONE",
        "42893",
        `Cannot drop ${quotedParts(nameParts(base))}: its shallow clone ${quotedParts(nameParts(clone))} reads its files. Drop the clone first.`,
      );
  }
}
