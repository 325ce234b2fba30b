export type { Token } from "./token.ts";
export { tokenize } from "./tokenize.ts";
