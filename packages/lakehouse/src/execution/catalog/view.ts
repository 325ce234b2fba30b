import type { HistoryEntry } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import { fullName, type ObjectName, type SchemaName } from "@clone-xs/unity";
import { requireExecute, requireSelect, requireUseOfParents } from "../../authorization/index.ts";
import {
  mayNameMetadata,
  METADATA_COLUMN,
  METADATA_TYPE,
  type TableRoot,
} from "../../tables/file-metadata.ts";
import { rowsOf } from "../../tables/read.ts";
import { tableNotFound } from "../errors.ts";
import { detailRows } from "../detail.ts";
import { historyColumns, historyRowsSql } from "../history.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { changesKey } from "../table-changes.ts";
import {
  type CatalogView,
  type Environment,
  place,
  type PolicyCall,
  type Source,
  type TablePolicy,
} from "../translate/environment.ts";
import { principalNamed, type Work } from "../work.ts";
import { blankEnvironment } from "./blank.ts";
import { gather, historyKey, tableKey } from "./gather.ts";
import type { Found, Loaded } from "./loaded.ts";

/** The environment of a statement, with everything it names loaded. */
export async function environmentFor(
  work: Work,
  tree: unknown,
  text: string = work.input.text,
): Promise<Environment> {
  return blankEnvironment(work, text, catalogView(work, await gather(work, tree, text)));
}

/** What was gathered, behind the privileges of whoever reads. */
export function catalogView(work: Work, found: Found): CatalogView {
  return {
    table: (reference, environment) => {
      const loaded = found.tables.get(tableKey(reference, namespaceOf(environment, work), environment.text));
      if (loaded === undefined)
        throw tableNotFound(partsOf(reference.name), place(environment, reference.name));
      if (loaded.kind === "failed") {
        requireReadable(work, reference, environment);
        throw loaded.error;
      }
      return sourceOf(work, loaded, reference, environment);
    },
    history: (reference, limit, environment) => {
      const namespace = namespaceOf(environment, work);
      const entries = found.histories.get(historyKey(reference, limit, namespace));
      if (entries === undefined)
        throw tableNotFound(partsOf(reference.name), place(environment, reference.name));
      requireReadable(work, reference, environment);
      if (!isHistory(entries)) throw entries.error;
      return { kind: "rows", parts: [], columns: historyColumns(), sql: historyRowsSql(entries) };
    },
    detail: (reference, environment) => {
      const cells = found.details.get(tableKey(reference, namespaceOf(environment, work), environment.text));
      if (cells === undefined)
        throw tableNotFound(partsOf(reference.name), place(environment, reference.name));
      if ("error" in cells) throw cells.error;
      return { kind: "rows", parts: [], ...detailRows(cells) };
    },
    changes: (call, environment) => {
      const loaded = found.changes.get(changesKey(call, namespaceOf(environment, work), environment.text));
      if (loaded === undefined) throw new RangeError("a call of table_changes was not loaded");
      const { name, rows } = loaded;
      if (name !== undefined) requireReading(work, name, environment);
      if ("error" in rows) throw rows.error;
      return { kind: "rows", parts: [], ...rows };
    },
    routine: (parts, environment) => {
      const name = objectName(parts, namespaceOf(environment, work));
      const routine = found.routines.get(fullName(name));
      if (routine !== undefined) requireExecute(viewerOf(work, environment), name);
      return routine;
    },
  };
}

/** What is wrong with a table, or that there is none, is told to those alone who may read it. */
function requireReadable(work: Work, reference: TableReference, environment: Environment): void {
  if (reference.path !== undefined) return;
  requireReading(work, objectName(partsOf(reference.name), namespaceOf(environment, work)), environment);
}

function requireReading(work: Work, name: ObjectName, environment: Environment): void {
  const viewer = viewerOf(work, environment);
  if (work.context.metastore.table(name) === undefined) requireUseOfParents(viewer, name);
  else requireSelect(viewer, name);
}

function isHistory(
  found: readonly HistoryEntry[] | { readonly error: unknown },
): found is readonly HistoryEntry[] {
  return Array.isArray(found);
}

function namespaceOf(environment: Environment, work: Work): SchemaName {
  const { catalog, schema } = environment.namespace;
  return { catalog: catalog ?? work.namespace.catalog, schema: schema ?? work.namespace.schema };
}

function viewerOf(work: Work, environment: Environment) {
  return { metastore: work.context.metastore, principal: principalNamed(work, environment.reader) };
}

function sourceOf(work: Work, loaded: Loaded, reference: TableReference, environment: Environment): Source {
  const { record } = loaded;
  if (record !== undefined) requireSelect(viewerOf(work, environment), record);
  if (loaded.kind === "view") {
    const { record, text, query } = loaded;
    return {
      kind: "view",
      parts: nameParts(record),
      text,
      query,
      namespace: record.view?.namespace ?? work.namespace,
      owner: record.owner,
      columnNames: record.view?.columns.map((c) => c.name) ?? [],
    };
  }
  const root = loaded.kind === "files" ? rootShown(loaded, environment) : undefined;
  const rows =
    loaded.kind === "files"
      ? rowsOf(loaded.snapshot, loaded.files, root === undefined ? {} : { root })
      : loaded.rows;
  const parts = loaded.name === undefined ? pathParts(reference) : nameParts(loaded.name);
  const policy = record === undefined ? undefined : policyOf(work, record);
  return {
    kind: "rows",
    parts,
    columns: rows.columns,
    ...(root !== undefined && { hidden: [{ name: METADATA_COLUMN, type: METADATA_TYPE }] }),
    sql: rows.sql,
    ...(policy !== undefined && { policy }),
  };
}

/** Where the table lies, when the text may name its files; a column of the table that is called `_metadata` comes first. */
function rootShown(
  { directory, record, snapshot }: Extract<Loaded, { kind: "files" }>,
  { text }: Environment,
): TableRoot | undefined {
  const { fields } = snapshot.metadata.schema;
  if (!mayNameMetadata(text) || fields.some((f) => f.name.toLowerCase() === METADATA_COLUMN))
    return undefined;
  return { directory, ...(record?.locationUri !== undefined && { uri: record.locationUri }) };
}

function pathParts(reference: TableReference): readonly string[] {
  return reference.path === undefined
    ? partsOf(reference.name)
    : [reference.path.format, reference.path.path];
}

function policyOf(work: Work, record: NonNullable<Loaded["record"]>): TablePolicy | undefined {
  const { rowFilter, columnMasks } = record;
  if (rowFilter === undefined && columnMasks.length === 0) return undefined;
  const call = (functionName: string, columns: readonly string[]): PolicyCall => {
    const parts = functionName.split(".");
    const owner = work.context.metastore.function(objectName(parts, work.namespace))?.owner;
    return { function: parts, owner: owner ?? record.owner, columns };
  };
  return {
    ...(rowFilter !== undefined && { filter: call(rowFilter.functionName, rowFilter.inputColumns) }),
    masks: columnMasks.map((mask) => call(mask.functionName, [mask.column, ...mask.usingColumns])),
  };
}
