import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { holdLeases } from "../src/guards/lease/hold-leases.ts";
import { changeBook, readBook } from "../src/guards/lease/lease-book.ts";
import { LEASE_MS, type Lease, RENEW_MS, sourceOf, targetOf } from "../src/guards/lease/lease.ts";
import { unlock } from "../src/guards/unlock.ts";
import { exitCodeOf } from "../src/summarize/exit-code.ts";
import { DEAD_PID, type GuardedWorld, openGuardedWorld } from "./guarded.ts";
import { mortal } from "./mortal.ts";

let world: GuardedWorld;
let copies = 0;
let copy = "";

beforeAll(async () => {
  world = await openGuardedWorld();
  await world.sql(
    "CREATE CATALOG prod",
    "CREATE SCHEMA prod.s",
    "CREATE TABLE prod.s.a AS SELECT id FROM range(3)",
    "CREATE TABLE prod.s.b AS SELECT id FROM range(3)",
    "GRANT USE CATALOG, USE SCHEMA, SELECT, MODIFY ON CATALOG prod TO writer",
  );
  await world.run({ source_catalog: "prod", destination_catalog: "first" });
});
afterAll(() => world.close());
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

const wire = (more: object = {}) => ({ source_catalog: "prod", destination_catalog: copy, ...more });

/** Calls `act` once, before the first statement of that kind is sent. */
function before(kind: string, act: () => Promise<void>): Workspace {
  let done: Promise<void> | undefined;
  return withExecute(world.workspace, async (statement, options) => {
    if (statement.kind === kind) await (done ??= act());
    return world.workspace.statements.execute(statement, options);
  });
}

describe("I12: two runners", () => {
  test("into one destination: one works, the others are told by whom it is held, and nothing of theirs is sent", {
    timeout: 60_000,
  }, async () => {
    const runs = await Promise.all(
      ["aaaa0001", "bbbb0002", "cccc0003"].map((runId) => world.run(wire(), { runId })),
    );
    const codes = runs.map(({ summary }) => exitCodeOf(summary));
    // Who comes when the first has ended finds the destination free.
    expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
    for (const { summary } of runs.filter((_, at) => codes[at] !== 0)) {
      expect(summary.errors).toMatchObject([
        {
          code: "LEASE_HELD",
          message: expect.stringMatching(
            /is being written to by run \w{8} \(process 1 on here\) since .*clxs unlock --run/u,
          ),
        },
      ]);
      expect(exitCodeOf(summary)).toBe(3);
      expect(summary.statements["clone"]).toBeUndefined();
    }
  });

  test("never both hold the lease, however they are interleaved", { timeout: 60_000 }, async () => {
    let holders = 0;
    let most = 0;
    let granted = 0;
    const ports = world.guardPorts();
    const runner = async (n: number) => {
      const claimant = {
        run: `racer${n}`,
        nonce: `${n}`,
        holder: { hostname: "here", pid: n, isAlive: () => true },
      };
      const held = await holdLeases(
        [{ resource: targetOf("raced"), mode: "exclusive" }],
        claimant,
        ports,
      ).catch(() => undefined);
      if (held === undefined) return;
      granted += 1;
      holders += 1;
      most = Math.max(most, holders);
      await world.sql("SELECT 1");
      holders -= 1;
      await held.release();
    };
    await Promise.all(Array.from({ length: 6 }, (_, n) => runner(n + 1)));
    expect({ most, some: granted > 0 }).toEqual({ most: 1, some: true });
  });

  test("from one source into two destinations run together", async () => {
    let other: Promise<{ readonly summary: { readonly status: string } }> | undefined;
    const midway = before("clone", async () => {
      other = world.run({ source_catalog: "prod", destination_catalog: `${copy}_other` });
      expect((await other).summary.status).toBe("success");
    });
    const { summary } = await world.run(wire(), { source: midway, target: midway });
    expect(summary.status).toBe("success");
    expect(other).toBeDefined();
  });

  test.each([
    ["a quiesce while the source is read", {}, { quiesce_source: true }, /^prod is being read by run/u],
    ["a plain clone while the source is quiesced", { quiesce_source: true }, {}, /^prod is quiesced by run/u],
  ])("%s is refused", async (_, first, second, message) => {
    let seen: unknown;
    const midway = before("clone", async () => {
      seen = (await world.run({ source_catalog: "prod", destination_catalog: `${copy}_other`, ...second }))
        .summary.errors;
    });
    await world.run(wire(first), { source: midway, target: midway });
    expect(seen).toMatchObject([{ code: "LEASE_HELD", message: expect.stringMatching(message) }]);
  });
});

describe("a run that died", () => {
  test("is taken over by the next on the same source, which gives back first what it had revoked", async () => {
    const grants = await world.grants("prod");
    const process = mortal(/^CREATE TABLE `copy/u);
    await world.run(wire({ quiesce_source: true }), { process, runId: "dead0001" }).catch(() => undefined);
    expect(process.isDead()).toBe(true);
    expect(await world.grants("prod")).not.toEqual(grants);
    const { summary, lines } = await world.run(wire());
    expect(summary.status).toBe("success");
    expect(lines).toContainEqual(expect.stringMatching(/^Took target .* over from run dead0001/u));
    expect(lines).toContain(
      `Run dead0001 (process ${DEAD_PID} on here) ended without giving back what it had revoked on prod; that is done now.`,
    );
    expect(lines).toContain("Quiesce restore complete: 1 principal/schema grant(s) re-applied.");
    expect(await world.grants("prod")).toEqual(grants);
    expect((await world.journal.open()).filter(({ kind }) => kind === "quiesce")).toEqual([]);
  });

  test("on another machine is waited for until its lease expires", async () => {
    const ports = world.guardPorts();
    const until = (offset: number, now: number): Lease => ({
      resource: targetOf(copy),
      mode: "exclusive",
      run: "away0001",
      nonce: "x",
      hostname: "away",
      pid: 9,
      since: now - LEASE_MS,
      expires: now + offset,
    });
    const standsUntil = (offset: number) =>
      changeBook(({ leases, now }) => {
        const others = leases.filter(({ run }) => run !== "away0001");
        return { leases: [...others, until(offset, now)], result: undefined };
      }, ports);
    await standsUntil(LEASE_MS);
    // Time passes while the run waits.
    const clock = { now: Date.now, sleep: () => standsUntil(-1) };
    const { summary, lines } = await world.run(wire(), { clock });
    expect(summary.status).toBe("success");
    expect(lines).toContainEqual(
      expect.stringMatching(
        /is being written to by run away0001 \(process 9 on away\).* Waiting for a sign of life/u,
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^Took target .* over from run away0001/u));
  });

  test("on another machine and gave a sign of life refuses the claim", async () => {
    const ports = world.guardPorts();
    const resource = targetOf(copy);
    const alive = (now: number): Lease => ({
      resource,
      mode: "exclusive",
      run: "away0002",
      nonce: "x",
      hostname: "away",
      pid: 9,
      since: now,
      expires: now + LEASE_MS,
    });
    await changeBook(({ leases, now }) => ({ leases: [...leases, alive(now)], result: undefined }), ports);
    const onLine = async (line: string) => {
      if (!line.includes("Waiting for a sign of life")) return;
      await changeBook(
        ({ leases, now }) => ({
          leases: leases.map((each) =>
            each.run === "away0002" ? { ...each, expires: now + 2 * LEASE_MS } : each,
          ),
          result: undefined,
        }),
        ports,
      );
    };
    const { summary } = await world.run(wire(), { onLine });
    expect(summary.errors).toMatchObject([{ code: "LEASE_HELD" }]);
    await unlock({ run: "away0002" }, ports, { dryRun: false });
    expect((await readBook(ports)).leases).toEqual([]);
  });

  test("is no dead run of this machine to another machine, unless it is named", async () => {
    const process = mortal(/^CREATE TABLE `copy/u);
    await world.run(wire({ quiesce_source: true }), { process, runId: "dead0002" }).catch(() => undefined);
    const away = world.guardPorts({ hostname: "elsewhere" });
    const seen = await unlock("dead", away, { dryRun: false });
    expect(seen.released).toEqual([]);
    expect(seen.left).toMatchObject([{ run: "dead0002", dead: false, guards: [{ runId: "dead0002" }] }]);
    expect(await unlock({ run: "dead0002" }, away, { dryRun: true })).toMatchObject({
      released: [{ run: "dead0002" }],
    });
    expect(await unlock({ run: "dead0002" }, away, { dryRun: false })).toMatchObject({
      released: [{ run: "dead0002", failures: [] }],
      left: [],
    });
    expect(away.lines).toContain("Quiesce restore complete: 1 principal/schema grant(s) re-applied.");
    await unlock("dead", world.guardPorts(), { dryRun: false });
    expect(await world.journal.open()).toEqual([]);
  });
});

test("I12: a run whose lease is taken over stops before its next step", async () => {
  const grants = await world.grants("prod");
  let now = Date.now();
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const midway = before("clone", async () => {
    await unlock("everything", world.guardPorts({ hostname: "elsewhere" }), { dryRun: false });
    now += 2 * RENEW_MS;
  });
  const { summary } = await world.run(wire({ quiesce_source: true, max_parallel_queries: 1 }), {
    source: midway,
    target: midway,
    clock,
  });
  expect(summary.errors).toContainEqual(expect.objectContaining({ code: "LEASE_LOST" }));
  expect(exitCodeOf(summary)).toBe(1);
  expect(summary.tables).toMatchObject({ success: 1, skipped: 1 });
  expect(await world.sql(`SHOW TABLES IN ${copy}.s`)).toHaveLength(1);
  expect(await world.grants("prod")).toEqual(grants);
});

test("I12: a run whose lease is taken over while one statement takes hours is stopped by its next sign of life", async () => {
  let beat: () => void = () => undefined;
  let now = Date.now();
  const clock = {
    now: () => now,
    sleep: () => Promise.resolve(),
    every: (_: number, work: () => void) => {
      beat = work;
      return () => undefined;
    },
  };
  const endless = withExecute(world.workspace, async (statement, options) => {
    if (statement.kind !== "clone") return world.workspace.statements.execute(statement, options);
    await unlock("everything", world.guardPorts({ hostname: "elsewhere" }), { dryRun: false });
    now += 2 * RENEW_MS;
    beat();
    return new Promise((_, failed) => {
      const stop = () => failed(new WorkspaceError("CANCELED", "cancelled"));
      // Of two statements under way the first may have lost the lease for both.
      if (options?.signal?.aborted === true) stop();
      options?.signal?.addEventListener("abort", stop);
    });
  });
  const { summary } = await world.run(wire(), { source: endless, target: endless, clock });
  expect(summary.errors).toContainEqual(expect.objectContaining({ code: "LEASE_LOST" }));
  expect(summary.tables.success).toBe(0);
});

test("statements of a run that is taken over are cancelled", async () => {
  const cancelled: string[] = [];
  const { statements } = world.workspace;
  let looks = 0;
  const recent: Workspace["statements"]["recent"] = async ({ tags }) => {
    looks += 1;
    if (looks > 1) return [];
    return [{ statementId: "s1", text: "CREATE …", state: "RUNNING", startedAt: 0, tags: { ...tags } }];
  };
  const watched: Workspace = {
    ...world.workspace,
    statements: { ...statements, recent, cancel: async (id) => void cancelled.push(id) },
  };
  const process = mortal(/^CREATE TABLE `copy/u);
  await world.run(wire(), { process, runId: "dead0003" }).catch(() => undefined);
  const { lines } = await world.run(wire(), { source: watched, target: watched });
  expect(cancelled).toEqual(["s1"]);
  expect(lines).toContainEqual(
    expect.stringMatching(/over from run dead0003.* 1 of its statements were still running/u),
  );
});

test("every statement of a run carries the run, and those of a step the step", async () => {
  const tags: Record<string, string>[] = [];
  const seeing = withExecute(world.workspace, (statement, options) => {
    tags.push({ kind: statement.kind, ...statement.tags });
    return world.workspace.statements.execute(statement, options);
  });
  await world.run(wire(), { source: seeing, target: seeing, runId: "tagged01" });
  expect(tags.filter(({ clxs_run }) => clxs_run !== "tagged01")).toEqual([]);
  expect(tags.filter(({ kind, clxs_step }) => kind === "clone" && !clxs_step)).toEqual([]);
});

describe("where the workspace keeps no leases", () => {
  test("who may not look into those of others clones all the same, and hears what is lacking", async () => {
    await world.run(wire());
    await world.sql(
      "GRANT CREATE CATALOG ON METASTORE TO steward",
      "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG prod TO steward",
    );
    const steward = world.connect("steward");
    const request = { ...wire(), destination_catalog: "stewards" };
    const { summary, lines } = await world.run(request, { source: steward, target: steward });
    expect(summary).toMatchObject({ status: "success", errors: [] });
    for (const start of ["No lease can be kept", "Whether a dead run left prod quiesced"])
      expect(lines).toContainEqual(
        expect.stringMatching(new RegExp(`^${start}.*USE CATALOG on Catalog 'edp_dev'`, "u")),
      );
    const quiesced = await world.run(
      { ...request, quiesce_source: true },
      { source: steward, target: steward },
    );
    expect(quiesced.summary.errors).toMatchObject([
      {
        code: "QUIESCE_REFUSED",
        message: expect.stringMatching(/recorded in .*USE CATALOG on Catalog 'edp_dev'/u),
      },
    ]);
  });

  const settings = (catalog: string) => ({
    audit: { catalog, logSchema: "logging", runTable: "r", metricsSchema: "metrics", metricsTable: "m" },
    protectedCatalogs: [],
    allowedHosts: [],
  });

  test("a lock of this machine has to do, and that is said", async () => {
    let seen: unknown;
    const midway = before("clone", async () => {
      seen = (await world.run(wire(), { settings: settings("no such.name") })).summary.errors;
    });
    const { summary, lines } = await world.run(wire(), {
      settings: settings("no such.name"),
      source: midway,
      target: midway,
    });
    expect(summary.status).toBe("success");
    expect(lines).toContainEqual(
      expect.stringContaining(
        "No lease can be kept in no such.name.logging, so runs of other machines are not noticed",
      ),
    );
    expect(seen).toMatchObject([{ code: "LEASE_HELD", message: expect.stringContaining("of this machine") }]);
    expect(await world.journal.open()).toEqual([]);
  });
});

test("sources and targets of one name are two things", () => {
  expect(sourceOf("A")).not.toBe(targetOf("a"));
});
