export * from "./change-grants.ts";
export * from "./principals.ts";
export * from "./privileges.ts";
export * from "./read-only.ts";
export * from "./requirements.ts";
export * from "./visibility.ts";
