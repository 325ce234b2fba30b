import type { RecordedRevocation } from "./quiesce/plan-restore.ts";

/**
 * The local half of what guards remember: everything needed to undo a change to the source, written durably before the change is made,
 * and dropped when it has been undone. The other half is a row in the source workspace, for the case that this machine is lost.
 */
export interface GuardJournal {
  /** Resolves when the record is on the disk. */
  put(record: GuardRecord): Promise<void>;
  /** As `put`, unless there is a record of that id: then `false`, and it stays. Of several that try, one succeeds. */
  claim(record: GuardRecord): Promise<boolean>;
  drop(id: string): Promise<void>;
  /** Guards that were never released: of this process, and of those that died. */
  open(): Promise<readonly GuardRecord[]>;
}

export type GuardRecord = {
  readonly id: string;
  readonly runId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The process that put it up, on this machine. */
  readonly pid: number;
  /** Where it stands: the metastore's id, which is the same however one is connected. */
  readonly metastoreId: string;
} & GuardUndo;

/** What the release needs, by kind. */
export type GuardUndo =
  | { readonly kind: "quiesce"; readonly quiesce: QuiesceState }
  /** The lease itself stands in the workspace; by this a server that starts knows that it has to look there. */
  | {
      readonly kind: "lease";
      readonly resources: readonly string[];
      /** The saved connection by which it gets there; absent: it is the source's workspace. */
      readonly connection?: string;
    }
  /** A lease where the workspace keeps none: the record itself is the lock. */
  | { readonly kind: "lock"; readonly resource: string };

/** What a quiesce took, as both halves keep it. */
export interface QuiesceState {
  readonly catalog: string;
  readonly revocations: readonly RecordedRevocation[];
  /** Tables whose masks and filters come back before any of the revocations does; absent: it stops writers, not readers. */
  readonly lifted?: readonly LiftedTable[];
}

/** What covers a table of the source, and is put back on it. */
export interface LiftedTable {
  readonly schema: string;
  readonly name: string;
  /** Unity Catalog's id, to find it again under another name. */
  readonly tableId?: string;
  /** All that the table has: a masked one that is gone while another has come may have been renamed. */
  readonly columns: readonly string[];
  readonly masks: readonly {
    readonly column: string;
    readonly functionName: string;
    readonly usingColumns: readonly string[];
  }[];
  readonly rowFilter?: { readonly functionName: string; readonly inputColumns: readonly string[] };
}
