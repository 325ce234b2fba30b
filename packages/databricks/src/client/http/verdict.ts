import { WorkspaceError, type WorkspaceErrorCode } from "@clone-xs/unity";
import { type Refusal, readRefusal } from "./error-body.ts";
import type { Answer, Attempt, Failure } from "./transport.ts";

/** What one attempt means: take the answer, send again, or give up. */
export type Verdict =
  | { readonly kind: "accept"; readonly answer: Answer }
  | {
      readonly kind: "retry";
      readonly error: WorkspaceError;
      readonly retryAfter?: string;
      readonly unreachable: boolean;
    }
  | { readonly kind: "fail"; readonly error: WorkspaceError };

/** What was asked, for messages and for whether it may be sent twice. */
export interface Asked {
  /** `GET /api/…`: shown in messages; carries no secret. */
  readonly what: string;
  readonly host: string;
  readonly effect: "read" | "write";
}

/**
 * Judges an attempt. 429 and 503 and texts of passing trouble are sent again, as all SDKs do; 502 and 504 only for reads.
 * A write whose answer was lost is never sent again: it may have been carried out (UNKNOWN_RESULT).
 */
export function judge(attempt: Attempt, asked: Asked): Verdict {
  if (attempt.kind === "failure") return judgeFailure(attempt, asked);
  if (attempt.status >= 200 && attempt.status < 300) return { kind: "accept", answer: attempt };
  return judgeRefusal(attempt, asked);
}

function judgeFailure({ reason, code, cause }: Failure, asked: Asked): Verdict {
  const { host, what } = asked;
  const fail = (errorCode: WorkspaceErrorCode, message: string): Verdict => ({
    kind: "fail",
    error: new WorkspaceError(errorCode, message, { cause }),
  });
  switch (reason) {
    case "aborted":
      return fail("CANCELED", `Cancelled by the caller (${what}).`);
    case "untrusted":
      return fail(
        "CONFIGURATION",
        `The certificate of ${host} was not accepted (${code}). Name the file with your organisation's authority in CLXS_CA_FILE, or check that the address speaks https.`,
      );
    case "proxy":
      return fail(
        "CONFIGURATION",
        `The proxy refused the connection to ${host}. Check HTTPS_PROXY and its credentials, or add the host to NO_PROXY.`,
      );
    case "unreachable":
      return {
        kind: "retry",
        unreachable: true,
        error: new WorkspaceError("UNAVAILABLE", unreachableMessage(host, code), { retryable: true, cause }),
      };
    case "lost":
      return lost(asked, code || "connection lost", cause);
    default:
      return reason satisfies never;
  }
}

function unreachableMessage(host: string, code: string): string {
  if (code === "ENOTFOUND")
    return `No such host: ${host}. Check DATABRICKS_HOST or the profile, and whether a proxy (HTTPS_PROXY) is needed.`;
  return `Cannot connect to ${host}${code === "" ? "" : ` (${code})`}. Check the address, and whether a proxy (HTTPS_PROXY) is needed.`;
}

function lost({ effect, what, host }: Asked, why: string, cause?: unknown): Verdict {
  if (effect === "write")
    return {
      kind: "fail",
      error: new WorkspaceError(
        "UNKNOWN_RESULT",
        `The answer of ${host} was lost (${why}); the request may have been carried out (${what}).`,
        { cause },
      ),
    };
  return {
    kind: "retry",
    unreachable: false,
    error: new WorkspaceError("UNAVAILABLE", `The answer of ${host} was lost (${why}; ${what}).`, {
      retryable: true,
      cause,
    }),
  };
}

/** Refused before anything ran. */
const refusedForNow =
  /worker environment not ready|ClusterNotReadyException|RPC token bucket limit has been exceeded|Please try again later or try a faster operation/iu;
/** May have begun: only a read is sent again. */
const ranOutOfTime = /Timed out after|deadline exceeded/iu;

function judgeRefusal(answer: Answer, asked: Asked): Verdict {
  const refusal = readRefusal(answer.status, answer.text);
  const { status, message } = refusal;
  if (status === 502 || status === 504 || ranOutOfTime.test(message))
    return lost(asked, `HTTP ${status}: ${message}`);
  const error = refusalError(refusal, asked, answer.retryAfter);
  if (status !== 429 && status !== 503 && !refusedForNow.test(message)) return { kind: "fail", error };
  return {
    kind: "retry",
    unreachable: false,
    error,
    ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }),
  };
}

/** The refusal as an error: code by the service's `error_code` first, by HTTP status else, as the SDKs do. */
function refusalError(
  refusal: Refusal,
  { what, host }: Pick<Asked, "what" | "host">,
  retryAfter = "",
): WorkspaceError {
  const { status, errorCode, message } = refusal;
  const code = errorCodeOf(refusal);
  const text =
    status >= 300 && status < 400
      ? `${host} answers with a redirect. Use the address of the workspace itself.`
      : message;
  return new WorkspaceError(
    code,
    `${text} (${what}: HTTP ${status}${errorCode === undefined ? "" : ` ${errorCode}`})`,
    {
      retryable: code === "RATE_LIMITED" || code === "UNAVAILABLE",
      ...(/^\s*\d+\s*$/u.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1000 } : {}),
      ...(errorCode === undefined ? {} : { errorClass: errorCode }),
    },
  );
}

function errorCodeOf({ status, errorCode = "", message }: Refusal): WorkspaceErrorCode {
  if (status === 401 || errorCode === "UNAUTHENTICATED" || /invalid access token/iu.test(message))
    return "UNAUTHENTICATED";
  if (status === 407 || (status >= 300 && status < 400)) return "CONFIGURATION";
  if (status === 429) return "RATE_LIMITED";
  if (status === 503) return "UNAVAILABLE";
  if (status === 403 || errorCode === "PERMISSION_DENIED") return "PERMISSION_DENIED";
  if (errorCode.endsWith("ALREADY_EXISTS") || sameRecipient.test(message)) return "ALREADY_EXISTS";
  if (meansMissing(errorCode) || missingRun.test(message)) return "NOT_FOUND";
  return status >= 500 ? "INTERNAL" : "INVALID_REQUEST";
}

/** The Jobs API answers 400 INVALID_PARAMETER_VALUE for a run that is not there; the SDKs tell it by this text. */
const missingRun = /^(?:Run .* does not exist|Run: .* in job: .* doesn't exist)/u;
/** Another recipient stands for the same metastore: the service has no code of its own for that. */
const sameRecipient = /There is already a Recipient object/iu;

/** A securable is missing. Not: the path (ENDPOINT_NOT_FOUND), the whole metastore, or a 404 page of something in between. */
function meansMissing(errorCode: string): boolean {
  if (errorCode === "ENDPOINT_NOT_FOUND" || errorCode === "METASTORE_DOES_NOT_EXIST") return false;
  return errorCode.endsWith("DOES_NOT_EXIST") || errorCode.endsWith("NOT_FOUND");
}
