export * from "./builders/index.ts";
export { typedStatement } from "./classify/classify.ts";
export * from "./errors.ts";
export * from "./parser/index.ts";
export * from "./rewrite/index.ts";
export * from "./tag/index.ts";
export type * from "./tree/index.ts";
