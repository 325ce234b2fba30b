import { CloneError } from "@clone-xs/clone";
import { WorkspaceError } from "@clone-xs/unity";
import { expect, it, test } from "vitest";
import { explain } from "./errors.ts";
import { UsageError } from "./usage-error.ts";

it.each<[Error, number]>([
  [new UsageError("no"), 2],
  [new WorkspaceError("STATEMENT_FAILED", "no"), 1],
  [new WorkspaceError("CONFIGURATION", "no"), 2],
  [new WorkspaceError("UNAUTHENTICATED", "no"), 4],
  [new WorkspaceError("UNAVAILABLE", "no"), 4],
  [new WorkspaceError("PERMISSION_DENIED", "no"), 4],
  [new CloneError("CATALOG_NOT_FOUND", "no"), 2],
  [new CloneError("FOREIGN_TARGET", "no"), 3],
  [new CloneError("INSPECTION_FAILED", "no"), 1],
])("%o exits with %d and its message", (error, exitCode) => {
  expect(explain(error, { interrupted: false })).toEqual({
    exitCode,
    code: "code" in error ? error.code : "USAGE",
    message: "no",
  });
});

test("details stand below the message, unless it has them already", () => {
  const told = new CloneError("CATALOG_NOT_FOUND", "Catalogs there: main.", { details: ["main", "other"] });
  expect(explain(told, { interrupted: false }).message).toBe("Catalogs there: main.\n  other");
});

test("whatever fails after Ctrl-C was cancelled", () => {
  expect(explain(new WorkspaceError("CANCELED", "statement canceled"), { interrupted: true })).toEqual({
    exitCode: 130,
    code: "CANCELLED",
    message: "Cancelled.",
  });
});

test("what nobody foresaw is told as such, without a stack", () => {
  expect(explain(new TypeError("x is not a function"), { interrupted: false })).toEqual({
    exitCode: 1,
    code: "INTERNAL",
    message: "Unexpected error: x is not a function (--verbose shows where)",
  });
});

it.each([
  ["ENOSPC", "ENOSPC: no space left on device, write", "no space is left on the device (ENOSPC)"],
  ["SQLITE_IOERR", "disk I/O error", "disk I/O error (SQLITE_IOERR)"],
])("%s without a place says what to make room for", (code, text, words) => {
  const explained = explain(Object.assign(new Error(text), { code }), { interrupted: false });
  expect(explained).toMatchObject({ exitCode: 2, code });
  expect(explained.message).toContain(`${words}. Make room, or let CLXS_HOME name`);
});

it.each(["EACCES", "EROFS", "ENOENT", "ENOTDIR", "EEXIST"])(
  "%s names the place, and is wrong usage",
  (code) => {
    const error = Object.assign(new Error(`${code}: cannot, open '/nope/p.json'`), {
      code,
      path: "/nope/p.json",
    });
    const explained = explain(error, { interrupted: false });
    expect(explained).toMatchObject({ exitCode: 2, code });
    expect(explained.message).toMatch(/^\/nope\/p\.json cannot be used: .*name another place/u);
  },
);
