import { type Action, changeFileName, type Snapshot } from "@clone-xs/delta";
import type { EngineSession } from "../engine/engine.ts";
import type { Work } from "../execution/work.ts";
import { CHANGE_TYPE, withChangeType } from "../tables/change-type.ts";
import { writeFiles } from "../tables/write.ts";
import { FOUND_TABLE, NEW_TABLE, ownColumns, PLACE_COLUMNS, type RowAction } from "./changes.ts";

type CdcAction = Extract<Action, { cdc: unknown }>;

export function feedsChanges({ metadata }: Pick<Snapshot, "metadata">): boolean {
  return metadata.configuration["delta.enableChangeDataFeed"]?.toLowerCase() === "true";
}

/** The query that keeps the new rows of all actions, each with its type of change. */
export function newRows(
  base: Snapshot,
  parts: readonly { readonly change: RowAction["change"]; readonly sql: string }[],
): string {
  const columns = columnList(base);
  return parts
    .map(({ change, sql }) => {
      const type = change === "update" ? "update_postimage" : "insert";
      return `SELECT ${columns}, '${type}' AS ${CHANGE_TYPE} FROM (${sql}) AS t`;
    })
    .join(" UNION ALL ");
}

/** The new rows that {@link newRows} kept, as the table has them. */
export function keptRows(base: Snapshot): string {
  return `SELECT ${columnList(base)} FROM ${NEW_TABLE} AS t`;
}

/** Writes the change data of a commit: each changed row as it was and as it is. `hasNew` when there are rows to be had from {@link NEW_TABLE}. */
export async function recordChanges(
  session: EngineSession,
  work: Work,
  {
    base,
    actions,
    hasNew,
  }: { readonly base: Snapshot; readonly actions: readonly RowAction[]; readonly hasNew: boolean },
): Promise<readonly CdcAction[]> {
  const columns = columnList(base);
  const { file, action } = PLACE_COLUMNS;
  const updates = actions.flatMap(({ change }, i) => (change === "update" ? [i] : []));
  const type = `CASE WHEN list_contains([${["-1", ...updates].join(", ")}], t.${action}) THEN 'update_preimage' ELSE 'delete' END`;
  const before = `SELECT ${columns}, ${type} AS ${CHANGE_TYPE} FROM ${FOUND_TABLE} AS t WHERE t.${file} IS NOT NULL`;
  const after = hasNew ? ` UNION ALL SELECT ${columns}, t.${CHANGE_TYPE} FROM ${NEW_TABLE} AS t` : "";
  const { files } = await writeFiles(session, {
    root: base.root,
    metadata: withChangeType(base.metadata),
    query: before + after,
    uuid: work.context.uuid,
    fileName: changeFileName,
  });
  return files.map(({ path, partitionValues, size }) => ({
    cdc: { path, partitionValues, size, dataChange: false },
  }));
}

function columnList(base: Snapshot): string {
  return ownColumns(base)
    .map(({ name }) => `t.${name}`)
    .join(", ");
}
