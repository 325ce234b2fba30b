/** One thing that was looked at before a clone, and what came of it. */
export interface Check {
  readonly check:
    | "rights"
    | "plan"
    | "masks"
    | "foreign"
    | "route"
    | "protected"
    | "quota"
    | "retention"
    | "quiesce"
    | "warehouse"
    | "audit";
  /** `unknown`: it cannot be told from here, so the run will show. Only `block` keeps a clone from being worth a try. */
  readonly state: "pass" | "warn" | "block" | "unknown";
  /** What it is about: a catalog, a schema, a table. */
  readonly object: string;
  readonly message: string;
  /** What somebody who may grant it can run. */
  readonly grant?: string;
}

/** Whether a clone can be expected to succeed, and what to do where not. Keys are the wire's own. */
export interface Preflight {
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly host: string;
  readonly user_name: string;
  /** Nothing blocks. */
  readonly ok: boolean;
  readonly blocking: number;
  readonly warnings: number;
  readonly checks: readonly Check[];
  /** Every GRANT that is missing, each once, to be copied. */
  readonly grants: readonly string[];
}
