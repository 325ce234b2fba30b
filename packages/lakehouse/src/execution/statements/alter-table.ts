import type { AlterTableAction } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import {
  refuseMounted,
  requireApplyTag,
  requireModifyOrManage,
  requireOwner,
  requireOwnerOrManage,
} from "../../authorization/index.ts";
import { resolveRecord } from "../catalog/resolve-table.ts";
import { failure, quotedParts, tableExists } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { DONE, type Work } from "../work.ts";
import {
  addColumns,
  changeColumn,
  dropColumns,
  dropDefault,
  renameColumn,
  setDefault,
  setNotNull,
} from "./alter-columns.ts";
import { addConstraint, dropConstraint, dropKey, referToRenamed } from "./alter-constraints.ts";
import { changeType, moveColumn } from "./alter-fields.ts";
import { clusterBy, syncIdentity } from "./alter-layout.ts";
import { dropMask, dropRowFilter, setMask, setRowFilter } from "./alter-policies.ts";
import { setOwner } from "./alter-securable.ts";
import { type Altered, changeRecord, columnNamed, deltaTable } from "./altered.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { checkModeChange, MODE, withMapping } from "./column-mapping.ts";
import { commentColumns } from "./comment.ts";
import { viewOf } from "./create-view.ts";
import { checkNewName, propertiesOf, requireNamespace, type StatementOf } from "./statement.ts";
import { deltaPropertiesOf, unsetKeysOf } from "./table-properties.ts";

/** ALTER TABLE and ALTER VIEW. */
export async function alterTable(work: Work, statement: StatementOf<"alterTable">): Promise<ExecutionResult> {
  const { action, target, view } = statement;
  const { name, record } = resolveRecord(work, target);
  if (view && record.view === undefined)
    throw failure(
      "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
      "42809",
      `The table ${quotedParts(nameParts(name))} does not support ALTER VIEW.`,
    );
  if (record.view !== undefined && ONLY_TABLES.has(action.kind))
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'ALTER TABLE' expects a table but ${quotedParts(nameParts(name))} is a view.`,
    );
  requireRight(work, name, action);
  await apply({ work, name, record }, action);
  return DONE;
}

const ONLY_TABLES: ReadonlySet<AlterTableAction["kind"]> = new Set([
  "setMask",
  "dropMask",
  "setRowFilter",
  "dropRowFilter",
  "addColumns",
  "renameColumn",
  "dropColumns",
  "setDefault",
  "dropDefault",
  "setNotNull",
  "dropNotNull",
  "addConstraint",
  "dropConstraint",
  "dropKey",
  "changeType",
  "moveColumn",
  "clusterBy",
  "syncIdentity",
]);

/** What a writer of the table may do without managing it. Source: "ALTER TABLE", required permissions. */
const MODIFIES: ReadonlySet<AlterTableAction["kind"]> = new Set([
  "setProperties",
  "unsetProperties",
  "columnComments",
  "addColumns",
  "dropColumns",
  "setDefault",
  "dropDefault",
  "setNotNull",
  "dropNotNull",
  "setMask",
  "dropMask",
  "setRowFilter",
  "dropRowFilter",
  "changeType",
  "moveColumn",
  "clusterBy",
  "syncIdentity",
]);

function requireRight({ viewer }: Work, name: ObjectName, { kind }: AlterTableAction): void {
  const target = { type: "table", name } as const;
  refuseMounted(viewer.metastore, name.catalog);
  if (/tags$/i.test(kind)) requireApplyTag(viewer, target);
  else if (kind === "viewQuery") requireOwner(viewer, target);
  else if (MODIFIES.has(kind)) requireModifyOrManage(viewer, name);
  else requireOwnerOrManage(viewer, target);
}

async function apply(altered: Altered, action: AlterTableAction): Promise<void> {
  const { work, name } = altered;
  const { metastore } = work.context;
  switch (action.kind) {
    case "setProperties":
      return setProperties(altered, action.properties);
    case "unsetProperties":
      return unsetProperties(altered, action.keys, action.ifExists);
    case "setTags":
      return metastore.setTags("table", fullName(name), tagsOf(action.tags));
    case "unsetTags":
      return metastore.unsetTags("table", fullName(name), action.keys);
    case "setColumnTags": {
      const column = await columnNamed(altered, action.column.text);
      return metastore.setTags("table", fullName(name), tagsOf(action.tags), column.name);
    }
    case "unsetColumnTags": {
      const column = await columnNamed(altered, action.column.text);
      return metastore.unsetTags("table", fullName(name), action.keys, column.name);
    }
    case "columnComments":
      return commentColumns(
        altered,
        action.comments.map(({ column, comment }) => ({ column: column.text, text: comment })),
      );
    case "setMask":
      return setMask(altered, action.column, action);
    case "dropMask":
      return dropMask(altered, action.column);
    case "setRowFilter":
      return setRowFilter(altered, action);
    case "dropRowFilter":
      return dropRowFilter(altered);
    case "addColumns":
      return addColumns(altered, action.columns);
    case "renameColumn":
      return renameColumn(altered, action.column, action.to.text);
    case "dropColumns":
      return dropColumns(altered, action.columns, action.ifExists);
    case "changeType":
      return changeType(altered, action.column, action.type);
    case "moveColumn":
      return moveColumn(altered, action.column, action.position);
    case "clusterBy":
      return clusterBy(altered, action.columns);
    case "syncIdentity":
      return syncIdentity(altered, action.column);
    case "setNotNull":
      return setNotNull(altered, action.column);
    case "dropNotNull":
      return changeColumn(altered, action.column, (field) => ({ ...field, nullable: true }));
    case "setDefault":
      return setDefault(altered, action.column, action.default);
    case "dropDefault":
      return dropDefault(altered, action.column);
    case "addConstraint":
      return addConstraint(altered, action.constraint);
    case "dropConstraint":
      return dropConstraint(altered, action.name.text, action);
    case "dropKey":
      return dropKey(altered, action.columns, action);
    case "rename":
      return rename(altered, objectName(partsOf(action.to), { catalog: name.catalog, schema: name.schema }));
    case "owner":
      return setOwner(work, { type: "table", name }, action.principal);
    case "viewQuery": {
      const view = await viewOf(work, name, action.query, []);
      return changeRecord(altered, (record) => ({ ...record, view }));
    }
  }
}

function tagsOf(tags: readonly { readonly key: string; readonly value: string }[]) {
  return tags.map(({ key, value }) => ({ name: key, value }));
}

async function setProperties(
  altered: Altered,
  typed: Parameters<typeof deltaPropertiesOf>[0],
): Promise<void> {
  const { work, record } = altered;
  if (record.format !== "DELTA")
    return changeRecord(altered, (r) => ({ ...r, properties: { ...r.properties, ...propertiesOf(typed) } }));
  const properties = deltaPropertiesOf(typed);
  if (Object.keys(properties).some((key) => key.toLowerCase().startsWith("delta.constraints.")))
    throw failure(
      "DELTA_ADD_CONSTRAINTS",
      "0A000",
      "Please use ALTER TABLE ADD CONSTRAINT to add CHECK constraints.",
    );
  await changeMetadata(work, deltaTable(altered), {
    operation: "SET TBLPROPERTIES",
    operationParameters: { properties: JSON.stringify(properties) },
    definition: (base) => {
      const definition = definitionOf(base);
      checkModeChange(definition.properties, properties);
      // Columns that are mapped from now on keep the names that their files know.
      return withMapping(
        { ...definition, properties: { ...definition.properties, ...properties } },
        ({ name }) => name,
      );
    },
  });
  changeRecord(altered);
}

async function unsetProperties(altered: Altered, typed: readonly string[], ifExists: boolean): Promise<void> {
  const { work, record } = altered;
  const keys = record.format === "DELTA" ? unsetKeysOf(typed) : typed;
  const rest = (from: Readonly<Record<string, string>>) => {
    const missing = keys.find((key) => !Object.hasOwn(from, key));
    if (missing !== undefined && !ifExists)
      throw failure(
        "UNSET_NONEXISTENT_PROPERTIES",
        "42K0J",
        `Attempted to unset non-existent properties [\`${missing}\`] in table ${quotedParts(nameParts(record))}.`,
      );
    return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
  };
  if (record.format !== "DELTA")
    return changeRecord(altered, (r) => ({ ...r, properties: rest(r.properties) }));
  await changeMetadata(work, deltaTable(altered), {
    operation: "UNSET TBLPROPERTIES",
    operationParameters: { properties: JSON.stringify(keys), ifExists: String(ifExists) },
    definition: (base) => {
      const { configuration } = base.metadata;
      const properties = rest(configuration);
      checkModeChange(configuration, { [MODE]: properties[MODE] ?? "none" });
      return { ...definitionOf(base), properties };
    },
  });
  changeRecord(altered);
}

function rename(altered: Altered, to: ObjectName): void {
  const { work, name } = altered;
  const { metastore } = work.context;
  checkNewName(to.name, "Table");
  metastore.transaction(() => {
    requireNamespace(work, to);
    if (metastore.table(to) !== undefined) throw tableExists(nameParts(to));
    changeRecord(altered);
    referToRenamed(altered, to);
    metastore.renameTable(name, to);
  });
}
