import { describe, expect, it } from "vitest";
import { type Attempt, failureOf } from "./transport.ts";
import { judge } from "./verdict.ts";

const asked = (effect: "read" | "write") => ({ what: "GET /api/x", host: "https://w.example.com", effect });
const answer = (status: number, body: object | string = "", retryAfter?: string): Attempt => ({
  kind: "answer",
  status,
  text: typeof body === "string" ? body : JSON.stringify(body),
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
const says = (error_code: string | number, message = "…") => ({ error_code, message });
const summary = (attempt: Attempt, effect: "read" | "write" = "read") => {
  const verdict = judge(attempt, asked(effect));
  return verdict.kind === "accept" ? "accept" : `${verdict.kind} ${verdict.error.code}`;
};

describe("answers", () => {
  it.each([
    [200, {}, "accept"],
    [204, "", "accept"],
    [429, says("REQUEST_LIMIT_EXCEEDED"), "retry RATE_LIMITED"],
    [429, "", "retry RATE_LIMITED"],
    [503, says("TEMPORARILY_UNAVAILABLE"), "retry UNAVAILABLE"],
    [502, "<html></html>", "retry UNAVAILABLE"],
    [504, "", "retry UNAVAILABLE"],
    [500, says("INTERNAL_ERROR"), "fail INTERNAL"],
    [400, says("BAD_REQUEST", "worker environment not ready"), "retry INVALID_REQUEST"],
    [500, says("UNKNOWN", "org.apache.ClusterNotReadyException: soon"), "retry INTERNAL"],
    [400, says("RESOURCE_EXHAUSTED", "RPC token bucket limit has been exceeded."), "retry INVALID_REQUEST"],
    [500, says("DEADLINE_EXCEEDED", "Timed out after 30 seconds"), "retry UNAVAILABLE"],
    [401, says(401), "fail UNAUTHENTICATED"],
    [403, says(403, "Invalid access token."), "fail UNAUTHENTICATED"],
    [403, says("PERMISSION_DENIED"), "fail PERMISSION_DENIED"],
    [400, says("PERMISSION_DENIED"), "fail PERMISSION_DENIED"],
    [404, says("TABLE_DOES_NOT_EXIST"), "fail NOT_FOUND"],
    [400, says("SCHEMA_DOES_NOT_EXIST"), "fail NOT_FOUND"],
    [404, says("NOT_FOUND"), "fail NOT_FOUND"],
    [404, says("METASTORE_DOES_NOT_EXIST"), "fail INVALID_REQUEST"],
    [404, says("ENDPOINT_NOT_FOUND"), "fail INVALID_REQUEST"],
    [404, "<html><title>Not here</title></html>", "fail INVALID_REQUEST"],
    [409, says("RESOURCE_ALREADY_EXISTS"), "fail ALREADY_EXISTS"],
    [400, says("INVALID_PARAMETER_VALUE"), "fail INVALID_REQUEST"],
    [400, says("INVALID_PARAMETER_VALUE", "Run 123 does not exist."), "fail NOT_FOUND"],
    [400, says("INVALID_PARAMETER_VALUE", "Run: 1 in job: 2 doesn't exist"), "fail NOT_FOUND"],
    [400, says("RECIPIENT_ALREADY_EXISTS"), "fail ALREADY_EXISTS"],
    [
      400,
      says(
        "INVALID_PARAMETER_VALUE",
        "There is already a Recipient object 'r' with the same sharing identifier aws:x:y.",
      ),
      "fail ALREADY_EXISTS",
    ],
    [302, "", "fail CONFIGURATION"],
    [407, "", "fail CONFIGURATION"],
  ])("HTTP %i %j to a read: %s", (status, body, expected) => {
    expect(summary(answer(status, body))).toBe(expected);
  });

  it.each([
    [429, says("REQUEST_LIMIT_EXCEEDED"), "retry RATE_LIMITED"],
    [503, "", "retry UNAVAILABLE"],
    [502, "", "fail UNKNOWN_RESULT"],
    [504, "", "fail UNKNOWN_RESULT"],
    [500, says("DEADLINE_EXCEEDED", "deadline exceeded"), "fail UNKNOWN_RESULT"],
    [500, says("INTERNAL_ERROR"), "fail INTERNAL"],
  ])("HTTP %i %j to a write: %s", (status, body, expected) => {
    expect(summary(answer(status, body), "write")).toBe(expected);
  });

  it("keeps the service's words, its code and what was asked", () => {
    const verdict = judge(
      answer(404, says("CATALOG_DOES_NOT_EXIST", "Catalog 'x' does not exist.")),
      asked("read"),
    );
    expect(verdict).toMatchObject({
      error: {
        errorClass: "CATALOG_DOES_NOT_EXIST",
        message: "Catalog 'x' does not exist. (GET /api/x: HTTP 404 CATALOG_DOES_NOT_EXIST)",
        retryable: false,
      },
    });
  });

  it("hands on Retry-After", () => {
    expect(judge(answer(503, "", "12"), asked("write"))).toMatchObject({ kind: "retry", retryAfter: "12" });
  });
});

describe("failures to send", () => {
  const thrown = (code: string, message = "…", more: object = {}) =>
    failureOf(Object.assign(new Error(message), { code, ...more }), false);

  it.each([
    [thrown("ECONNREFUSED"), "retry UNAVAILABLE", "retry UNAVAILABLE"],
    [thrown("ENOTFOUND"), "retry UNAVAILABLE", "retry UNAVAILABLE"],
    [thrown("UND_ERR_CONNECT_TIMEOUT"), "retry UNAVAILABLE", "retry UNAVAILABLE"],
    [
      thrown("ETIMEDOUT", "connect ETIMEDOUT", { syscall: "connect" }),
      "retry UNAVAILABLE",
      "retry UNAVAILABLE",
    ],
    [
      thrown("ECONNRESET", "Client network socket disconnected before secure TLS connection was established"),
      "retry UNAVAILABLE",
      "retry UNAVAILABLE",
    ],
    [thrown("ECONNRESET"), "retry UNAVAILABLE", "fail UNKNOWN_RESULT"],
    [thrown("UND_ERR_SOCKET", "other side closed"), "retry UNAVAILABLE", "fail UNKNOWN_RESULT"],
    [thrown("UND_ERR_HEADERS_TIMEOUT"), "retry UNAVAILABLE", "fail UNKNOWN_RESULT"],
    [thrown("DEPTH_ZERO_SELF_SIGNED_CERT"), "fail CONFIGURATION", "fail CONFIGURATION"],
    [thrown("ERR_TLS_CERT_ALTNAME_INVALID"), "fail CONFIGURATION", "fail CONFIGURATION"],
    [thrown("EPROTO", "wrong version number"), "fail CONFIGURATION", "fail CONFIGURATION"],
    [
      thrown("UND_ERR_ABORTED", "Proxy response (403) !== 200 when HTTP Tunneling"),
      "fail CONFIGURATION",
      "fail CONFIGURATION",
    ],
    [failureOf(new Error("aborted"), true), "fail CANCELED", "fail CANCELED"],
  ])("%o", (failure, read, write) => {
    expect([summary(failure, "read"), summary(failure, "write")]).toEqual([read, write]);
  });

  it("names the host that does not exist, and the setting", () => {
    expect(judge(thrown("ENOTFOUND"), asked("read"))).toMatchObject({
      error: { message: expect.stringMatching(/w\.example\.com.*DATABRICKS_HOST/u) as string },
    });
  });
});
