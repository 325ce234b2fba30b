import type { ParquetNode } from "./parquet-json.ts";

/**
 * The columns of a checkpoint as actions have them. What repeats another column as a struct (`partitionValues_parsed`) is left out; statistics
 * that a file holds as columns only (`stats_parsed`) become the text they stand for. Of a file with both, `lacksText` tells whether any row
 * has the columns alone. Protocol: "Checkpoint Schema", `delta.checkpoint.writeStatsAsStruct` and `writeStatsAsJson`.
 */
export async function actionColumns(
  columns: readonly ParquetNode[],
  lacksText: () => Promise<boolean>,
): Promise<readonly ParquetNode[]> {
  const kinds = columns.flatMap((column) => (column.kind === "struct" ? [column] : []));
  return Promise.all(
    kinds.map(async (kind) => ({
      ...kind,
      fields: kind.name === "add" ? await withStatistics(kind.fields, lacksText) : kind.fields.filter(isOwn),
    })),
  );
}

async function withStatistics(
  fields: readonly ParquetNode[],
  lacksText: () => Promise<boolean>,
): Promise<readonly ParquetNode[]> {
  const parsed = fields.find(({ name, kind }) => name === "stats_parsed" && kind === "struct");
  const hasText = fields.some(({ name }) => name === "stats");
  if (parsed === undefined || (hasText && !(await lacksText()))) return fields.filter(isOwn);
  const others = fields.filter((field) => isOwn(field) && field.name !== "stats");
  return [...others, { kind: "text", name: "stats", of: parsed, ...(hasText && { unless: "stats" }) }];
}

function isOwn({ name }: ParquetNode): boolean {
  return !name.endsWith("_parsed");
}
