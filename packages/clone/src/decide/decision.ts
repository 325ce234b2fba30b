/** Why an object is treated as it is; the words that summary, plan and scripts use. */
export const REASONS = [
  "never_cloned",
  "version_drift",
  "schema_drift",
  "target_modified",
  "source_recreated",
  "unable_to_compare",
  "foreign",
  "orphaned",
  "excluded",
  "in_sync",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * `clone`: make or replace it. `keep`: nothing to do. `leave`: the user's rule or the request's mode leaves it as it is.
 * `block`: this object fails. `refuse`: the whole run is refused. `impossible`: it stands in the residue.
 * `drop`: its source is gone, and it goes too.
 */
export type Action = "clone" | "keep" | "leave" | "block" | "refuse" | "impossible" | "drop";

/** What becomes of one object, and why. Nothing to do is a decision too. */
export interface Decision {
  readonly kind: "table" | "view" | "function" | "volume";
  /** As the source calls it; for orphans, as the target does. */
  readonly schema: string;
  readonly name: string;
  readonly action: Action;
  readonly reason: Reason;
  /** One sentence for people, when the reason alone does not tell enough. */
  readonly detail?: string;
  /** Newest data-changing version of the source. */
  readonly sourceVersion?: string;
  /** Source version that the target was cloned from. */
  readonly clonedVersion?: string;
  /** Source format in upper case, for tables. */
  readonly format?: string;
}
