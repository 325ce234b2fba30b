import { expect, it } from "vitest";
import { failureOf } from "./failure.ts";

it.each([
  [
    "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'INSER'. SQLSTATE: 42601 (line 1, pos 0)\n",
    "STATEMENT_FAILED",
    "PARSE_SYNTAX_ERROR",
    "42601",
  ],
  [
    "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column … SQLSTATE: 42703",
    "STATEMENT_FAILED",
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "42703",
  ],
  [
    "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have SELECT on Table 'cat.sch.t'. SQLSTATE: 42501",
    "PERMISSION_DENIED",
    "INSUFFICIENT_PERMISSIONS",
    "42501",
  ],
  [
    "PERMISSION_DENIED: User does not have MODIFY on Table 'cat.sch.t'. SQLSTATE: 42501",
    "PERMISSION_DENIED",
    "PERMISSION_DENIED",
    "42501",
  ],
  [
    "com.databricks.sql.io.FileReadException: [DELTA_MISSING_TRANSACTION_LOG] gone",
    "STATEMENT_FAILED",
    "DELTA_MISSING_TRANSACTION_LOG",
    undefined,
  ],
  ["Something [NOT_A_CLASS] broke", "STATEMENT_FAILED", "BAD_REQUEST", undefined],
])("%j is %s of class %s", (message, code, errorClass, sqlState) => {
  const {
    code: found,
    errorClass: foundClass,
    sqlState: foundState,
    statementId,
    retryable,
  } = failureOf("id", { state: "FAILED", error: { error_code: "BAD_REQUEST", message } });
  expect({ code: found, errorClass: foundClass, sqlState: foundState, statementId, retryable }).toEqual({
    code,
    errorClass,
    sqlState,
    statementId: "id",
    retryable: false,
  });
});

it("prefers the SQLSTATE that has a field of its own", () => {
  expect(
    failureOf("id", { state: "FAILED", error: { message: "[X_Y] … SQLSTATE: 42601" }, sql_state: "42704" })
      .sqlState,
  ).toBe("42704");
});

it.each([
  [{ error_code: "BAD_REQUEST", message: "[DELTA_CONCURRENT_APPEND] Conflict. SQLSTATE: 2D521" }],
  [{ error_code: "TEMPORARILY_UNAVAILABLE", message: "Try later." }],
])("%j may be sent again", (error) => {
  expect(failureOf("id", { state: "FAILED", error }).retryable).toBe(true);
});

it("has something to say when the service has not", () => {
  expect(failureOf("01f0", { state: "FAILED" }).message).toContain("01f0");
});
