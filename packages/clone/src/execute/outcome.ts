import type { OpenedRoute, UnsharedTable } from "../route/route-operation.ts";
import type { Residue } from "../summarize/summary.ts";
import type { CopiedBytes } from "../volumes/copy-volume.ts";

/** What came of one step. */
export type StepOutcome = (
  | {
      readonly state: "succeeded";
      readonly counters?: CloneCounters;
      /** Files that were copied from volume to volume. */
      readonly volumeFiles?: CopiedBytes;
      /** What came out otherwise than it was planned. */
      readonly residue?: readonly Residue[];
      /** What the target reads the source through. */
      readonly route?: OpenedRoute;
      /** Steps that cannot be done because their tables cannot be shared. */
      readonly unshared?: readonly UnsharedTable[];
    }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
  | {
      readonly state: "skipped";
      readonly code: string;
      readonly message: string;
      /** What the target did not get, where leaving the step out is no error. */
      readonly residue?: readonly Residue[];
    }
) & {
  /** Epoch milliseconds; the same for steps that were never begun. */
  readonly startedAt: number;
  readonly endedAt: number;
};

/** The one row that CLONE answers. Source: Databricks documentation of CREATE TABLE CLONE. */
export interface CloneCounters {
  readonly source_table_size: number;
  readonly source_num_of_files: number;
  readonly num_removed_files: number;
  readonly num_copied_files: number;
  readonly removed_files_size: number;
  readonly copied_files_size: number;
}
