import type { Secret } from "./secret.ts";

/** Everything needed to reach one workspace. Plain data; the secrets in it do not show when printed. */
export interface ConnectionConfig {
  /** Origin: scheme, host and port, without a path. */
  readonly host: string;
  /** Sent along where one host serves many workspaces. */
  readonly workspaceId?: string;
  readonly auth: Authentication;
  /** Warehouse for statements; the first usable one is taken when absent. */
  readonly warehouseId?: string;
  readonly network: NetworkConfig;
  /** Where each setting came from, for messages: `DATABRICKS_HOST`, `profile [dev] of ~/.databrickscfg`. */
  readonly sources: Readonly<Partial<Record<SettingName, string>>>;
}

export type Authentication =
  | { readonly type: "pat"; readonly token: Secret }
  | { readonly type: "oauth-m2m"; readonly clientId: string; readonly clientSecret: Secret };

export interface NetworkConfig {
  /** Proxy for https and for http targets, as URLs. */
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  /** Hosts that are reached directly: the syntax of NO_PROXY. */
  readonly noProxy?: string;
  /** PEM texts trusted beside the built-in authorities. */
  readonly certificates: readonly string[];
}

/** Settings of a connection under the names that `~/.databrickscfg` uses. */
export interface ConnectionSettings {
  readonly host?: string;
  readonly token?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly auth_type?: string;
  readonly warehouse_id?: string;
  readonly workspace_id?: string;
}

export type SettingName = keyof ConnectionSettings;

/** Environment variable of each setting. */
export const environmentNames: Readonly<Record<SettingName, string>> = {
  host: "DATABRICKS_HOST",
  token: "DATABRICKS_TOKEN",
  client_id: "DATABRICKS_CLIENT_ID",
  client_secret: "DATABRICKS_CLIENT_SECRET",
  auth_type: "DATABRICKS_AUTH_TYPE",
  warehouse_id: "DATABRICKS_WAREHOUSE_ID",
  workspace_id: "DATABRICKS_WORKSPACE_ID",
};

export const settingNames = Object.keys(environmentNames) as readonly SettingName[];

/** A setting with its origin and how strongly it was meant: 0 given directly, 1 environment, 2 profile. */
export interface FoundSetting {
  readonly value: string;
  readonly source: string;
  readonly rank: 0 | 1 | 2;
}

export type FoundSettings = Readonly<Partial<Record<SettingName, FoundSetting>>>;
