import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Dispatcher, request } from "undici";
import type { Endpoint } from "../../contract/index.ts";

export interface RawRequest {
  readonly method: Endpoint["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** One attempt to send: an answer of any status, or why there was none. */
export type Attempt = Answer | Failure;

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly text: string;
  readonly retryAfter?: string;
}

export interface Failure {
  readonly kind: "failure";
  /**
   * `unreachable`: nothing was sent. `untrusted`: the certificate was refused or TLS is not spoken there. `proxy`: the proxy
   * refused. `lost`: the request may have been received. `aborted`: by the caller's signal.
   */
  readonly reason: "unreachable" | "untrusted" | "proxy" | "lost" | "aborted";
  readonly code: string;
  readonly cause: unknown;
}

export type Send = (request: RawRequest) => Promise<Attempt>;

/** Longer than any wait of the statement API, so that a slow answer is not taken for a lost one. */
export const INACTIVITY_MS = 90_000;

const unzip = promisify(gunzip);

/** Sends through the dispatcher. Never throws: a failure is data for the retry rules. Redirects are not followed. */
export function openTransport(dispatcher: Dispatcher): Send {
  return async ({ method, url, headers, body, signal }) => {
    try {
      const {
        statusCode,
        headers: answered,
        body: stream,
      } = await request(url, {
        dispatcher,
        method,
        headers: { ...headers, "accept-encoding": "gzip" },
        headersTimeout: INACTIVITY_MS,
        bodyTimeout: INACTIVITY_MS,
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      const bytes = Buffer.from(await stream.arrayBuffer());
      const text =
        answered["content-encoding"] === "gzip"
          ? (await unzip(bytes)).toString("utf8")
          : bytes.toString("utf8");
      const retryAfter = answered["retry-after"];
      return {
        kind: "answer",
        status: statusCode,
        text,
        ...(typeof retryAfter === "string" ? { retryAfter } : {}),
      };
    } catch (cause) {
      return failureOf(cause, signal?.aborted ?? false);
    }
  };
}

const notSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const badTls = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH$|EPROTO$)/u;

/** Sorts what Node, OpenSSL and undici throw by what it means for the request. */
export function failureOf(cause: unknown, aborted: boolean): Failure {
  const {
    code = "",
    message = "",
    syscall,
  } = (cause ?? {}) as { code?: string; message?: string; syscall?: string };
  const failure = (reason: Failure["reason"]): Failure => ({ kind: "failure", reason, code, cause });
  if (aborted) return failure("aborted");
  if (/^Proxy (response|Authentication)/u.test(message) || code === "UND_ERR_PRX_TLS")
    return failure("proxy");
  if (badTls.test(code)) return failure("untrusted");
  if (notSent.has(code) || syscall === "connect" || message.includes("before secure TLS connection"))
    return failure("unreachable");
  return failure("lost");
}
