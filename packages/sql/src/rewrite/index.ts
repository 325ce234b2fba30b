export { type References, referencesOf, type TextKind } from "./references.ts";
export * from "./rewrite.ts";
export { namesIn } from "./visit.ts";
