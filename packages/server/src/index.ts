export type { Neighbour } from "./connections/neighbours.ts";
export {
  type OpenWorkspace,
  type SigningIn,
  workspaceOpener,
} from "./connections/open-workspace.ts";
export { ServerError, type ServerErrorCode } from "./errors.ts";
export { openRunStore, type RunFacts, type RunStore, type StoredRun } from "./runs/store.ts";
export { toListItem as runListItem } from "./views.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
