export { openTokenStore, TOKENS_FILE, type TokenStore } from "./access/token-store.ts";
export { tokenNameProblems } from "./access/token-names.ts";
export { checkConnection } from "./connections/check.ts";
export { CONNECTIONS_FILE, type ConnectionStore } from "./connections/connection-store.ts";
export { nameProblems, readDetails } from "./connections/details.ts";
export { forgetGiven } from "./connections/forget.ts";
export type { Neighbour } from "./connections/neighbours.ts";
export {
  type OpenWorkspace,
  type SigningIn,
  workspaceOpener,
} from "./connections/open-workspace.ts";
export { openConnections } from "./connections/open-connections.ts";
export { type TargetBook, targetBook, type TargetedRequest } from "./connections/target-book.ts";
export type { SettledTargets } from "./connections/targets.ts";
export { ServerError, type ServerErrorCode } from "./errors.ts";
export { jsonLog, type LogLevel, type ServerLog, textLog } from "./service/log.ts";
export { askCancel } from "./runs/cancel.ts";
export { isOver } from "./runs/states.ts";
export {
  openRunStore,
  type RunEntry,
  type RunFacts,
  type RunStore,
  type StoredRun,
} from "./runs/store.ts";
export { toToken as tokenView } from "./routes/tokens.ts";
export { toConnection as connectionView, toListItem as runListItem } from "./views.ts";
export { notificationBook, type NotificationBook } from "./notifications/book.ts";
export { NOTIFICATIONS_FILE } from "./notifications/store.ts";
export type { ScheduleBook } from "./schedules/book.ts";
export { openNotifications, openScheduleDesk } from "./schedules/open-scheduling.ts";
export { SCHEDULES_FILE } from "./schedules/store.ts";
export { readAs } from "./validation.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
