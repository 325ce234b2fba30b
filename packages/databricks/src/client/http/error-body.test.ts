import { expect, it } from "vitest";
import { readRefusal } from "./error-body.ts";

it.each([
  [
    "a named code",
    404,
    '{"error_code":"TABLE_DOES_NOT_EXIST","message":"Table \'a.b.c\' does not exist."}',
    "TABLE_DOES_NOT_EXIST",
    "Table 'a.b.c' does not exist.",
  ],
  [
    "a numeric code",
    403,
    '{"error_code":403,"message":"Invalid access token."}',
    "PERMISSION_DENIED",
    "Invalid access token.",
  ],
  [
    "a numeric 401",
    401,
    '{"error_code":401,"message":"Credential was not sent."}',
    "UNAUTHENTICATED",
    "Credential was not sent.",
  ],
  ["an unusual number", 418, '{"error_code":418}', "418", "I'm a Teapot"],
  ["API 1.2", 400, '{"error":"ContextNotFound"}', undefined, "ContextNotFound"],
  ["SCIM", 404, '{"schemas":[],"detail":"User not found","status":"404"}', "NOT_FOUND", "User not found"],
  [
    "SCIM with a type",
    409,
    '{"detail":"exists","scimType":"uniqueness","status":"409"}',
    "uniqueness",
    "exists",
  ],
  [
    "OAuth",
    401,
    '{"error":"invalid_client","error_description":"Client authentication failed"}',
    "invalid_client",
    "Client authentication failed",
  ],
  [
    "OAuth of other providers",
    400,
    '{"errorCode":"E0000022","errorSummary":"Not allowed"}',
    "E0000022",
    "Not allowed",
  ],
  [
    "plain text with a code",
    400,
    "MALFORMED_REQUEST: vpc_endpoints malformed parameters",
    "MALFORMED_REQUEST",
    "vpc_endpoints malformed parameters",
  ],
  [
    "HTML with pre",
    500,
    "<html><body><pre>\n  Something   broke\n</pre></body></html>",
    undefined,
    "Something broke",
  ],
  [
    "HTML with a title",
    502,
    "<html><head><title>502 Bad Gateway</title></head></html>",
    undefined,
    "502 Bad Gateway",
  ],
  ["HTML with neither", 502, "<html><body></body></html>", undefined, "Bad Gateway"],
  ["an empty body", 503, "", undefined, "Service Unavailable"],
  ["an empty object", 429, "{}", undefined, "Too Many Requests"],
  ["JSON cut off", 500, '{"error_code":"INTERNAL', undefined, '{"error_code":"INTERNAL'],
  ["an unknown status", 599, "", undefined, "HTTP status 599"],
])("reads %s", (_, status, body, errorCode, message) => {
  expect(readRefusal(status, body)).toEqual({
    status,
    message,
    ...(errorCode === undefined ? {} : { errorCode }),
  });
});
