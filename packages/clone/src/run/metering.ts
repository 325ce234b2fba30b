import { withExecute, type Workspace } from "@clone-xs/unity";

/** Counts of statements sent, by kind. */
export interface StatementMeter {
  readonly counts: () => Readonly<Record<string, number>>;
  /** The same workspace, with every statement it is given counted. */
  readonly metered: (workspace: Workspace) => Workspace;
}

/** One meter for all workspaces of a run; a statement counts when it is sent, whatever comes of it. */
export function statementMeter(): StatementMeter {
  const counts = new Map<string, number>();
  return {
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    metered: (workspace) =>
      withExecute(workspace, (statement, options) => {
        counts.set(statement.kind, (counts.get(statement.kind) ?? 0) + 1);
        return workspace.statements.execute(statement, options);
      }),
  };
}
