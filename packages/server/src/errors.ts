import type { FieldProblem } from "./contract/index.ts";

export type ServerErrorCode =
  | "INVALID_REQUEST"
  | "NOT_FOUND"
  | "UNAUTHENTICATED"
  | "FORBIDDEN_ORIGIN"
  | "CONFIGURATION"
  | "PORT_IN_USE";

/** The one error of this package. `fields` say which parts of a request cannot be used. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  readonly fields: readonly FieldProblem[];

  constructor(code: ServerErrorCode, message: string, details: ServerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fields = details.fields ?? [];
  }
}

export interface ServerErrorDetails {
  readonly fields?: readonly FieldProblem[];
  readonly cause?: unknown;
}
