import { DEFAULT_SETTINGS, openRunFiles, parseCloneRequest, runClone } from "@clone-xs/clone";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { type Workspace, withExecute } from "@clone-xs/unity";
import { expect, it, onTestFinished } from "vitest";
import type { Run, Submitted } from "../src/contract/index.ts";
import { textLog } from "../src/service/log.ts";
import { temporaryDirectory } from "./fixtures.ts";
import { running, SHOP } from "./running.ts";

const GRANTS =
  "SELECT grantee, privilege_type FROM shop.information_schema.schema_privileges WHERE inherited_from = 'NONE' ORDER BY 1, 2";

const GRANTED = [
  "GRANT SELECT, MODIFY ON SCHEMA shop.bronze TO reader",
  "GRANT MODIFY ON SCHEMA shop.gold TO readers",
];

async function sql(workspace: Workspace, ...statements: readonly string[]) {
  let rows: readonly (readonly (string | null)[])[] = [];
  for (const text of statements)
    ({ rows } = await workspace.statements.execute({ text, kind: "other", effect: "write" }));
  return rows;
}

/** Nothing that is asked after the first CLONE was sent has an effect any more: the process is gone. */
function dying(workspace: Workspace): Workspace {
  let dead = false;
  return withExecute(workspace, (statement, options) => {
    dead ||= statement.kind === "clone";
    return dead ? Promise.reject(new Error("dead")) : workspace.statements.execute(statement, options);
  });
}

const body = { source_catalog: "shop", destination_catalog: "shop_copy", quiesce_source: true };

it("gives back at start what a run of a dead process had revoked", async () => {
  const lakehouse = await openTestLakehouse();
  onTestFinished(() => lakehouse.close());
  const workspace = lakehouse.connect();
  await sql(workspace, ...SHOP, ...GRANTED);
  const before = await sql(workspace, GRANTS);
  const storeDirectory = temporaryDirectory();
  const request = parseCloneRequest(body);
  if (!request.ok) throw new Error("unusable request");
  const files = await openRunFiles(storeDirectory, "dead0001");
  const mortal = dying(workspace);
  const clock = { now: Date.now, sleep: () => Promise.resolve() };
  const run = { settings: DEFAULT_SETTINGS, emit: () => undefined, clock, random: Math.random };
  const holder = { hostname: "test", pid: 666 };
  await runClone(
    request.request,
    { source: mortal, target: mortal, ...files, ...run, holder },
    "dead0001",
  ).catch(() => undefined);
  await files.close();
  expect(await sql(workspace, GRANTS)).not.toEqual(before);

  const lines: string[] = [];
  await new Promise<void>((released, failed) => {
    const log = textLog((line) => {
      lines.push(line);
      if (line.includes("restore complete")) released();
    });
    running({ storeDirectory, connect: () => Promise.resolve(lakehouse.connect()), log }).catch(failed);
  });
  expect(lines).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
  expect(await sql(workspace, GRANTS)).toEqual(before);
  expect(await sql(workspace, "SELECT guard_id FROM edp_dev.logging.clxs_guards")).toEqual([]);
});

it("quiesces by the API, and a cancel gives everything back before it answers", async () => {
  const { sql: ask, call, finished } = await running();
  await ask(...SHOP, ...GRANTED);
  const before = await ask(GRANTS);
  const done = await finished<Run>((await call<Submitted>("POST", "/api/clone", body)).job_id);
  expect(done.status).toBe("completed");
  expect(done.logs).toContain("Quiesce: revoked [MODIFY] from reader on schema shop.bronze");
  expect(done.logs).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
  expect(await ask(GRANTS)).toEqual(before);

  const { job_id } = await call<Submitted>("POST", "/api/clone", {
    ...body,
    destination_catalog: "shop_other",
  });
  const answer = await call<Submitted>("DELETE", `/api/clone/${job_id}`);
  expect(["cancelled", "completed"]).toContain(answer.status);
  expect(await ask(GRANTS)).toEqual(before);
});
