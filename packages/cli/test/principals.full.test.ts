import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildOnce, type Ended, openShell, type Running, succeed } from "./harness.ts";

interface Ready {
  readonly workspaces: readonly {
    readonly host: string;
    readonly principals: readonly { readonly name: string; readonly token: string }[];
  }[];
}

const shell = openShell();
let serving: Running;
let ready: Ready;

beforeAll(async () => {
  buildOnce();
  await succeed(shell.run("demo", "--seed-only"));
  serving = shell.start("workspace", "serve", "--port", "0", "--output", "json");
  ready = JSON.parse(await serving.firstLine) as Ready;
});
afterAll(async () => {
  serving.child.kill("SIGTERM");
  await serving.ended;
  shell.remove();
});

/** Runs SQL as one of the demo's principals, connected as to any Databricks workspace. */
function sqlAs(principal: string, statement: string): Promise<Ended> {
  const [workspace] = ready.workspaces;
  const token = workspace?.principals.find(({ name }) => name === principal)?.token ?? "";
  const env = { DATABRICKS_HOST: workspace?.host ?? "", DATABRICKS_TOKEN: token };
  return shell.runWith({ env }, "sql", statement, "-o", "csv");
}

const writes = [
  ["directly", "INSERT INTO demo_quick.bronze.events VALUES (1, 'mid-clone-write')"],
  ["by a grant on the schema", "INSERT INTO demo_quick.silver.campaigns VALUES ('x', NULL, NULL, NULL)"],
  [
    "by ALL PRIVILEGES",
    "INSERT INTO demo_quick.bronze.web_events VALUES (1, 'v', '/', NULL, 1, NULL, DATE'2024-03-01')",
  ],
  ["as a member of a group", "INSERT INTO demo_quick.bronze.orders_raw VALUES ('1', 'C1', '0', 'NEW', 'f')"],
  ["by a grant on the catalog", "INSERT INTO demo_quick.gold.product_ranking VALUES (1, 1)"],
] as const;

describe.each(writes)("a table that is written %s", (_, statement) => {
  test("takes a row from writer", async () => {
    expect(await sqlAs("writer", statement)).toMatchObject({ code: 0 });
  });

  test("refuses reader, in the service's words", async () => {
    const ended = await sqlAs("reader", statement);
    expect(ended).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED/u),
    });
  });
});

test("reader reads everything; masked and filtered data stays hidden", async () => {
  expect(await sqlAs("reader", "SELECT count(*) > 0 FROM demo_quick.gold.customer_360")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\r\ntrue\r\n$/u),
  });
  const hidden =
    "SELECT count(amount), (SELECT count_if(country <> 'DE') FROM demo_secure.hr.absences) FROM demo_secure.hr.salaries";
  expect(await sqlAs("reader", hidden)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\r\n0,0\r\n$/u),
  });
});
