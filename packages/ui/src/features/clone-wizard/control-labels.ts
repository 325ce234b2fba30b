/** What the page calls the keys of a request that the engine's messages name. The controls take their labels from here. */
export const CONTROL_LABELS = {
  on_target_modified: "Clones that were written to since",
  replace_foreign: "Replace tables that are no clones of the source",
  force_reclone: "Clone again what is in sync",
  include_tables_regex: "Only tables that match",
  exclude_tables_regex: "No tables that match",
} as const;

/** Where a message's keys are set: `In the wizard: “Only tables that match”.` */
export function whereToSet(message: string): string | undefined {
  const named = Object.entries(CONTROL_LABELS).filter(([key]) => message.includes(key));
  if (named.length === 0) return undefined;
  return `In the wizard: ${named.map(([, label]) => `“${label}”`).join(", ")}.`;
}
