export * from "./configuration.ts";
export { type FileProblem, readYaml } from "./located.ts";
export { STARTER_CONFIGURATION } from "./starter.ts";
