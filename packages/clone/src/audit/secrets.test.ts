import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./secrets.ts";

describe("pitfall 26: no secret reaches an audit row", () => {
  it.each([
    ["dapi0123456789abcdef0123456789abcdef", "[secret]"],
    ["Authorization: Bearer abc.def-123456", "Authorization: Bearer [secret]"],
    ["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln failed", "[secret] failed"],
    ["https://x.blob/f?sv=1&sig=abc%2Bd&e=2", "https://x.blob/f?sv=1&sig=[secret]&e=2"],
    ["s3://b/k?X-Amz-Signature=00ff&x=1", "s3://b/k?X-Amz-Signature=[secret]&x=1"],
    ["client_secret=dose; next", "client_secret=[secret]; next"],
    ['{"password": "hunter2", "user": "a"}', '{"password": "[secret]", "user": "a"}'],
    ["proxy http://me:pw@host:3128 refused", "proxy http://me:[secret]@host:3128 refused"],
  ])("%s", (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it.each([
    "Table prod.secrets.tokens does not exist",
    "[TABLE_OR_VIEW_NOT_FOUND] `a`.`b` SQLSTATE: 42P01",
    "a token was refused",
  ])("leaves %s as it is", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});
