export * from "./decorate.ts";
export type * from "./jobs.ts";
export * from "./names.ts";
export * from "./securables.ts";
export type * from "./sharing.ts";
export * from "./workspace.ts";
