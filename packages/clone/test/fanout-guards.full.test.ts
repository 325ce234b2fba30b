import { withExecute, type Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { dropLeases } from "../src/guards/lease/hold-leases.ts";
import { releaseDead } from "../src/guards/unlock.ts";
import { guardJournal } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { type FanoutWorld, openFanoutWorld } from "./fanout-world.ts";
import { DEAD_PID, HERE } from "./guarded.ts";
import { mortal } from "./mortal.ts";

let world: FanoutWorld;
let copies = 0;
let copy = "";
beforeAll(async () => {
  world = await openFanoutWorld();
  world.source.lakehouse.putPrincipal({ name: "writer", kind: "user", groups: [], admin: false });
  await world.source.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE SCHEMA src.other",
    "CREATE TABLE src.other.t AS SELECT 1 AS id",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "CREATE TABLE src.s.b AS SELECT id FROM range(3)",
    "GRANT USE CATALOG, USE SCHEMA, SELECT, MODIFY ON CATALOG src TO writer",
  );
}, 120_000);
afterAll(() => world.close());
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

const quiesced = (more: object = {}) => ({
  source_catalog: "src",
  destination_catalog: copy,
  target_workspaces: ["west", "north"],
  quiesce_source: true,
  ...more,
});

const RESTORED = "Quiesce restore complete: 1 principal/schema grant(s) re-applied.";

const grants = () =>
  world.source.sql(
    "SELECT grantee, privilege_type FROM src.information_schema.catalog_privileges WHERE inherited_from = 'NONE' ORDER BY 1, 2",
  );

function insert(): Promise<string> {
  const writer = world.source.lakehouse.connect("writer");
  const text = "INSERT INTO src.s.b VALUES (99)";
  return writer.statements.execute({ text, kind: "write", effect: "write" }).then(
    () => "inserted",
    () => "refused",
  );
}

/** Does something once, before the first table is cloned there. */
function beforeClone(act: () => Promise<void>): (workspace: Workspace) => Workspace {
  let done: Promise<void> | undefined;
  return (workspace) =>
    withExecute(workspace, async (statement, options) => {
      if (statement.kind === "clone") await (done ??= act());
      return workspace.statements.execute(statement, options);
    });
}

describe("one quiesce encloses a whole fan-out", () => {
  it("pitfall 16: the writers do not come back while the last target copies, and then once", {
    timeout: 120_000,
  }, async () => {
    const before = await grants();
    let westEnded: () => void = () => undefined;
    const west = new Promise<void>((resolve) => (westEnded = resolve));
    let meanwhile = "";
    const north = beforeClone(async () => {
      await west;
      meanwhile = await insert();
    });
    const { summary, lines } = await world.run(quiesced(), {
      through: { north },
      onEvent: (event) => {
        if (event.type === "target" && event.target.name === "west" && event.target.state === "success")
          westEnded();
      },
    });
    expect(summary).toMatchObject({ status: "success", succeeded_targets: 2 });
    expect(meanwhile).toBe("refused");
    expect(lines.filter((line) => line.startsWith("Quiesce: revoked"))).toEqual([
      "Quiesce: revoked [MODIFY] from writer on catalog src",
    ]);
    expect(lines.filter((line) => line.includes("Quiesce restore"))).toEqual([RESTORED]);
    expect(await grants()).toEqual(before);
  });

  it("pitfall 33: until pinned, the writers are back before any target copies, and what they write is in no copy", {
    timeout: 120_000,
  }, async () => {
    const before = await grants();
    const [rows] = await world.source.sql("SELECT count(*) FROM src.s.b");
    const inserted: string[] = [];
    const writes = () => beforeClone(async () => void inserted.push(await insert()));
    const { summary, lines } = await world.run(
      quiesced({ quiesce_until: "pinned", fanout_max_parallel: 1 }),
      {
        through: { west: writes(), north: writes() },
      },
    );
    expect(summary.status).toBe("success");
    expect(inserted).toEqual(["inserted", "inserted"]);
    expect(await world.west.sql(`SELECT count(*) FROM ${copy}.s.b`)).toEqual([rows]);
    expect(await world.north.sql(`SELECT count(*) FROM ${copy}.s.b`)).toEqual([rows]);
    expect(lines.filter((line) => line.includes("Quiesce restore"))).toEqual([RESTORED]);
    expect(await grants()).toEqual(before);
  });

  it("a cancel stops all targets, and gives the writers back once", { timeout: 120_000 }, async () => {
    const before = await grants();
    const cancel = new AbortController();
    const { summary, lines } = await world.run(quiesced({ fanout_max_parallel: 1 }), {
      signal: cancel.signal,
      through: { west: beforeClone(async () => cancel.abort()) },
    });
    expect(summary).toMatchObject({ status: "cancelled", target_count: 2, failed_targets: 2 });
    expect(summary.per_target).toMatchObject([
      { target_name: "west", tables: { success: 0 }, error: "The run was cancelled." },
      { target_name: "north", error: "The run was cancelled before this target was begun." },
    ]);
    expect(lines.filter((line) => line.includes("Quiesce restore"))).toEqual([RESTORED]);
    expect(await grants()).toEqual(before);
    const named = await world.north.workspace.unity.catalogs();
    expect(named.map(({ name }) => name)).not.toContain(copy);
  });

  it("a source that cannot be quiesced refuses all targets", { timeout: 60_000 }, async () => {
    const { summary } = await world.run(quiesced({ include_schemas: ["s"] }));
    expect(summary).toMatchObject({ status: "failed", failed_targets: 2, succeeded_targets: 0 });
    expect(summary.errors).toMatchObject([{ code: "QUIESCE_REFUSED" }]);
    expect(summary.per_target?.map(({ error }) => error)).toEqual([
      summary.errors[0]?.message,
      summary.errors[0]?.message,
    ]);
  });
});

test("a target that another run writes to refuses, and the others go on", { timeout: 120_000 }, async () => {
  const targets = { source_catalog: "src", destination_catalog: copy, target_workspaces: ["west", "north"] };
  let second: Awaited<ReturnType<FanoutWorld["run"]>> | undefined;
  const first = await world.run(
    { ...targets, target_workspaces: ["west"] },
    { through: { west: beforeClone(async () => void (second = await world.run(targets))) } },
  );
  expect(first.summary.status).toBe("success");
  expect(second?.summary).toMatchObject({
    status: "partial",
    per_target: [
      {
        target_status: "failed",
        error: expect.stringMatching(/^copy\d+ is being written to by run fan\d{5} /u),
      },
      { target_status: "success" },
    ],
  });
});

test("I12: a target whose lease is taken over stops, and the others go on", {
  timeout: 120_000,
}, async () => {
  let passed = 0;
  const clock = { now: () => Date.now() + passed, sleep: () => Promise.resolve() };
  const west = world.west.workspace;
  const guards = { workspace: west, audit: DEFAULT_SETTINGS.audit, journal: guardJournal(world.home) };
  const ports = { ...guards, holder: HERE, clock, random: Math.random, log: () => undefined };
  const { summary } = await world.run(
    {
      source_catalog: "src",
      destination_catalog: copy,
      target_workspaces: ["west", "north"],
      max_parallel_queries: 1,
    },
    {
      clock,
      through: {
        west: beforeClone(async () => {
          await dropLeases(({ resource }) => resource === `target:${copy}`, ports);
          passed = 60_000;
        }),
      },
    },
  );
  expect(summary).toMatchObject({
    status: "partial",
    per_target: [
      { target_status: "partial", error: expect.stringContaining(`The lease on target ${copy} was lost`) },
      { target_status: "success" },
    ],
    errors: [{ target: "west", code: "LEASE_LOST" }],
  });
});

test("leases of a dead run are found at its source and at each target by what this machine remembers", {
  timeout: 120_000,
}, async () => {
  const before = await grants();
  const process = mortal(/^CREATE OR REPLACE TABLE|^CREATE TABLE .*DEEP/u);
  const died = world.run(quiesced(), {
    holder: { ...HERE, pid: DEAD_PID },
    source: process.workspace(world.source.workspace),
    journal: process.journal(guardJournal(world.home)),
    through: { west: process.workspace, north: process.workspace },
  });
  await expect(died).rejects.toMatchObject({ name: "Killed" });
  expect(process.isDead()).toBe(true);
  const asked: string[] = [];
  const places: Readonly<Record<string, Workspace>> = {
    west: world.west.workspace,
    north: world.north.workspace,
  };
  const released = await releaseDead(
    {
      audit: DEFAULT_SETTINGS.audit,
      journal: guardJournal(world.home),
      holder: HERE,
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: Math.random,
      log: () => undefined,
    },
    () => Promise.resolve(world.source.workspace),
    (connection) => {
      asked.push(connection);
      const { [connection]: place = world.source.workspace } = places;
      return Promise.resolve({ ...place, close: () => Promise.resolve() });
    },
  );
  expect(asked.sort()).toEqual(["north", "west"]);
  const leases = released.flatMap((run) => run.leases.map(({ resource }) => `${run.target} ${resource}`));
  expect(leases.sort()).toEqual([`north target:${copy}`, "undefined source:src", `west target:${copy}`]);
  expect(await grants()).toEqual(before);
  expect(await guardJournal(world.home).open()).toEqual([]);
});
