/** One table of which only some rows are copied, as typed. */
export interface ConditionRow {
  readonly table: string;
  readonly predicate: string;
}

/** What is wrong with a line beside the others, if anything. Whether the condition is SQL is for the workspace to tell. */
export function conditionProblem(row: ConditionRow, rows: readonly ConditionRow[]): string | undefined {
  const table = row.table.trim();
  if (table === "" && row.predicate.trim() === "") return undefined;
  if (table === "") return "Name the table: schema.table.";
  if (!/^[^.]+\..+$/u.test(table)) return "Write the table as schema.table.";
  if (row.predicate.trim() === "") return "Say which rows: a SQL condition.";
  const same = (each: ConditionRow) => each.table.trim().toLowerCase() === table.toLowerCase();
  return rows.filter(same).length > 1 ? `${table} stands here twice.` : undefined;
}

/** The first thing that is wrong with any of them. */
export function firstConditionProblem(rows: readonly ConditionRow[]): string | undefined {
  return rows.map((row) => conditionProblem(row, rows)).find((problem) => problem !== undefined);
}
