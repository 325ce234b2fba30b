import type { Statements, Workspace } from "./workspace.ts";

/** The same workspace, with its statements going through `execute`: how metering, faults and read-only are put around one. */
export function withExecute(workspace: Workspace, execute: Statements["execute"]): Workspace {
  const { statements, identity, unity, files, sharing, jobs } = workspace;
  return {
    identity,
    unity,
    files,
    sharing,
    jobs,
    warehouses: () => workspace.warehouses(),
    close: () => workspace.close(),
    statements: {
      execute,
      state: (id) => statements.state(id),
      cancel: (id) => statements.cancel(id),
      recent: (filter) => statements.recent(filter),
    },
  };
}
