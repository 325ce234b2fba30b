import { definitionReferences, hasVersions, rowsByName } from "@clone-xs/clone";
import { describeDetail, describeHistory } from "@clone-xs/sql";
import { fullName, type ObjectName, type Table, type Workspace } from "@clone-xs/unity";
import type { TableDetail } from "../contract/index.ts";
import { dependenciesOf } from "./dependencies.ts";
import { provenanceOf, readGrants, readTags } from "./governance.ts";
import { found, part, requireNames } from "./parts.ts";

/** A table or view with all that the workspace says of it. Throws NOT_FOUND. */
export async function tableDetail(
  workspace: Workspace,
  name: ObjectName,
  signal: AbortSignal,
): Promise<TableDetail> {
  requireNames("table", name.catalog, name.schema, name.name);
  const table = found(await workspace.unity.table(name), "table", fullName(name));
  const object = { catalog: table.catalog, schema: table.schema, name: table.name };
  const stored = table.view === undefined;
  const [storage, latest, view, grants, tags] = await Promise.all([
    stored ? readStorage(workspace, object, signal) : null,
    stored && hasVersions(table) ? readLatest(workspace, object, signal) : null,
    viewOf(workspace, table),
    readGrants(workspace, "table", fullName(object)),
    readTags(workspace, { type: "table", ...object }, signal),
  ]);
  return { ...catalogued(table), provenance: provenanceOf(table), storage, latest, view, grants, tags };
}

/** What the listing says of a table. */
function catalogued(table: Table) {
  const { catalog, schema, name, owner, rowFilter } = table;
  return {
    catalog,
    schema,
    name,
    owner,
    comment: table.comment ?? null,
    table_type: table.tableType,
    format: table.format ?? null,
    storage_location: table.storageLocation ?? null,
    updated_at: new Date(table.updatedAt).toISOString(),
    columns: columnsOf(table),
    properties: { ...table.properties },
    constraints: constraintsOf(table),
    row_filter: rowFilter
      ? { function: rowFilter.functionName, input_columns: [...rowFilter.inputColumns] }
      : null,
  };
}

function columnsOf({ columns }: Table): TableDetail["columns"] {
  return [...columns]
    .sort((a, b) => a.position - b.position)
    .map(({ name, typeText, nullable, comment, partitionIndex, mask }) => ({
      name,
      type: typeText,
      nullable,
      comment: comment ?? null,
      partition_index: partitionIndex ?? null,
      mask: mask ? { function: mask.functionName, using_columns: [...mask.usingColumns] } : null,
    }));
}

const CHECK = "delta.constraints.";

/** Delta keeps CHECK constraints among the properties; the others are Unity Catalog's. */
function constraintsOf({ constraints, properties }: Table): TableDetail["constraints"] {
  const keys = constraints.map((constraint): TableDetail["constraints"][number] => {
    const { kind, name, rely } = constraint;
    const columns = [...constraint.columns];
    if (kind === "primary_key") return { kind, name, columns, rely };
    const { parentTable, parentColumns } = constraint;
    return { kind, name, columns, rely, parent_table: parentTable, parent_columns: [...parentColumns] };
  });
  const checks = Object.entries(properties)
    .filter(([key]) => key.startsWith(CHECK))
    .map(([key, condition]) => ({ kind: "check" as const, name: key.slice(CHECK.length), condition }));
  return [...keys, ...checks];
}

function readStorage({ statements }: Workspace, name: ObjectName, signal: AbortSignal) {
  return part("Its size could not be read", async () => {
    const [row] = rowsByName(await statements.execute(describeDetail(name), { signal }));
    const cell = (column: string) => row?.get(column) ?? null;
    return {
      size_bytes: cell("sizeinbytes"),
      files: cell("numfiles"),
      created_at: cell("createdat"),
      modified_at: cell("lastmodified"),
      clustering: listCell(cell("clusteringcolumns")),
    };
  });
}

/** An array cell, which comes as JSON text. */
function listCell(text: string | null): string[] {
  const value: unknown = JSON.parse(text ?? "[]");
  return Array.isArray(value) ? value.map(String) : [];
}

function readLatest({ statements }: Workspace, name: ObjectName, signal: AbortSignal) {
  return part("Its newest version could not be read", async () => {
    const [row] = rowsByName(await statements.execute(describeHistory(name, 1), { signal }));
    const cell = (column: string) => row?.get(column) ?? "";
    return row === undefined
      ? null
      : { version: cell("version"), timestamp: cell("timestamp"), operation: cell("operation") };
  });
}

async function viewOf(workspace: Workspace, table: Table): Promise<TableDetail["view"]> {
  const { view } = table;
  if (view === undefined) return null;
  const named = definitionReferences({ kind: "view", name: table, view: table });
  const { namespace } = view;
  return {
    definition: view.text,
    namespace: namespace ? { catalog: namespace.catalog, schema: namespace.schema } : null,
    dependencies: await dependenciesOf(workspace, named),
  };
}
