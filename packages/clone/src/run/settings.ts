/** What holds for all runs of an installation, from its configuration file. Defaults are the product's contract. */
export interface Settings {
  readonly audit: AuditNames;
  /** Catalogs that nothing is ever written to, in lower case. */
  readonly protectedCatalogs: readonly string[];
  /** Hosts that a server may be sent to by a request, beside those of saved connections: names, or `*.example.com`. */
  readonly allowedHosts: readonly string[];
  /** Dollars for a gigabyte and month of storage; absent: the product's default. */
  readonly storagePrice?: number;
}

/** Where a run leaves its traces in the source workspace. Made on first use. */
export interface AuditNames {
  readonly catalog: string;
  /** Schema of the table of runs and of those that guards and leases are kept in. */
  readonly logSchema: string;
  readonly runTable: string;
  readonly metricsSchema: string;
  readonly metricsTable: string;
}

export const DEFAULT_SETTINGS: Settings = {
  audit: {
    catalog: "edp_dev",
    logSchema: "logging",
    runTable: "logging_01",
    metricsSchema: "metrics",
    metricsTable: "clone_metrics",
  },
  protectedCatalogs: [],
  allowedHosts: [],
};
