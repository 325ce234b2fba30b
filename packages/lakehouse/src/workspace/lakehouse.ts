import type { Workspace } from "@clone-xs/unity";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { Chaos } from "./chaos/chaos.ts";
import type { TaskRunner } from "./jobs/task-runner.ts";
import type { LatencyModel } from "./latency.ts";
import type { MetastoreNetwork } from "../sharing/network.ts";
import type { PrefixMapping } from "../storage/local-locations.ts";

export interface LakehouseOptions {
  /** Made when it is missing. One process holds it at a time. */
  readonly directory: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A random uuid in lower case. */
  readonly uuid: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Resolves after `ms`, or rejects when the signal aborts; timers of the machine when absent. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Name of the first principal, admin and owner of everything at first; used when the directory is new. */
  readonly owner?: string;
  /** Principals that must exist; one of the same name is replaced. */
  readonly principals?: readonly PrincipalRecord[];
  /** Directories outside the workspace's that SQL may touch. */
  readonly allowPaths?: readonly string[];
  /** URL prefixes that stand for directories, beside `s3://your-bucket/`. */
  readonly mappings?: readonly PrefixMapping[];
  /** Queries that the engine runs at the same time. */
  readonly slots?: number;
  /** What the engine may use, in DuckDB's spelling. */
  readonly memoryLimit?: string;
  /** How long statements and calls take at least; nothing by default. */
  readonly latency?: LatencyModel;
  /** Serves the controls of `chaos` under `/api/clxs/chaos`, for the owner; not served by default. */
  readonly chaosControls?: boolean;
  /** Others that data can be shared with; alone when absent. */
  readonly network?: MetastoreNetwork;
  /** How long recipients do not see a new share or a change of one; as the latency model has it when absent. */
  readonly shareDelayMs?: number;
  /** How long a run waits before it begins, and before it is taken up again; as the latency model has it when absent. */
  readonly taskStartMs?: number;
  /** Carries out the tasks of jobs; without one no run can be submitted. */
  readonly taskRunner?: TaskRunner;
  /** 0 ≤ x < 1, for faults that strike by chance; from `randomBytes` when absent. */
  readonly random?: () => number;
}

/** An embedded workspace: Unity Catalog and SQL over Delta tables in one directory. */
export interface Lakehouse {
  readonly directory: string;
  readonly metastoreId: string;
  /** By which others share with this metastore: `embedded:local:<metastore id>`. */
  readonly globalMetastoreId: string;
  /** Of the warehouse that every workspace has: 16 hexadecimal digits. */
  readonly warehouseId: string;
  /** Name of the first principal. */
  readonly owner: string;
  /** Faults on purpose; none until a rule is added. */
  readonly chaos: Chaos;
  /** The workspace port as a principal, without HTTP. Throws PRINCIPAL_NOT_FOUND. */
  connect(principal?: string): Workspace;
  /**
   * Serves the Databricks REST API and tells other processes where by the endpoint file. Port 0 takes a free one. Loopback unless
   * `host` says otherwise. Throws PORT_IN_USE. At most once.
   */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<Listening>;
  /**
   * Serves another workspace on the same metastore, under a number of its own: catalogs, principals, tokens, warehouses and runs are the same.
   * The endpoint file does not name it. Throws PORT_IN_USE.
   */
  listenAsAnother(options: {
    /** Decimal digits. */
    readonly workspaceId: string;
    readonly port?: number;
    readonly host?: string;
  }): Promise<Listening>;
  principals(): readonly PrincipalRecord[];
  putPrincipal(principal: PrincipalRecord): void;
  /** A principal's token, the same at every opening of the directory. Throws PRINCIPAL_NOT_FOUND. */
  token(principal: string): string;
  /** A new OAuth client secret for a service principal. */
  clientSecret(principal: string): string;
  /** Cancels what runs, stops listening and gives the directory back. Idempotent. */
  close(): Promise<void>;
}

export interface Listening {
  /** `http://127.0.0.1:41731` */
  readonly url: string;
}
