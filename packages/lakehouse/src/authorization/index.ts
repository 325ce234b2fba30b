export * from "./principals.ts";
export * from "./privileges.ts";
export * from "./requirements.ts";
