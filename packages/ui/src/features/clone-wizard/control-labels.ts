/** What the page calls the keys of a request that the engine's messages name. The controls take their labels from here. */
export const CONTROL_LABELS = {
  on_target_modified: "Clones that were written to since",
  replace_foreign: "Replace tables that are no clones of the source",
  force_reclone: "Clone again what is in sync",
  include_tables_regex: "Only tables that match",
  exclude_tables_regex: "No tables that match",
  quiesce_source: "Pre-clone source quiesce",
  quiesce_wide: "Also where schemas outside the scope lose their writers",
  schema_only: "Tables without rows",
  where_clauses: "Only some rows",
  access: "When somebody gains access",
  prune: "Clones whose source is gone",
  target_workspace: "Clone to a different workspace",
  target_workspaces: "Fan out to multiple targets",
  fanout_max_parallel: "Targets at once",
  auto_handle_masks: "Lift masks for the copy",
} as const;

/** Where a message's keys are set: `In the wizard: “Only tables that match”.` */
export function whereToSet(message: string): string | undefined {
  const named = Object.entries(CONTROL_LABELS).filter(([key]) => names(message, key));
  if (named.length === 0) return undefined;
  return `In the wizard: ${named.map(([, label]) => `“${label}”`).join(", ")}.`;
}

/** Keys that are plain words are named with their value: `access refuse`. */
const VALUES: Readonly<Record<string, string>> = { access: "(report|refuse)", prune: "(report|drop)" };

function names(message: string, key: string): boolean {
  const value = VALUES[key];
  return value === undefined
    ? message.includes(key)
    : new RegExp(`\\b${key}[ :=]+${value}`, "u").test(message);
}
