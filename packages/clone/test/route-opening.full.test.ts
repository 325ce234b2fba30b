import type { ShareUpdate } from "@clone-xs/unity";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeRoute } from "../src/route/close-route.ts";
import { openRoute } from "../src/route/open-route.ts";
import {
  aroundWrites,
  openTwoMetastores,
  routeOf,
  routePorts,
  tupleOf,
  type TwoMetastores,
} from "./two-metastores.ts";

const ELSEWHERE = "aws:eu-west-1:12345678-1234-1234-1234-123456789abc";
let both: TwoMetastores;
beforeAll(async () => {
  both = await openTwoMetastores();
  await both.east.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(3)",
    "CREATE TABLE src.s.b AS SELECT id FROM range(4)",
    "CREATE TABLE src.s.linked SHALLOW CLONE src.s.a",
  );
});
afterAll(() => both.close());
afterEach(async () => {
  const { east, west } = both;
  east.lakehouse.chaos.clear();
  west.lakehouse.chaos.clear();
  for (const { name, share } of await west.workspace.unity.catalogs())
    if (share !== undefined) await west.sql(`DROP CATALOG \`${name}\` CASCADE`);
  for (const { name } of await east.workspace.sharing.shares())
    await east.workspace.sharing.deleteShare(name);
  for (const { name } of await east.workspace.sharing.recipients())
    await east.workspace.sharing.deleteRecipient(name);
});

const routeTo = (destination: string, tables = ["a", "b"]) => routeOf(tupleOf(both, destination), tables);
const portsOf = (runId: string) =>
  routePorts({ source: both.east.workspace, target: both.west.workspace }, runId);

/** What stands at both ends; the names of shares, recipients and mounted catalogs. */
async function standing() {
  const { sharing } = both.east.workspace;
  const catalogs = await both.west.workspace.unity.catalogs();
  return {
    shares: (await sharing.shares()).map(({ name }) => name).sort(),
    recipients: (await sharing.recipients()).map(({ name }) => name),
    catalogs: catalogs.flatMap(({ name, share }) => (share ? [name] : [])).sort(),
  };
}

const whole = (destination: string) => {
  const { share, recipient, catalog } = routeTo(destination);
  return { shares: [share], recipients: [recipient], catalogs: [catalog] };
};

async function isReadable(destination: string): Promise<boolean> {
  const { catalog } = routeTo(destination);
  const rows = await both.west.sql(`SELECT count(*) FROM ${catalog}.s.a VERSION AS OF 0`);
  return rows[0]?.[0] === "3";
}

describe("openRoute", () => {
  it("makes what is missing once, and finds it afterwards", async () => {
    const first = await openRoute(routeTo("one"), portsOf("run1"));
    expect(first.route).toMatchObject({
      share: { state: "created" },
      recipient: { state: "created" },
      catalog: { state: "created" },
    });
    const ports = portsOf("run2");
    const second = await openRoute(routeTo("one"), ports);
    expect(second.route).toMatchObject({
      share: { state: "reused" },
      recipient: { state: "reused" },
      catalog: { state: "reused" },
    });
    expect(ports.told).toEqual([`Reusing existing Delta Share ${routeTo("one").share}`]);
    expect(await standing()).toEqual(whole("one"));
  });

  it("uses the recipient that is there, whatever its name", async () => {
    const { sharing } = both.east.workspace;
    await sharing.createRecipient({ name: "partner", globalMetastoreId: tupleOf(both, "x").targetMetastore });
    const { route } = await openRoute(routeTo("named"), portsOf("run1"));
    expect(route.recipient).toEqual({ name: "partner", state: "reused" });
    expect(await isReadable("named")).toBe(true);
  });

  it("asks for the history of a table that was shared without it", async () => {
    const route = routeTo("deep");
    await openRoute(route, portsOf("run1"));
    const { sharing } = both.east.workspace;
    const object = { name: "src.s.a", type: "TABLE", sharedAs: "s.a", history: false } as const;
    await sharing.updateShare(route.share, [{ action: "REMOVE", object }]);
    await sharing.updateShare(route.share, [{ action: "ADD", object }]);
    await expect(isReadable("deep")).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
    await openRoute(route, portsOf("run2"));
    expect(await isReadable("deep")).toBe(true);
  });

  it.each([
    ["a share that somebody else made", "share"],
    ["a share of another pair", "pair"],
    ["a catalog that somebody else made", "catalog"],
  ])("refuses %s", async (_, what) => {
    const { share, catalog } = routeTo("taken");
    const { sharing } = both.east.workspace;
    if (what === "share") await sharing.createShare({ name: share, comment: "nightly" });
    if (what === "pair") {
      await openRoute({ ...routeTo("other"), share }, portsOf("run1"));
    }
    if (what === "catalog") await both.west.sql(`CREATE CATALOG ${catalog}`);
    await expect(openRoute(routeTo("taken"), portsOf("run2"))).rejects.toMatchObject({ code: "ROUTE_TAKEN" });
    if (what === "catalog") await both.west.sql(`DROP CATALOG ${catalog} CASCADE`);
  });

  it("refuses to call a recipient by a name that stands for another metastore", async () => {
    const { recipient: name } = routeTo("x");
    await both.east.workspace.sharing.createRecipient({ name, globalMetastoreId: ELSEWHERE });
    await expect(openRoute(routeTo("x"), portsOf("run1"))).rejects.toMatchObject({ code: "ROUTE_TAKEN" });
  });

  it("tells what cannot be shared, and shares the others", async () => {
    const { unshared } = await openRoute(routeTo("mixed", ["linked", "a", "gone", "b"]), portsOf("run1"));
    expect(unshared.map(({ step, residue }) => [step, residue.object])).toEqual([
      ["table:s.linked", "s.linked"],
      ["table:s.gone", "s.gone"],
    ]);
    expect(await isReadable("mixed")).toBe(true);
  });

  it("waits until the target sees the tables, and stops waiting when it is cancelled", async () => {
    let passed = 0;
    const slow = await openTwoMetastores({ shareDelayMs: 60_000, now: () => Date.now() + passed });
    try {
      await slow.east.sql(
        "CREATE CATALOG src",
        "CREATE SCHEMA src.s",
        "CREATE TABLE src.s.a AS SELECT 1 AS id",
      );
      const ends = { source: slow.east.workspace, target: slow.west.workspace };
      const pauses: number[] = [];
      const sleep = async (milliseconds: number) => {
        pauses.push(milliseconds);
        passed += milliseconds;
      };
      const route = routeOf(tupleOf(slow, "dst"), ["a"]);
      await openRoute(route, routePorts(ends, "run1", { clock: { now: Date.now, sleep } }));
      expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000, 10_000]);
      expect(await slow.west.sql(`SELECT id FROM ${route.catalog}.s.a`)).toEqual([["1"]]);

      const cancel = new AbortController();
      const cancelling = async (_: number, signal?: AbortSignal) => {
        cancel.abort();
        signal?.throwIfAborted();
      };
      const other = routeOf(tupleOf(slow, "other"), ["a"]);
      const clock = { now: Date.now, sleep: cancelling };
      const ports = routePorts(ends, "run2", { clock, signal: cancel.signal });
      await expect(openRoute(other, ports)).rejects.toThrow("aborted");
    } finally {
      await slow.close();
    }
  });

  it("gives up on a target that never sees the share", async () => {
    const alone = { ...both.west.workspace.sharing, providers: () => Promise.resolve([]) };
    const target = { ...both.west.workspace, sharing: alone };
    const ports = routePorts({ source: both.east.workspace, target }, "run1");
    await expect(openRoute(routeTo("unseen"), ports)).rejects.toMatchObject({ code: "ROUTE_NOT_SEEN" });
    expect(ports.clock.now()).toBeLessThan(11 * 60_000);
  });
});

describe("many tables", () => {
  it("go in calls of a hundred, of which a few that cannot be shared cost little", async () => {
    const names = Array.from({ length: 130 }, (_, i) => (i === 17 || i === 99 ? `missing${i}` : `t${i}`));
    await both.east.sql(
      "CREATE CATALOG IF NOT EXISTS many",
      "CREATE SCHEMA many.s",
      ...names.filter((name) => name.startsWith("t")).map((name) => `CREATE TABLE many.s.${name} (id INT)`),
    );
    const route = routeOf(tupleOf(both, "dst", "many"), names);
    const calls: number[] = [];
    const sharing = {
      ...both.east.workspace.sharing,
      updateShare: (share: string, updates: readonly ShareUpdate[]) => {
        calls.push(updates.length);
        return both.east.workspace.sharing.updateShare(share, updates);
      },
    };
    const source = { ...both.east.workspace, sharing };
    const { unshared } = await openRoute(route, routePorts({ source, target: both.west.workspace }, "run1"));
    expect(unshared.map(({ step }) => step)).toEqual(["table:s.missing17", "table:s.missing99"]);
    expect((await both.east.workspace.sharing.share(route.share))?.objects).toHaveLength(128);
    expect(calls.length).toBeLessThan(2 * 2 * Math.ceil(Math.log2(100)) + 2);
    expect(Math.max(...calls)).toBe(100);
  });
});

describe("a lost answer", () => {
  const WRITES = [
    ["east", "POST /api/2.1/unity-catalog/recipients"],
    ["east", "POST /api/2.1/unity-catalog/shares"],
    ["east", "PATCH /api/2.1/unity-catalog/shares/clone_xs_share_????????"],
    ["east", "PATCH /api/2.1/unity-catalog/shares/*/permissions"],
    ["west", "POST /api/2.0/sql/statements*"],
  ] as const;
  it.each(
    WRITES.flatMap(([end, call]) => (["before", "after"] as const).map((when) => ({ end, call, when }))),
  )("of $call at $end, $when the effect: everything is made once", async ({ end, call, when }) => {
    const { chaos } = both[end].lakehouse;
    const path = call.replace("????????", routeTo("lost").share.slice(-8));
    const on = end === "west" ? { call: path, statement: "USING SHARE" } : { call: path };
    chaos.add({ on, fault: { kind: "lost" }, when, times: 1 });
    const { route } = await openRoute(routeTo("lost"), portsOf("run1"));
    expect(chaos.rules()).toMatchObject([{ struck: 1 }]);
    expect(route).toMatchObject({
      share: { state: "created" },
      recipient: { state: "created" },
      catalog: { state: "created" },
    });
    chaos.clear();
    expect(await standing()).toEqual(whole("lost"));
    expect(await isReadable("lost")).toBe(true);
  });
});

describe("runs that race", () => {
  it("for one recipient end with one, and a share each", async () => {
    const destinations = ["race1", "race2", "race3", "race4"];
    const opened = await Promise.all(
      destinations.map((destination) => openRoute(routeTo(destination), portsOf(`run-${destination}`))),
    );
    expect(opened.filter(({ route }) => route.recipient.state === "created")).toHaveLength(1);
    const { shares, recipients, catalogs } = await standing();
    expect(recipients).toEqual([routeTo("race1").recipient]);
    expect(shares).toEqual(destinations.map((one) => routeTo(one).share).sort());
    expect(catalogs).toEqual(destinations.map((one) => routeTo(one).catalog).sort());
  });

  it("for one share end with one, with the tables of both", async () => {
    const opened = await Promise.all([
      openRoute(routeTo("same", ["a"]), portsOf("run1")),
      openRoute(routeTo("same", ["a", "b"]), portsOf("run2")),
      openRoute(routeTo("same", ["b", "a"]), portsOf("run3")),
    ]);
    expect(opened.filter(({ route }) => route.share.state === "created")).toHaveLength(1);
    expect(opened.flatMap(({ unshared }) => unshared)).toEqual([]);
    expect(await standing()).toEqual(whole("same"));
    expect((await both.east.workspace.sharing.share(routeTo("same").share))?.objects).toHaveLength(2);
  });

  it("against one that takes its own route down: the recipient is there for who needs it", async () => {
    await openRoute(routeTo("leaving"), portsOf("run1"));
    const [, opened] = await Promise.all([
      closeRoute(routeTo("leaving"), portsOf("run1")),
      openRoute(routeTo("coming"), portsOf("run2")),
    ]);
    expect(opened.unshared).toEqual([]);
    expect(await isReadable("coming")).toBe(true);
  });
});

describe("a process that dies", () => {
  class Killed extends Error {}
  /** Dies at its change number `at`, before or after the effect. */
  function dying(at: number, when: "before" | "after") {
    let [count, dead] = [0, false];
    const around = async <Result>(_: string, act: () => Promise<Result>): Promise<Result> => {
      if (dead) throw new Killed();
      const isLast = count++ === at;
      if (isLast && when === "before") dead = true;
      if (dead) throw new Killed();
      const result = await act();
      dead = isLast;
      if (dead) throw new Killed();
      return result;
    };
    return { around, isDead: () => dead };
  }

  it("anywhere is gone on with by the next, as if nothing had happened", async () => {
    let kills = 0;
    for (const when of ["before", "after"] as const) {
      for (let at = 0; ; at++) {
        const destination = `kill_${when}_${at}`;
        const { around, isDead } = dying(at, when);
        const { east, west } = both;
        const source = aroundWrites(east.workspace, around);
        const target = aroundWrites(west.workspace, around);
        await openRoute(routeTo(destination), routePorts({ source, target }, "run1")).catch(
          (error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          },
        );
        if (!isDead()) break;
        kills += 1;
        const { route } = await openRoute(routeTo(destination), portsOf("run1"));
        expect(route).toMatchObject({ share: { state: "created" }, catalog: { state: "created" } });
        expect(await isReadable(destination)).toBe(true);
      }
    }
    expect(kills).toBeGreaterThanOrEqual(8);
  });
});

describe("closeRoute", () => {
  it("leaves nothing of the only route", async () => {
    await openRoute(routeTo("only"), portsOf("run1"));
    const ports = portsOf("run1");
    await closeRoute(routeTo("only"), ports);
    expect(await standing()).toEqual({ shares: [], recipients: [], catalogs: [] });
    const { share, recipient, catalog } = routeTo("only");
    expect(ports.told).toEqual([
      `Removed the shared catalog ${catalog}`,
      `Removed Delta Share ${share}`,
      `Removed the recipient ${recipient}`,
    ]);
    await closeRoute(routeTo("only"), portsOf("run1"));
  });

  it("leaves the recipient to other routes", async () => {
    await openRoute(routeTo("one"), portsOf("run1"));
    await openRoute(routeTo("two"), portsOf("run2"));
    await closeRoute(routeTo("one"), portsOf("run1"));
    expect(await standing()).toEqual(whole("two"));
    expect(await isReadable("two")).toBe(true);
  });

  it("leaves a recipient that somebody else made", async () => {
    const { sharing } = both.east.workspace;
    await sharing.createRecipient({ name: "partner", globalMetastoreId: tupleOf(both, "x").targetMetastore });
    await openRoute(routeTo("named"), portsOf("run1"));
    await closeRoute(routeTo("named"), portsOf("run1"));
    expect(await standing()).toEqual({ shares: [], recipients: ["partner"], catalogs: [] });
  });

  it("leaves a share that somebody else reads", async () => {
    const { sharing } = both.east.workspace;
    const { share, catalog } = routeTo("read");
    await openRoute(routeTo("read"), portsOf("run1"));
    await sharing.createRecipient({ name: "partner", globalMetastoreId: ELSEWHERE });
    await sharing.changeShareGrants(share, { add: ["partner"] });
    const ports = portsOf("run1");
    await closeRoute(routeTo("read"), ports);
    expect(ports.told.at(-1)).toBe(`Kept Delta Share ${share}: partner reads it too`);
    expect(await standing()).toMatchObject({ shares: [share], catalogs: [] });
    expect(catalog).not.toBe("");
  });

  it("leaves a share that another catalog of the target is made from", async () => {
    const { share } = routeTo("twice");
    await openRoute(routeTo("twice"), portsOf("run1"));
    const [provider] = await both.west.workspace.sharing.providers();
    await both.west.sql(`CREATE CATALOG mine USING SHARE \`${provider?.name}\`.${share}`);
    const ports = portsOf("run1");
    await closeRoute(routeTo("twice"), ports);
    expect(ports.told.at(-1)).toBe(`Kept Delta Share ${share}: catalog mine reads it too`);
    expect(await both.west.sql("SELECT count(*) FROM mine.s.a")).toEqual([["3"]]);
  });

  it("takes down only what it may: what another run made stays", async () => {
    await openRoute(routeTo("undo"), portsOf("run1"));
    await closeRoute(routeTo("undo"), portsOf("run2"), ({ run }) => run === "run2");
    expect(await standing()).toEqual(whole("undo"));
    await closeRoute(routeTo("undo"), portsOf("run1"), ({ run }) => run === "run1");
    expect(await standing()).toEqual({ shares: [], recipients: [], catalogs: [] });
  });
});
