import { type Workspace, withExecute } from "@clone-xs/unity";

/** Longest value of a query tag. Source: Statement Execution API, query tags. */
const LONGEST = 128;

/** Tags by which the query history tells whose statement it is. */
export interface RunTags {
  readonly clxs_run?: string;
  readonly clxs_step?: string;
}

/** The same workspace, with tags on every statement that it is given. */
export function tagged(workspace: Workspace, tags: RunTags): Workspace {
  const added = tagsOf(tags);
  return withExecute(workspace, (statement, options) =>
    workspace.statements.execute({ ...statement, tags: { ...added, ...statement.tags } }, options),
  );
}

/** The tags as they are sent: what the history is asked for by them must be cut in the same way. */
export function tagsOf(tags: RunTags): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, String(value).slice(0, LONGEST)]),
  );
}
