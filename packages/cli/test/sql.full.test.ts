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
