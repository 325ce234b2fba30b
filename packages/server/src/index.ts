export { ServerError, type ServerErrorCode } from "./errors.ts";
export { openRunStore, type RunFacts, type RunStore, type StoredRun } from "./runs/store.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
