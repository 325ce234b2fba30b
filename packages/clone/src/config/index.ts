export * from "./configuration.ts";
export type { FileProblem } from "./located.ts";
export { STARTER_CONFIGURATION } from "./starter.ts";
