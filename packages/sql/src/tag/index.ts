export * from "./fragment.ts";
export * from "./quote.ts";
export * from "./statement.ts";
