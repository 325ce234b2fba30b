import type { FieldProblem } from "./contract/index.ts";

export type ServerErrorCode =
  | "INVALID_REQUEST"
  /** Well-formed, and there is nothing to do. */
  | "BAD_REQUEST"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  /** What is sealed cannot be opened with the keys that are here. */
  | "SECRET_UNREADABLE"
  | "METHOD_NOT_ALLOWED"
  | "URL_TOO_LONG"
  | "HELD_ELSEWHERE"
  | "UNAUTHENTICATED"
  | "FORBIDDEN_ORIGIN"
  /** The caller is known, and may do less. */
  | "FORBIDDEN_ROLE"
  /** A kept plan that may not be carried out (any more). */
  | "PLAN_OVER"
  | "TOO_MANY_REQUESTS"
  | "CONFIGURATION"
  | "PORT_IN_USE";

/**
 * The one error of this package. `fields`: the parts of a request that cannot be used; `allow`: the methods that can; `retryAfter`: how
 * many seconds to wait.
 */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  readonly fields: readonly FieldProblem[];
  readonly allow: readonly string[];
  readonly retryAfter: number | undefined;

  constructor(code: ServerErrorCode, message: string, details: ServerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fields = details.fields ?? [];
    this.allow = details.allow ?? [];
    this.retryAfter = details.retryAfter;
  }
}

export interface ServerErrorDetails {
  readonly fields?: readonly FieldProblem[];
  readonly allow?: readonly string[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}
