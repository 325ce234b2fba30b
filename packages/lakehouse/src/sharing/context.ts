import type { DeltaTable } from "@clone-xs/delta";
import type { Metastore } from "../metastore/metastore.ts";
import type { MetastoreNetwork } from "./network.ts";

/** What sharing with other metastores works on. */
export interface SharingContext {
  readonly metastore: Metastore;
  readonly network: MetastoreNetwork;
  readonly deltaTable: (location: string) => DeltaTable;
  readonly now: () => number;
  readonly uuid: () => string;
  /** How long recipients do not see a change of a share. */
  readonly shareDelayMs: number;
}
