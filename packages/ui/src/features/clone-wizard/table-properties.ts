/** One line of the table properties, as typed. */
export interface PropertyRow {
  readonly key: string;
  readonly value: string;
}

/** What is wrong with a line beside the others, if anything. Lines with nothing in them are not sent, so they are fine. */
export function propertyProblem(row: PropertyRow, rows: readonly PropertyRow[]): string | undefined {
  const key = row.key.trim();
  if (key === "") return row.value === "" ? undefined : "Name the property that has this value.";
  if (key.includes("=")) return "A property's key has no =: the command line could not say it.";
  if (key.toLowerCase().startsWith("clxs."))
    return "Keys with clxs. are reserved: clones are recognised by them.";
  if (rows.filter((each) => each.key.trim() === key).length > 1) return `${key} stands here twice.`;
  return undefined;
}

/** The first thing that is wrong with any of them. */
export function firstPropertyProblem(rows: readonly PropertyRow[]): string | undefined {
  return rows.map((row) => propertyProblem(row, rows)).find((problem) => problem !== undefined);
}
