import { describe, expect, it } from "vitest";
import {
  type AccessRules,
  accessRules,
  checkOrigin,
  checkSessionWrite,
  isLoopback,
  type RequestFacts,
  type RulesAsked,
} from "./access.ts";

const here = accessRules({ host: "127.0.0.1", auth: "default" });
const elsewhere = accessRules({ host: "0.0.0.0", auth: "default" });
const named = accessRules({ host: "0.0.0.0", auth: "default", allowHosts: ["Clone.example.com"] });
const open = accessRules({ host: "0.0.0.0", auth: "none" });
const proxied = accessRules({ host: "127.0.0.1", auth: "token", allowHosts: ["clone.example.com"] });
const fromCurl: RequestFacts = {
  method: "POST",
  host: "127.0.0.1:8080",
  origin: undefined,
  fetchSite: undefined,
};

function verdict(check: () => void): string {
  try {
    check();
    return "passes";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("pitfall 26: from where one may ask", () => {
  it.each<[string, Partial<RequestFacts>, AccessRules, string]>([
    ["curl on loopback", {}, here, "passes"],
    ["the page itself", { origin: "http://127.0.0.1:8080", fetchSite: "same-origin" }, here, "passes"],
    ["a page on another port", { origin: "http://127.0.0.1:3000" }, here, "FORBIDDEN_ORIGIN"],
    ["another site", { origin: "https://evil.example" }, here, "FORBIDDEN_ORIGIN"],
    ["a sandboxed frame", { origin: "null" }, here, "FORBIDDEN_ORIGIN"],
    ["a cross-site form", { fetchSite: "cross-site" }, here, "FORBIDDEN_ORIGIN"],
    ["a sibling host", { fetchSite: "same-site" }, here, "FORBIDDEN_ORIGIN"],
    ["a cancel from another site", { method: "DELETE", fetchSite: "cross-site" }, here, "FORBIDDEN_ORIGIN"],
    ["a link to a page", { method: "GET", fetchSite: "cross-site" }, here, "passes"],
    ["a name rebound to loopback", { method: "GET", host: "evil.example:8080" }, here, "FORBIDDEN_ORIGIN"],
    ["no Host", { host: undefined }, here, "FORBIDDEN_ORIGIN"],
    ["localhost by name", { host: "localhost:8080" }, here, "passes"],
    ["IPv6 loopback", { host: "[::1]:8080" }, here, "passes"],
    ["any name, where a token is asked for", { host: "clone.example.com" }, elsewhere, "passes"],
    ["a name that is allowed", { host: "clone.example.com:8080" }, named, "passes"],
    ["another than the allowed name", { host: "evil.example" }, named, "FORBIDDEN_ORIGIN"],
    ["an address, where names are allowed", { host: "10.1.2.3:8080" }, named, "FORBIDDEN_ORIGIN"],
    ["its address, where nobody needs a token", { host: "10.1.2.3:8080" }, open, "passes"],
    ["a name, where nobody needs a token", { host: "evil.example:8080" }, open, "FORBIDDEN_ORIGIN"],
    ["the name of the proxy before loopback", { host: "clone.example.com" }, proxied, "passes"],
    ["another name before loopback", { host: "evil.example" }, proxied, "FORBIDDEN_ORIGIN"],
  ])("%s", (_, request, rules, expected) => {
    expect(verdict(() => checkOrigin({ ...fromCurl, ...request }, rules))).toBe(expected);
  });
});

describe("a write of a session", () => {
  it.each<[string, Partial<RequestFacts>, string]>([
    ["that says nothing of where it comes from", {}, "FORBIDDEN_ORIGIN"],
    ["with an Origin", { origin: "http://127.0.0.1:8080" }, "passes"],
    ["with Sec-Fetch-Site", { fetchSite: "same-origin" }, "passes"],
    ["that only reads", { method: "GET" }, "passes"],
  ])("%s", (_, request, expected) => {
    expect(verdict(() => checkSessionWrite({ ...fromCurl, ...request }))).toBe(expected);
  });
});

describe("pitfall 26: whether callers need a token", () => {
  it.each<[string, RulesAsked, AccessRules["auth"]]>([
    ["on loopback", { host: "127.0.0.1", auth: "default" }, "none"],
    ["on loopback, when told so", { host: "127.0.0.1", auth: "token" }, "token"],
    ["on loopback behind a proxy", { host: "127.0.0.1", auth: "default", trustProxy: true }, "token"],
    ["on loopback under a name", { host: "::1", auth: "default", allowHosts: ["clone.example"] }, "token"],
    ["elsewhere", { host: "0.0.0.0", auth: "default" }, "token"],
    ["elsewhere, when told not to", { host: "0.0.0.0", auth: "none" }, "none"],
  ])("%s", (_, asked, expected) => {
    expect(accessRules(asked).auth).toBe(expected);
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
