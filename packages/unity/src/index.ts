export * from "./decorate.ts";
export * from "./names.ts";
export * from "./securables.ts";
export * from "./workspace.ts";
