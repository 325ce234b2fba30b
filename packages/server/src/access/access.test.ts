import { describe, expect, it } from "vitest";
import { type AccessRules, checkAccess, isLoopback, type RequestFacts } from "./access.ts";

const open: AccessRules = { token: undefined, loopback: true };
const guarded: AccessRules = { token: "s3cret", loopback: false };
const fromCurl: RequestFacts = {
  method: "POST",
  path: "/api/clone",
  host: "127.0.0.1:8080",
  origin: undefined,
  fetchSite: undefined,
  authorization: undefined,
};

function verdict(request: Partial<RequestFacts>, rules: AccessRules): string {
  try {
    checkAccess({ ...fromCurl, ...request }, rules);
    return "passes";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("pitfall 26: who may ask", () => {
  it.each<[string, Partial<RequestFacts>, AccessRules, string]>([
    ["curl on loopback", {}, open, "passes"],
    ["the page itself", { origin: "http://127.0.0.1:8080", fetchSite: "same-origin" }, open, "passes"],
    ["a page on another port", { origin: "http://127.0.0.1:3000" }, open, "FORBIDDEN_ORIGIN"],
    ["another site", { origin: "https://evil.example" }, open, "FORBIDDEN_ORIGIN"],
    ["a sandboxed frame", { origin: "null" }, open, "FORBIDDEN_ORIGIN"],
    ["a cross-site form", { fetchSite: "cross-site" }, open, "FORBIDDEN_ORIGIN"],
    ["a sibling host", { fetchSite: "same-site" }, open, "FORBIDDEN_ORIGIN"],
    ["a cancel from another site", { method: "DELETE", fetchSite: "cross-site" }, open, "FORBIDDEN_ORIGIN"],
    ["a link to a page", { method: "GET", path: "/clone", fetchSite: "cross-site" }, open, "passes"],
    [
      "a name that was rebound to loopback",
      { method: "GET", host: "evil.example:8080" },
      open,
      "FORBIDDEN_ORIGIN",
    ],
    ["no Host", { host: undefined }, open, "FORBIDDEN_ORIGIN"],
    ["localhost by name", { host: "localhost:8080" }, open, "passes"],
    ["IPv6 loopback", { host: "[::1]:8080" }, open, "passes"],
    ["no token", { host: "clone.example.com" }, guarded, "UNAUTHENTICATED"],
    ["a wrong token", { authorization: "Bearer guess" }, guarded, "UNAUTHENTICATED"],
    ["a token under another scheme", { authorization: "Basic s3cret" }, guarded, "UNAUTHENTICATED"],
    ["the token", { authorization: "Bearer s3cret" }, guarded, "passes"],
    ["reading runs without a token", { method: "GET", path: "/api/clone/jobs" }, guarded, "UNAUTHENTICATED"],
    ["health without a token", { method: "GET", path: "/api/health" }, guarded, "passes"],
    ["the page's files without a token", { method: "GET", path: "/assets/x.js" }, guarded, "passes"],
  ])("%s", (_, request, rules, expected) => {
    expect(verdict(request, rules)).toBe(expected);
  });
});

describe("isLoopback", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["localhost", true],
    ["0.0.0.0", false],
    ["::", false],
    ["127.0.0.1.evil.example", false],
    ["localhost.evil.example", false],
  ])("%s: %s", (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
