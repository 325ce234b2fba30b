import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildOnce, openShell } from "./harness.ts";

const shell = openShell();
beforeAll(buildOnce);
afterAll(() => shell.remove());

test("one statement as a table, as CSV, and as one JSON document with every cell as text", async () => {
  const query = "SELECT 9007199254740993 AS big, CAST(NULL AS STRING) AS nothing, 'a,b' AS text";
  expect(await shell.run("sql", query)).toMatchObject({
    code: 0,
    stdout:
      "             big  nothing  text\n────────────────  ───────  ────\n9007199254740993  NULL     a,b\n",
  });
  expect(await shell.run("sql", query, "-o", "csv")).toMatchObject({
    code: 0,
    stdout: 'big,nothing,text\r\n9007199254740993,,"a,b"\r\n',
  });
  expect(await shell.json("sql", query)).toMatchObject({
    columns: [
      { name: "big", type: "BIGINT" },
      { name: "nothing", type: "STRING" },
      { name: "text", type: "STRING" },
    ],
    rows: [["9007199254740993", null, "a,b"]],
    truncated: false,
  });
});

test("a script comes from a file or from standard input; its results stand in one document", async () => {
  const script = "SELECT 1; -- ; no end\nSELECT ';' AS `a;b`;";
  writeFileSync(join(shell.directory, "script.sql"), script);
  const results = { results: [{ rows: [["1"]] }, { columns: [{ name: "a;b" }], rows: [[";"]] }] };
  expect(await shell.json("sql", "-f", "script.sql")).toMatchObject(results);
  const { stdout } = await shell.runWith({ input: script }, "sql", "-o", "json");
  expect(JSON.parse(stdout)).toMatchObject(results);
});

test("a script stops at the statement that fails: what came before is done and shown, what comes after is not", async () => {
  const ended = await shell.run("sql", "CREATE CATALOG stops; CREATE CATALOG stops; CREATE CATALOG never");
  expect(ended).toMatchObject({ code: 1, stdout: "OK\n" });
  expect(ended.stderr).toContain("stops");
  const { rows } = (await shell.json("sql", "SHOW CATALOGS")) as { rows: string[][] };
  expect(rows.flat()).toContain("stops");
  expect(rows.flat()).not.toContain("never");
});

test("USE moves the namespace of the statements behind it, and a name that does not exist is refused", async () => {
  const made = "CREATE CATALOG used; CREATE SCHEMA used.s; CREATE TABLE used.s.t AS SELECT 7 AS n";
  const results = { results: [{}, {}, {}, {}, {}, { rows: [["7"]] }, {}, { rows: [["7"]] }] };
  expect(
    await shell.json(
      "sql",
      `${made}; USE CATALOG used; USE SCHEMA s; SELECT n FROM t; USE CATALOG used; SELECT n FROM s.t`,
    ),
  ).toMatchObject(results);
  const refused = await shell.run("sql", "USE CATALOG missing; CREATE SCHEMA never");
  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("missing") });
});

test("a statement may begin with a comment", async () => {
  const ended = await shell.run("sql", "-- how many\nSELECT 1 AS n", "-o", "csv");
  expect(ended).toMatchObject({ code: 0, stdout: "n\r\n1\r\n" });
});

test("an error names its line in the whole script; the document holds what came before it", async () => {
  const ended = await shell.runWith({ input: "SELECT 1;\n\n\nSELECT nope;" }, "sql", "-o", "json");
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/line 4,? pos 7/u);
  expect(JSON.parse(ended.stdout)).toMatchObject({
    results: [{ rows: [["1"]] }],
    error: { code: expect.stringMatching(/^UNRESOLVED_COLUMN/u), message: expect.stringContaining("nope") },
  });
});

test.each([
  [["sql", "SELECT * FROM nowhere.s.t"], 1, "TABLE_OR_VIEW_NOT_FOUND"],
  [["sql", ""], 2, "USAGE"],
  [["clone", "--source", "nowhere", "--dest", "there"], 2, "CATALOG_NOT_FOUND"],
  [["clone", "--source", "a", "--dest", "b", "--nowhere"], 2, "USAGE"],
  [["plan", "--source", "a", "--dest", "b", "--target", "c"], 2, "USAGE"],
  [["diff", "--source", "nowhere", "--dest", "there"], 2, "CATALOG_NOT_FOUND"],
])("%j --output json: exit %d, one document that says %s", async (argv, exit, code) => {
  const ended = await shell.run(...argv, "--output", "json");
  expect(ended.code).toBe(exit);
  const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string } };
  expect(error.code).toBe(code);
  expect(ended.stderr).toContain(error.message);
});

test.each([
  [["sql", "SELECT 1", "-f", "x.sql"], "not both"],
  [["sql", "-f", "missing.sql"], "missing.sql cannot be read"],
  [["sql", "--", "-- nothing"], "no statement"],
])("%j is wrong usage", async (argv, message) => {
  const ended = await shell.run(...argv);
  expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
});

test("several shells at once share the workspace: one holds it, the others go through it or wait", async () => {
  const created = await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      shell.run("sql", `CREATE CATALOG at_once_${n}; SELECT count(*) FROM range(2000000)`),
    ),
  );
  expect(created.map(({ code, stderr }) => ({ code, stderr }))).toMatchObject(
    created.map(() => ({ code: 0 })),
  );
  const { rows } = (await shell.json("sql", "SHOW CATALOGS")) as { rows: string[][] };
  expect(rows.flat()).toEqual(expect.arrayContaining(["at_once_0", "at_once_1", "at_once_2", "at_once_3"]));
});
