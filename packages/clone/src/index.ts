export type * from "./ledger/ledger.ts";
export type * from "./request/request.ts";
export type * from "./run/events.ts";
export type * from "./run/run.ts";
export type * from "./summarize/summary.ts";
