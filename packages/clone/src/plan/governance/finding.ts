import type { Stage } from "../plan.ts";
import type { GovernanceOperation } from "./operations.ts";

/** What one aspect of one object comes to: something to send, or something that the target will not get. */
export type Finding = Change | Missing;

/** A statement that makes the target like the source in one aspect. Where there is no difference there is none. */
export interface Change {
  readonly kind: "change";
  readonly stage: Stage;
  /** Tells it from other changes of the same stage and object: a column, a principal. */
  readonly part?: string;
  readonly operation: GovernanceOperation;
  /** Steps that it needs beside those that make its object. */
  readonly needs?: readonly string[];
}

export interface Missing {
  readonly kind: "missing";
  /** A word of the summary's residue. */
  readonly what: string;
  readonly reason: string;
  /** Where it is a part of the object that misses it. */
  readonly column?: string;
}

export function missing(what: string, reason: string): Missing {
  return { kind: "missing", what, reason };
}
