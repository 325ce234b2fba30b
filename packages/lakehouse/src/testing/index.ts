export { type ConformanceSubject, workspaceConformance } from "./workspace-conformance.ts";
export { type DuckDatabase, openDuckDatabase } from "./duck-database.ts";
export { openTestLakehouse } from "./test-lakehouse.ts";
export { testTaskRunner, testTasks } from "./test-tasks.ts";
