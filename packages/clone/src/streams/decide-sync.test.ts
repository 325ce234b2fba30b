import { describe, expect, test } from "vitest";
import { decideColumns, decideSync, type SourceCommit, type SyncQuestion } from "./decide-sync.ts";
import { programOf } from "./program.ts";
import { parseStreamRequest } from "./request.ts";

const parsed = parseStreamRequest({ source_catalog: "a", destination_catalog: "b", schema: "s" });
const { operations } = programOf(parsed.ok ? parsed.request : never(), []);

function never(): never {
  throw new Error("the request is a good one");
}

/** Versions 3, 4, 5 …, a second apart. */
const history = (...done: readonly string[]): readonly SourceCommit[] =>
  done.map((operation, i) => ({ version: String(3 + i), at: String(3000 + 1000 * i), operation }));

const question = (commits: readonly SourceCommit[], more: Partial<SyncQuestion> = {}): SyncQuestion => ({
  method: { kind: "merge", keys: ["id"] },
  position: { version: "3", at: "3000" },
  to: commits.at(-1) ?? { version: "3", at: "3000" },
  commits,
  operations,
  ...more,
});

describe("a copy at version 3", () => {
  test.each([
    ["rows were written", history("WRITE", "MERGE"), "merge"],
    ["columns were added", history("WRITE", "ADD COLUMNS", "WRITE"), "merge"],
    ["something new happened", history("WRITE", "TRANSMOGRIFY"), "merge"],
    ["files were put together", history("WRITE", "OPTIMIZE", "VACUUM START", "VACUUM END"), "advance"],
    ["a property was set", history("WRITE", "SET TBLPROPERTIES"), "advance"],
    ["rows were written and files put together", history("WRITE", "WRITE", "OPTIMIZE"), "merge"],
    ["a column was dropped", history("WRITE", "DROP COLUMNS", "ADD COLUMNS"), "refresh"],
    ["it was replaced", history("WRITE", "CREATE OR REPLACE TABLE AS SELECT"), "refresh"],
    ["it was cloned over", history("WRITE", "CLONE"), "refresh"],
  ])("when %s", (_, commits, kind) => {
    expect(decideSync(question(commits)).kind).toBe(kind);
  });

  test("of a table without a key is cloned when rows have changed, and then only", () => {
    const method = { kind: "clone" } as const;
    expect(decideSync(question(history("WRITE", "WRITE"), { method })).kind).toBe("refresh");
    expect(decideSync(question(history("WRITE", "OPTIMIZE"), { method })).kind).toBe("advance");
  });

  test("does not look at commits that came after the tick began", () => {
    const commits = history("WRITE", "OPTIMIZE", "DROP COLUMNS");
    expect(decideSync(question(commits, { to: { version: "4", at: "4000" } })).kind).toBe("advance");
  });

  test.each<[string, Partial<SyncQuestion>, string]>([
    ["another time at its version", { position: { version: "3", at: "2999" } }, "the source was made anew"],
    [
      "fewer versions",
      { position: { version: "9", at: "9000" } },
      "the source's history no longer has version 9",
    ],
    [
      "its version cleaned up",
      { commits: history("WRITE", "WRITE").slice(1) },
      "the source's history no longer has version 3",
    ],
  ])("is cloned anew when the source shows %s", (_, more, reason) => {
    expect(decideSync(question(history("WRITE", "WRITE"), more))).toEqual({ kind: "refresh", reason });
  });
});

describe("columns", () => {
  const columns = (...pairs: readonly string[]) =>
    pairs.map((pair) => ({ name: pair.split(" ")[0] ?? "", type: pair.slice(pair.indexOf(" ") + 1) }));

  test.each([
    [["a INT"], ["a INT"], "same"],
    [["a INT", "b DECIMAL(10,2)"], ["a INT"], "add"],
    [["a INT", "b STRUCT<x: INT>"], ["a INT"], "refresh"],
    [["b STRING", "a INT"], ["a INT"], "refresh"],
    [["a BIGINT"], ["a INT"], "refresh"],
    [["A INT"], ["a INT"], "refresh"],
    [["a INT"], ["a INT", "b INT"], "refresh"],
  ])("%j over %j: %s", (source, target, kind) => {
    expect(decideColumns(columns(...source), columns(...target)).kind).toBe(kind);
  });

  test("that are added are the new ones", () => {
    expect(decideColumns(columns("a INT", "b DATE", "c BIGINT"), columns("a INT"))).toEqual({
      kind: "add",
      columns: columns("b DATE", "c BIGINT"),
    });
  });
});
