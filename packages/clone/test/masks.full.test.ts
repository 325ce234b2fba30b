import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Statement, withExecute, type Workspace } from "@clone-xs/unity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GuardPorts } from "../src/guards/guard-ports.ts";
import { unlock } from "../src/guards/unlock.ts";
import { preflightClone } from "../src/preflight/preflight.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import { runClone } from "../src/run/run-clone.ts";
import { guardJournal, openRunFiles } from "../src/run/run-files.ts";
import type { RunPorts } from "../src/run/run.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { type Mortal, mortal } from "./mortal.ts";
import { openTwoMetastores, type TwoMetastores } from "./two-metastores.ts";

let world: TwoMetastores;
let home: string;
/** What others than the runner were shown, at either end, whenever anything was sent. */
let seen: Set<string>;
let looks: number;

beforeEach(async () => {
  world = await openTwoMetastores();
  home = await mkdtemp(join(tmpdir(), "clxs-masks-"));
  [seen, looks] = [new Set(), 0];
  for (const { lakehouse } of [world.east, world.west])
    for (const name of ["reader", "boss"])
      lakehouse.putPrincipal({ name, kind: "user", groups: [], admin: false });
  await world.east.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE FUNCTION src.s.hide(v STRING, k BIGINT) RETURNS STRING RETURN '***'",
    "CREATE FUNCTION src.s.few(k BIGINT) RETURNS BOOLEAN RETURN k < 2",
    "CREATE TABLE src.s.open AS SELECT 1L AS id",
    "CREATE TABLE src.s.people AS SELECT id, concat('raw', id) AS name FROM range(3)",
    "CREATE VIEW src.s.staff AS SELECT name FROM src.s.people",
    "ALTER TABLE src.s.people ALTER COLUMN name SET MASK src.s.hide USING COLUMNS (id)",
    "ALTER TABLE src.s.people SET ROW FILTER src.s.few ON (id)",
    "GRANT ALL PRIVILEGES ON CATALOG src TO reader",
    "GRANT SELECT, MODIFY ON SCHEMA src.s TO reader",
    "GRANT SELECT ON TABLE src.s.people TO boss",
    "GRANT USE CATALOG ON CATALOG src TO boss",
    "GRANT USE SCHEMA ON SCHEMA src.s TO boss",
  );
});
afterEach(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds / 100) };
const DEAD = 666;
const HERE = { hostname: "here", pid: 1, isAlive: (pid: number) => pid !== DEAD };

async function look(): Promise<void> {
  looks += 1;
  const places = [
    [world.east, ["src.s.people", "src.s.staff"]],
    [world.west, ["dst.s.people", "dst.s.staff"]],
  ] as const;
  for (const [end, names] of places)
    for (const who of ["reader", "boss"])
      for (const name of names) {
        const text = `SELECT name FROM ${name}`;
        const rows = await end.lakehouse
          .connect(who)
          .statements.execute({ text, kind: "select", effect: "read" })
          .then(
            (result) => result.rows,
            () => [],
          );
        for (const [value] of rows) seen.add(`${name} ${value}`);
      }
}

/** Others look before and after each statement that changes anything. */
function watched(workspace: Workspace): Workspace {
  return withExecute(workspace, async (sent: Statement, options) => {
    if (sent.effect === "read") return workspace.statements.execute(sent, options);
    const result = await workspace.statements.execute(sent, options);
    await look();
    return result;
  });
}

interface Options extends Partial<RunPorts> {
  readonly process?: Mortal;
  readonly onLine?: (line: string) => Promise<void> | void;
}

async function clone(wire: object = {}, { process, onLine, ...more }: Options = {}) {
  const parsed = parseCloneRequest({
    source_catalog: "src",
    destination_catalog: "dst",
    target_workspace: { connection: "west", auto_handle_masks: true },
    ...wire,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const runId = randomUUID();
  const files = await openRunFiles(home, runId);
  const lines: string[] = [];
  const source = watched(world.east.workspace);
  const given: RunPorts = {
    source,
    target: watched(world.west.workspace),
    ...files,
    holder: HERE,
    settings: DEFAULT_SETTINGS,
    clock,
    random: Math.random,
    emit: (event) => {
      if (event.type !== "log") return;
      lines.push(event.line);
      void onLine?.(event.line);
    },
    ...more,
  };
  const ports: RunPorts = process
    ? {
        ...given,
        source: process.workspace(given.source),
        target: process.workspace(given.target),
        journal: process.journal(given.journal),
        ledger: process.ledger(given.ledger),
        holder: { ...HERE, pid: DEAD },
      }
    : given;
  try {
    return { summary: await runClone(parsed.request, ports, runId), lines };
  } finally {
    await files.close();
  }
}

/** Ports of another machine, which remembers nothing. */
async function elsewhere(): Promise<GuardPorts & { readonly lines: string[] }> {
  const lines: string[] = [];
  return {
    workspace: watched(world.east.workspace),
    audit: DEFAULT_SETTINGS.audit,
    journal: guardJournal(await mkdtemp(join(home, "other-"))),
    holder: { hostname: "there", pid: 1, isAlive: () => true },
    clock,
    random: Math.random,
    log: (_, line) => void lines.push(line),
    lines,
  };
}

async function grants(): Promise<readonly string[]> {
  const { unity } = world.east.workspace;
  const held = await Promise.all(
    [
      ["catalog", "src"],
      ["schema", "src.s"],
      ["table", "src.s.people"],
      ["table", "src.s.staff"],
    ].map(([type, name]) => unity.permissions(type as "catalog", name ?? "")),
  );
  return held.map((each) =>
    JSON.stringify(each.map(({ principal, privileges }) => [principal, [...privileges].sort()])),
  );
}

async function covers(end: "east" | "west", catalog: string) {
  const table = await world[end].workspace.unity.table({ catalog, schema: "s", name: "people" });
  return table && [table.columns.map(({ mask }) => mask?.functionName), table.rowFilter?.functionName];
}

const COVERED = [[undefined, "src.s.hide"], "src.s.few"];
const raw = () => [...seen].filter((each) => each.includes("raw"));

describe("auto_handle_masks", () => {
  it("pitfall 31: copies bare rows that nobody but the runner sees at either end, and covers both again", async () => {
    const before = await grants();
    const { summary, lines } = await clone();
    expect(summary.errors).toEqual([]);
    expect(summary).toMatchObject({ status: "success", tables: { success: 2, failed: 0, skipped: 0 } });
    expect(summary.residue).toEqual([]);
    await look();
    expect(raw()).toEqual([]);
    expect([...seen].sort()).toContain("src.s.people ***");
    expect([...seen].sort()).toContain("dst.s.people ***");
    expect(looks).toBeGreaterThan(20);
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await covers("west", "dst")).toEqual([[undefined, "dst.s.hide"], "dst.s.few"]);
    expect(await grants()).toEqual(before);
    expect(lines).toContain("Masks: lifted mask src.s.hide of name, row filter src.s.few on src.s.people");
    expect(lines).toContain("Masks: restored mask src.s.hide of name, row filter src.s.few on src.s.people");
    await world.west.sql(
      "ALTER TABLE dst.s.people DROP ROW FILTER",
      "ALTER TABLE dst.s.people ALTER COLUMN name DROP MASK",
    );
    expect(await world.west.sql("SELECT name FROM dst.s.people ORDER BY name")).toEqual([
      ["raw0"],
      ["raw1"],
      ["raw2"],
    ]);
  });

  it("replaces a covered copy that others read, and they see no bare row meanwhile", async () => {
    await clone();
    await world.east.sql("INSERT INTO src.s.open VALUES (2)");
    seen.clear();
    const { summary } = await clone({ load_type: "FULL" });
    expect(summary.errors).toEqual([]);
    expect(summary).toMatchObject({ status: "success", tables: { success: 2, failed: 0 } });
    expect(raw()).toEqual([]);
    expect([...seen]).toContain("dst.s.people ***");
    expect(await covers("west", "dst")).toEqual([[undefined, "dst.s.hide"], "dst.s.few"]);
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it.each([
    ["an owner", "ALTER TABLE src.s.people OWNER TO boss", /boss, who owns table src\.s\.people/u],
    ["an owner of the schema", "ALTER SCHEMA src.s OWNER TO boss", /boss, who owns schema src\.s/u],
    ["who holds MANAGE", "GRANT MANAGE ON SCHEMA src.s TO boss", /boss, who holds MANAGE on schema src\.s/u],
    [
      "readers of a view elsewhere",
      "CREATE VIEW other.s.v AS SELECT * FROM src.s.people",
      /the readers of view other\.s\.v/u,
    ],
  ])("is refused while %s could read", async (_, text, why) => {
    await world.east.sql("CREATE CATALOG other", "CREATE SCHEMA other.s");
    await world.east.sql(text);
    const before = await grants();
    const { summary } = await clone();
    expect(summary.status).toBe("failed");
    expect(summary.errors).toMatchObject([
      { code: "MASK_GUARD_REFUSED", message: expect.stringMatching(why) },
    ]);
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await grants()).toEqual(before);
  });

  it("is refused while a share of somebody else's making holds the table", async () => {
    const { sharing } = world.east.workspace;
    await world.east.sql("CREATE TABLE src.s.late (name STRING)");
    await sharing.createShare({ name: "theirs" });
    const object = { name: "src.s.late", type: "TABLE", sharedAs: "s.late" } as const;
    await sharing.updateShare("theirs", [{ action: "ADD", object }]);
    await world.east.sql(
      "CREATE FUNCTION src.s.hush(v STRING) RETURNS STRING RETURN '***'",
      "ALTER TABLE src.s.late ALTER COLUMN name SET MASK src.s.hush",
    );
    const { summary } = await clone();
    expect(summary.errors).toMatchObject([
      { code: "MASK_GUARD_REFUSED", message: expect.stringContaining("the recipients of share theirs") },
    ]);
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it("leaves a table in the residue that others read where it is shared to", async () => {
    await clone();
    const mount = (await world.west.workspace.unity.catalogs()).find(({ share }) => share !== undefined);
    await world.west.sql(`GRANT SELECT ON CATALOG ${mount?.name} TO reader`);
    const { summary } = await clone({ load_type: "FULL" });
    expect(summary.residue.find(({ object }) => object === "s.people")?.reason).toBe(
      "reader could read it where it is shared to",
    );
    expect(raw()).toEqual([]);
  });

  it("is refused together with a quiesce, which gives reads back on its own", async () => {
    const { summary } = await clone({ quiesce_source: true });
    expect(summary.errors).toMatchObject([
      { code: "MASK_GUARD_REFUSED", message: expect.stringContaining("cannot stand together") },
    ]);
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it("is told by the preflight, with what is in its way", async () => {
    const parsed = parseCloneRequest({
      source_catalog: "src",
      destination_catalog: "dst",
      target_workspace: { connection: "west", auto_handle_masks: true },
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { request } = parsed;
    const ports = { settings: DEFAULT_SETTINGS, clock, random: Math.random };
    const ends = { source: world.east.workspace, target: world.west.workspace };
    const ask = async () =>
      (await preflightClone(request, { ...ports, ...ends })).checks.filter(({ check }) => check === "masks");
    expect(await ask()).toEqual([
      {
        check: "masks",
        state: "pass",
        object: "src",
        message:
          "It would withhold reads by 3 grants, lift masks and filters of src.s.people, and give everything back",
      },
    ]);
    await world.east.sql("GRANT MANAGE ON SCHEMA src.s TO boss");
    expect(await ask()).toMatchObject([
      { state: "block", message: expect.stringContaining("boss, who holds") },
    ]);
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it("copies as bare and covers as well between two workspaces of one metastore, and proves the copy", async () => {
    const target = world.east.lakehouse.connect();
    const { summary } = await clone(
      { destination_catalog: "beside", validate_after_clone: true },
      { target: watched(target) },
    );
    expect(summary.errors).toEqual([]);
    expect(summary).toMatchObject({ status: "success", tables: { success: 2, failed: 0, skipped: 0 } });
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await covers("east", "beside")).toEqual([[undefined, "beside.s.hide"], "beside.s.few"]);
    expect(raw()).toEqual([]);
  });

  it("stands once around a fan-out, and only who asked for it gets the rows", async () => {
    const before = await grants();
    const { summary, lines } = await clone(
      {
        target_workspace: undefined,
        target_workspaces: [
          { connection: "west", name: "lifting", destination_catalog: "dst", auto_handle_masks: true },
          { connection: "west", name: "plain", destination_catalog: "plain" },
        ],
      },
      {
        connectTarget: () =>
          Promise.resolve({ ...watched(world.west.lakehouse.connect()), close: () => Promise.resolve() }),
      },
    );
    expect(summary).toMatchObject({ status: "success", succeeded_targets: 2 });
    expect(lines.filter((line) => line.startsWith("Masks: lifted"))).toHaveLength(1);
    expect(await covers("west", "dst")).toEqual([[undefined, "dst.s.hide"], "dst.s.few"]);
    expect(await covers("west", "plain")).toBeUndefined();
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await grants()).toEqual(before);
    expect(raw()).toEqual([]);
  });

  it("is not done by a dry run, which says so", async () => {
    const { summary, lines } = await clone({ dry_run: true });
    expect(summary.residue[0]).toMatchObject({ object: "s.people" });
    expect(lines.find((line) => line.startsWith("auto_handle_masks"))).toMatch(
      /nothing is lifted by a dry run/u,
    );
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it("leaves a table in the residue whose copy others could read before it is covered", async () => {
    await world.west.sql(
      "CREATE CATALOG dst",
      "GRANT SELECT, USE CATALOG, USE SCHEMA ON CATALOG dst TO reader",
    );
    const { summary } = await clone();
    expect(summary).toMatchObject({ status: "success", tables: { success: 1, skipped: 1 } });
    expect(summary.residue.find(({ object }) => object === "s.people")?.reason).toMatch(
      /^reader could read its copy/u,
    );
    expect(raw()).toEqual([]);
    expect(await covers("east", "src")).toEqual(COVERED);
  });

  it("puts everything back when it is cancelled", async () => {
    const before = await grants();
    const cancel = new AbortController();
    const onLine = (line: string) => {
      if (line.startsWith("Masks: lifted")) cancel.abort();
    };
    const { summary } = await clone({}, { signal: cancel.signal, onLine });
    expect(summary.status).toBe("cancelled");
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await grants()).toEqual(before);
    expect(raw()).toEqual([]);
  });

  it("keeps the reads withheld while a mask cannot be put back, says so, and lets no run copy what it is bare", async () => {
    const broken = withExecute(world.east.workspace, (sent, options) =>
      sent.text.includes("SET MASK")
        ? Promise.reject(new Error("the function is being changed"))
        : world.east.workspace.statements.execute(sent, options),
    );
    const before = await grants();
    const { summary, lines } = await clone({}, { source: broken });
    expect(summary.errors).toMatchObject([{ code: "RESTORE_FAILED", operation: "masks" }]);
    expect(lines.some((line) => line.includes("src.s.people is NOT masked again"))).toBe(true);
    await look();
    expect(raw()).toEqual([]);
    const plain = await clone({ destination_catalog: "plain", target_workspace: "west" }, { source: broken });
    expect(plain.summary.errors).toMatchObject([{ code: "MASK_GUARD_REFUSED" }]);
    const ports = await elsewhere();
    const { released } = await unlock("everything", ports, { dryRun: false });
    expect(released.flatMap(({ failures }) => failures)).toEqual([]);
    expect(await covers("east", "src")).toEqual(COVERED);
    expect(await grants()).toEqual(before);
    expect(raw()).toEqual([]);
  });
});

describe("pitfall 9: a process that dies", () => {
  it("anywhere leaves what another machine needs to cover the source again and then give the reads back", async () => {
    const before = await grants();
    // The first one makes the tables of the guards.
    await clone({ destination_catalog: "first" });
    const whole = mortal(Number.MAX_SAFE_INTEGER);
    await clone({ destination_catalog: "whole" }, { process: whole });
    const from = whole.effects.findIndex((name) => name.startsWith("put quiesce"));
    const to = whole.effects.findLastIndex((name) => name.startsWith("drop masks"));
    expect(whole.effects.slice(from, to).filter((name) => name.includes("DROP MASK"))).toHaveLength(1);
    const places = whole.effects
      .map((_, place) => place)
      .filter((place) => place >= from && place <= to)
      .filter((place) => place < from + 14 || place > to - 12 || place % 5 === 0);
    let deaths = 0;
    for (const place of places) {
      const process = mortal(place);
      await clone({ destination_catalog: `d${place}` }, { process }).catch(() => undefined);
      const at = process.effects.at(-1) ?? "";
      deaths += process.isDead() ? 1 : 0;
      await look();
      await unlock("everything", await elsewhere(), { dryRun: false });
      expect({ at, covers: await covers("east", "src") }).toEqual({ at, covers: COVERED });
      expect({ at, grants: await grants() }).toEqual({ at, grants: before });
    }
    expect(deaths).toBeGreaterThan(25);
    expect(raw()).toEqual([]);
  }, 300_000);
});
