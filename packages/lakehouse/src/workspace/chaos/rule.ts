import type { ServiceErrorCode } from "@clone-xs/databricks/contract";
import type { StatementKind } from "@clone-xs/unity";

/** A fault to put into a workspace on purpose: where it strikes, how often, and what happens then. */
export interface ChaosRule {
  readonly on: Target;
  readonly fault: Fault;
  /** Whether the request has had its effect when the fault strikes. */
  readonly when: "before" | "after";
  /** Times that it strikes; without end when absent. */
  readonly times?: number;
  /** Matching requests that pass before it strikes at all. */
  readonly skip: number;
  /** Chance that a matching request is struck, 0 to 1. */
  readonly probability: number;
}

/** What a rule strikes: all that is named must fit. */
export interface Target {
  /** `METHOD path`, with `*` for any text: `GET /api/2.1/unity-catalog/tables*`. */
  readonly call?: string;
  /** Regular expression over the text of a statement, in any case. */
  readonly statement?: string;
  readonly kind?: StatementKind;
  /** Only requests of this principal. */
  readonly principal?: string;
}

export type Fault =
  /** The REST API answers with this. */
  | { readonly kind: "error"; readonly status: number; readonly errorCode: string; readonly message: string }
  /** 429 with Retry-After. */
  | { readonly kind: "rateLimit"; readonly retryAfterSeconds: number }
  /** The connection is reset instead of an answer. */
  | { readonly kind: "lost" }
  | { readonly kind: "delay"; readonly ms: number }
  /** 403 `Invalid access token.`, once; for good when the token is `revoked`. */
  | { readonly kind: "token"; readonly revoked: boolean }
  /** A listing or read does not show what was made less than `ms` ago. */
  | { readonly kind: "stale"; readonly ms: number }
  /** A page of a listing comes empty, with a token to go on. */
  | { readonly kind: "emptyPage" }
  /** The statement ends in this state; CLOSED is: it succeeded, and its result is gone. */
  | {
      readonly kind: "end";
      readonly state: "FAILED" | "CANCELED" | "CLOSED";
      readonly errorCode: ServiceErrorCode;
      readonly message: string;
    };

/** A request where a rule may strike. */
export type Point =
  | {
      readonly stage: "call";
      readonly method: string;
      readonly path: string;
      readonly principal: string;
      /** Of the statement that it submits. */
      readonly statement?: StatementPoint;
    }
  /** A statement that has its slot. */
  | { readonly stage: "run"; readonly principal: string; readonly statement: StatementPoint };

export interface StatementPoint {
  readonly text: string;
  readonly kind: StatementKind;
}

/** Faults of a running statement; the others strike the call that submits it. */
const whileRunning: ReadonlySet<Fault["kind"]> = new Set(["end"]);

/** Whether a rule is for this point, leaving aside how often. A delay of a statement is one of its run. */
export function strikes({ on, fault }: ChaosRule, point: Point): boolean {
  const aboutStatement = on.statement !== undefined || on.kind !== undefined;
  const atRun =
    whileRunning.has(fault.kind) || (fault.kind === "delay" && aboutStatement && on.call === undefined);
  if (atRun !== (point.stage === "run")) return false;
  if (on.principal !== undefined && on.principal !== point.principal) return false;
  if (on.call !== undefined && !(point.stage === "call" && matchesCall(on.call, point))) return false;
  return !aboutStatement || (point.statement !== undefined && matchesStatement(on, point.statement));
}

function matchesCall(pattern: string, { method, path }: { readonly method: string; readonly path: string }) {
  const literal = pattern.replaceAll(/[.+?^${}()|[\]\\]/gu, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${literal}$`, "su").test(`${method} ${path}`);
}

function matchesStatement({ statement, kind }: Target, point: StatementPoint): boolean {
  if (kind !== undefined && kind !== point.kind) return false;
  return statement === undefined || new RegExp(statement, "isu").test(point.text);
}
