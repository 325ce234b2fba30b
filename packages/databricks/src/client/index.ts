export { type ConnectDependencies, connectDatabricks } from "./connect.ts";
export type {
  Authentication,
  ConnectionConfig,
  ConnectionSettings,
  NetworkConfig,
  SettingName,
} from "./connection/config.ts";
export { parseHost } from "./connection/host.ts";
export { networkFromEnvironment } from "./connection/network.ts";
export { type Profiles, parseProfiles, profileNames } from "./connection/profiles.ts";
export { type ConnectionInputs, resolveConnection } from "./connection/resolve.ts";
export { Secret } from "./connection/secret.ts";
export type { ConnectionNotice } from "./http/outage.ts";
export type { Patience } from "./http/retry.ts";
