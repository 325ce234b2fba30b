export { type ConformanceSubject, workspaceConformance } from "./workspace-conformance.ts";
export { openTestLakehouse } from "./test-lakehouse.ts";
