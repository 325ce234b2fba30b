/**
 * The local half of what guards remember: everything needed to undo a change to the source, written durably before the change is made,
 * and dropped when it has been undone. The other half is a row in the source workspace, for the case that this machine is lost.
 */
export interface GuardJournal {
  /** Resolves when the record is on the disk. */
  put(record: GuardRecord): Promise<void>;
  drop(id: string): Promise<void>;
  /** Guards that were never released: of this process, and of those that died. */
  open(): Promise<readonly GuardRecord[]>;
}

export interface GuardRecord {
  readonly id: string;
  readonly runId: string;
  readonly kind: "quiesce" | "lease";
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the release needs, as the guard of that kind reads it back. */
  readonly undo: unknown;
}
