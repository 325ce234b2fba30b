import { CloneError } from "@clone-xs/clone";
import { WorkspaceError, type WorkspaceErrorCode } from "@clone-xs/unity";
import type { FastifyError } from "fastify";
import type { Problem } from "./contract/index.ts";
import { ServerError, type ServerErrorCode } from "./errors.ts";

const SERVER_STATUS: Readonly<Record<ServerErrorCode, number>> = {
  INVALID_REQUEST: 422,
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  SECRET_UNREADABLE: 409,
  METHOD_NOT_ALLOWED: 405,
  URL_TOO_LONG: 414,
  HELD_ELSEWHERE: 409,
  UNAUTHENTICATED: 401,
  FORBIDDEN_ORIGIN: 403,
  FORBIDDEN_ROLE: 403,
  PLAN_OVER: 409,
  TOO_MANY_REQUESTS: 429,
  CONFIGURATION: 500,
  PORT_IN_USE: 500,
};

/** The workspace is another server: what it refuses to us is not the caller's to mend by another token here. */
const WORKSPACE_STATUS: Readonly<Record<WorkspaceErrorCode, number>> = {
  STATEMENT_FAILED: 502,
  CANCELED: 409,
  UNKNOWN_RESULT: 502,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  UNAUTHENTICATED: 502,
  RATE_LIMITED: 503,
  UNAVAILABLE: 503,
  INVALID_REQUEST: 422,
  CONFIGURATION: 502,
  INTERNAL: 502,
};

const TITLES: Readonly<Record<number, string>> = {
  400: "The request cannot be read",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "The request came too slowly",
  409: "Not possible now",
  413: "The request is too large",
  414: "The address is too long",
  422: "The request cannot be carried out as it stands",
  429: "Too many requests",
  431: "The headers are too large",
  500: "The server failed",
  502: "The workspace answered with an error",
  503: "The workspace is not available",
};

/** Every error of the API in the one shape it has outside. What was not foreseen says nothing of the inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ServerError) {
    return problemOf(SERVER_STATUS[error.code], error.code, error.message, [...error.fields]);
  }
  if (error instanceof WorkspaceError) {
    return problemOf(WORKSPACE_STATUS[error.code], error.errorClass ?? error.code, error.message);
  }
  if (error instanceof CloneError) return problemOf(cloneStatus(error), error.code, error.message);
  if (isFastifyError(error)) return httpProblem(error);
  return problemOf(500, "INTERNAL", "Something failed that should not have. The server's log says more.");
}

/** What the HTTP layer refuses, in our words where they are clearer. */
function httpProblem({ code, message, statusCode }: FastifyError & { statusCode: number }): Problem {
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return problemOf(413, "BODY_TOO_LARGE", "The body is larger than this server reads.");
    case "FST_ERR_BAD_URL":
      return problemOf(400, "BAD_URL", `The address has a broken escape: ${message}.`);
    case "FST_ERR_MAX_PARAM_LENGTH":
      return toProblem(urlTooLong());
    default:
      return problemOf(statusCode, "BAD_REQUEST", message);
  }
}

/** The error for an address with a segment that is longer than any name. */
export function urlTooLong(): ServerError {
  return new ServerError("URL_TOO_LONG", "A part of the address is longer than any name.");
}

/** A problem by its parts. */
export function problemOf(
  status: number,
  code: string,
  detail: string,
  errors: Problem["errors"] = [],
): Problem {
  return {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    code,
    detail,
    ...(errors.length === 0 ? {} : { errors }),
  };
}

function cloneStatus({ code }: CloneError): number {
  if (code === "CATALOG_NOT_FOUND" || code === "SCHEMA_NOT_FOUND" || code === "STREAM_NOT_FOUND") return 404;
  if (code === "INVALID_REQUEST" || code === "PLAN_UNREADABLE" || code === "STREAM_REFUSED") return 422;
  if (code === "INTERNAL") return 500;
  return code === "INSPECTION_FAILED" || code === "STREAM_FAILED" ? 502 : 409;
}

function isFastifyError(error: unknown): error is FastifyError & { statusCode: number } {
  return (
    error instanceof Error &&
    "statusCode" in error &&
    typeof error.statusCode === "number" &&
    error.statusCode < 500
  );
}
