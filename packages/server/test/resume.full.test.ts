import {
  DEFAULT_SETTINGS,
  type Ledger,
  openRunFiles,
  parseCloneRequest,
  type RunSummary,
  runClone,
} from "@clone-xs/clone";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { expect, it, onTestFinished } from "vitest";
import type { Run } from "../src/contract/index.ts";
import { facts, temporaryDirectory, temporaryStore } from "./fixtures.ts";
import { running, SHOP } from "./running.ts";

/** Nobody has it: process ids are smaller. */
const DEAD = 2 ** 30;

/** A shop, and a run over it whose process died after some records of its ledger. */
async function deadRun(holder: string) {
  const lakehouse = await openTestLakehouse();
  onTestFinished(() => lakehouse.close());
  const workspace = lakehouse.connect();
  for (const text of SHOP) await workspace.statements.execute({ text, kind: "other", effect: "write" });
  const storeDirectory = temporaryDirectory();
  const request = { source_catalog: "shop", destination_catalog: "copy", max_parallel_queries: 1 };
  const id = "0badf00d";
  const store = temporaryStore(storeDirectory, holder);
  store.insert({
    id,
    request,
    facts: { ...facts, sourceCatalog: "shop", destinationCatalog: "copy" },
    at: 1,
  });
  store.move(id, "start", { at: 2 });
  const parsed = parseCloneRequest(request);
  if (!parsed.ok) throw new Error("unexpected");
  const files = await openRunFiles(storeDirectory, id);
  const dying = runClone(
    parsed.request,
    {
      source: workspace,
      target: workspace,
      ...files,
      ledger: mortal(files.ledger, 14),
      holder: { hostname: "test", pid: DEAD, isAlive: () => false },
      settings: DEFAULT_SETTINGS,
      emit: (event) => store.append(id, event),
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: () => 0,
    },
    id,
  );
  await expect(dying).rejects.toThrow("killed");
  await files.close();
  return { id, storeDirectory, connect: () => Promise.resolve(lakehouse.connect()) };
}

function mortal(ledger: Ledger, records: number): Ledger {
  let written = 0;
  return {
    append: async (record) => {
      if (++written > records) throw new Error("killed");
      await ledger.append(record);
    },
    close: () => ledger.close(),
  };
}

it("a server that starts goes on with the run that its predecessor left, under the same id", async () => {
  const { id, ...options } = await deadRun(`${DEAD}/abcdef012345`);
  const server = await running(options);
  const run = await server.finished<{ status: string; result: RunSummary; logs: string[] }>(id);
  expect(run.status).toBe("completed");
  expect(run.result).toMatchObject({
    run_id: id,
    status: "success",
    tables: { success: 3, failed: 0, skipped: 0 },
  });
  expect(run.logs.filter((line) => line.startsWith(`Going on with run ${id}`))).toHaveLength(1);
  const clones = run.logs.filter((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u.test(line));
  expect(clones).toHaveLength(3);
});

it("the run of a command line is left to the one who typed it, who is told how to go on", async () => {
  const { id, ...options } = await deadRun(`${DEAD}/cli-0badf00d`);
  const server = await running(options);
  const run = await server.finished<{ status: string; error: string }>(id);
  expect(run.status).toBe("failed");
  expect(run.error).toContain(`clxs resume ${id} does the rest`);
});

it("goes on with it when that is asked for, once", async () => {
  const { id, ...options } = await deadRun(`${DEAD}/cli-0badf00d`);
  const server = await running(options);
  const left = await server.finished<Run>(id);
  expect(left).toMatchObject({ status: "failed", resumable: true, undoable: true });
  const [first, second] = await Promise.all([
    server.call("POST", `/api/clone/${id}/resume`),
    server.call("POST", `/api/clone/${id}/resume`),
  ]);
  expect(first).toEqual({ job_id: id, status: "queued", message: "Going on with the run" });
  expect(second).toMatchObject({ status: 409, code: "RUN_ALIVE" });
  const run = await server.finished<Run>(id);
  expect(run).toMatchObject({
    status: "completed",
    error: null,
    resumable: false,
    result: { status: "success", tables: { success: 3, failed: 0, skipped: 0 } },
  });
  const clones = run.logs.filter((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u.test(line));
  expect(clones).toHaveLength(3);
  expect(await server.call("POST", `/api/clone/${id}/resume`)).toMatchObject({
    status: 409,
    code: "RUN_OVER",
  });
});
