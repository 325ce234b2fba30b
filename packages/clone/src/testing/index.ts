export { soak } from "./soak.ts";
export type { Restart, SoakOptions, SoakReport, SoakWorkspace } from "./soak-report.ts";
