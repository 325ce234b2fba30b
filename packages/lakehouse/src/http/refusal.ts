import { type WorkspaceErrorCode, WorkspaceError } from "@clone-xs/unity";
import type { ErrorBody } from "@clone-xs/databricks/contract";
import { LakehouseError } from "../errors.ts";
import { ExecutionError } from "../execution/execution.ts";

/** A request that is answered with an error, as the REST API words it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** A name, or for 401 and 403 of the gateway the status as a number. */
  readonly errorCode: string | number;
  /** What the service adds for machines, before the id of the request. */
  readonly details: readonly Readonly<Record<string, unknown>>[];

  constructor(status: number, errorCode: string | number, message: string, details: Refusal["details"] = []) {
    super(message);
    this.details = details;
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** 400 with the code that the service gives to a wrong argument. */
export function invalidParameter(message: string): Refusal {
  return new Refusal(400, "INVALID_PARAMETER_VALUE", message);
}

const statusOf: Readonly<Partial<Record<WorkspaceErrorCode, number>>> = {
  NOT_FOUND: 404,
  PERMISSION_DENIED: 403,
  UNAUTHENTICATED: 401,
  ALREADY_EXISTS: 400,
  INVALID_REQUEST: 400,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** Every error as a refusal: ours by their codes, the HTTP layer's by its status, anything else as a 500. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof WorkspaceError)
    return new Refusal(statusOf[error.code] ?? 500, error.errorClass ?? error.code, error.message);
  if (error instanceof ExecutionError) return new Refusal(400, error.errorClass, error.message);
  if (error instanceof LakehouseError && error.code === "CLOSED")
    return new Refusal(503, "TEMPORARILY_UNAVAILABLE", error.message);
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status === 413) return new Refusal(413, "MAX_REQUEST_SIZE_EXCEEDED", message);
  return status >= 400 && status < 500
    ? new Refusal(status, "BAD_REQUEST", message)
    : new Refusal(500, "INTERNAL_ERROR", message);
}

export function errorBody({ errorCode, message, details }: Refusal, requestId: string): ErrorBody {
  return {
    error_code: errorCode,
    message,
    details: [
      ...details,
      { "@type": "type.googleapis.com/google.rpc.RequestInfo", request_id: requestId, serving_data: "" },
    ],
  };
}
