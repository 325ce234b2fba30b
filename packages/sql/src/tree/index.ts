export type * from "./expressions.ts";
export type * from "./maintenance.ts";
export type * from "./merge.ts";
export type * from "./queries.ts";
export type * from "./sharing.ts";
export type * from "./statements.ts";
