import { withExecute, type Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exitCodeOf } from "../src/summarize/exit-code.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql(
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.s",
    "CREATE TABLE shop.s.t (id BIGINT, name STRING COMMENT 'who') TBLPROPERTIES ('team' = 'x')",
    "INSERT INTO shop.s.t VALUES (1, 'a'), (2, NULL)",
    "CREATE TABLE shop.s.u (id BIGINT)",
    "CREATE VIEW shop.s.v AS SELECT id FROM shop.s.t",
    "ALTER TABLE shop.s.t SET TAGS ('tier' = 'gold')",
    "GRANT SELECT ON TABLE shop.s.t TO `account users`",
  );
});
afterAll(() => test?.close());

const to = (destination_catalog: string, more: object = {}) => ({
  source_catalog: "shop",
  destination_catalog,
  validate_after_clone: true,
  ...more,
});

it("what a run made is compared with its source, in a phase of its own", async () => {
  const { summary, events, lines } = await run(
    test.workspace,
    to("good", { clone_tbl_properties: { added: "1" } }),
  );
  expect(summary).toMatchObject({ status: "success", errors: [] });
  expect(summary.validation).toMatchObject({ matched: 3, differing: 0, not_comparable: 0 });
  expect(summary.validation?.objects.map(({ object }) => object)).toEqual(["s.t", "s.u", "s.v"]);
  expect(lines).toContain("Validated: 3 match their source, 0 differ, 0 could not be compared");
  const phases = events.flatMap((event) => (event.type === "phase" ? event.phase : []));
  expect(phases).toEqual(["inspecting", "planning", "executing", "validating", "summarizing"]);
});

it("only what a run made: what is in sync is not read again", async () => {
  await test.sql("INSERT INTO shop.s.u VALUES (1)");
  const { summary } = await run(test.workspace, to("good", { load_type: "SELECTIVE" }));
  expect(summary.validation?.objects.map(({ object, source_rows }) => [object, source_rows])).toEqual([
    ["s.u", 1],
  ]);
});

it("a copy that differs makes the run partial", async () => {
  const spoilt = spoiling(test.workspace, "INSERT INTO bad.s.t VALUES (3, 'stray')");
  const { summary } = await run(spoilt, to("bad"));
  expect(summary).toMatchObject({
    status: "partial",
    errors: [
      {
        object: "bad.s.t",
        operation: "validate",
        code: "VALIDATION_FAILED",
        message: "It is not what its source is: the source has 2 rows and the copy has 3.",
      },
    ],
    validation: { matched: 2, differing: 1 },
  });
  expect(exitCodeOf(summary)).toBe(1);
});

it("a dry run, and one that was not asked to, compare nothing", async () => {
  const dry = await run(test.workspace, to("none", { dry_run: true }));
  const plain = await run(test.workspace, to("plain", { validate_after_clone: false }));
  expect([dry, plain].map(({ summary }) => summary.validation)).toEqual([undefined, undefined]);
});

it("a run that is cancelled while it compares is cancelled, and what it made stays", async () => {
  const cancel = new AbortController();
  const { summary } = await run(test.workspace, to("cut"), {
    signal: cancel.signal,
    onEvent: (event) => {
      if (event.type === "phase" && event.phase === "validating") cancel.abort();
    },
  });
  expect(summary).toMatchObject({ status: "cancelled", tables: { success: 2 } });
  expect(summary.validation).toBeUndefined();
});

/** Somebody writes to a copy right after it was made. */
function spoiling(workspace: Workspace, text: string): Workspace {
  return withExecute(workspace, async (statement, options) => {
    const result = await workspace.statements.execute(statement, options);
    if (statement.kind === "clone" && statement.text.includes("`s`.`t`"))
      await workspace.statements.execute({ text, kind: "write", effect: "write" });
    return result;
  });
}
