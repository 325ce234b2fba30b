import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { unlock } from "../src/guards/unlock.ts";
import { type GuardedWorld, openGuardedWorld } from "./guarded.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { exitCodeOf } from "../src/summarize/exit-code.ts";
import { Killed, mortal } from "./mortal.ts";

const EVERYTHING = [
  "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG $ TO writer",
  "GRANT MODIFY ON TABLE $.s.t TO etl",
  "GRANT ALL PRIVILEGES ON SCHEMA $.s TO writer",
];

let world: GuardedWorld;
let catalogs = 0;

beforeAll(async () => {
  world = await openGuardedWorld();
  // The first run makes the tables that guards stand in.
  await world.sql("CREATE CATALOG first", "CREATE SCHEMA first.s");
  await world.run({ source_catalog: "first", destination_catalog: "first_copy" });
});
afterAll(() => world.close());

/** A catalog `src…` with a table, a view and a volume in `s`, and one table in `other`. */
async function source(...grants: readonly string[]): Promise<string> {
  catalogs += 1;
  const name = `src${catalogs}`;
  await world.sql(
    `CREATE CATALOG ${name}`,
    `CREATE SCHEMA ${name}.s`,
    `CREATE SCHEMA ${name}.other`,
    `CREATE TABLE ${name}.s.t AS SELECT id FROM range(3)`,
    `CREATE TABLE ${name}.other.t AS SELECT id FROM range(3)`,
    `CREATE VIEW ${name}.s.v AS SELECT id FROM ${name}.s.t`,
    `CREATE VOLUME ${name}.s.files`,
    ...grants.map((grant) => grant.replaceAll("$", name)),
  );
  return name;
}

/** The source workspace, where `meanwhile` is done once, just before the first CLONE is sent: in the middle of the run. */
function atFirstClone(meanwhile: () => Promise<void>): Workspace {
  let done: Promise<void> | undefined;
  return withExecute(world.workspace, async (statement, options) => {
    if (statement.kind === "clone") await (done ??= meanwhile());
    return world.workspace.statements.execute(statement, options);
  });
}

const USE = "GRANT USE CATALOG, USE SCHEMA ON CATALOG $ TO writer";
const READ = "GRANT SELECT ON CATALOG $ TO writer";

const holdings: readonly (readonly [string, number, readonly string[]])[] = [
  ["on the table", 1, [READ, "GRANT MODIFY ON TABLE $.s.t TO writer"]],
  ["on the schema", 1, [READ, "GRANT MODIFY ON SCHEMA $.s TO writer"]],
  ["on the catalog", 1, [READ, "GRANT MODIFY ON CATALOG $ TO writer"]],
  ["through a group, on the table", 1, [READ, "GRANT MODIFY ON TABLE $.s.t TO etl"]],
  ["through a group, on the schema", 1, [READ, "GRANT MODIFY ON SCHEMA $.s TO etl"]],
  ["through a group, on the catalog", 1, ["GRANT SELECT, MODIFY ON CATALOG $ TO etl"]],
  ["as one of everybody", 1, ["GRANT SELECT, MODIFY ON SCHEMA $.s TO `account users`"]],
  ["inside ALL PRIVILEGES on the table", 1, ["GRANT ALL PRIVILEGES ON TABLE $.s.t TO writer"]],
  ["inside ALL PRIVILEGES on the schema", 1, ["GRANT ALL PRIVILEGES ON SCHEMA $.s TO writer"]],
  ["inside ALL PRIVILEGES on the catalog", 1, ["GRANT ALL PRIVILEGES ON CATALOG $ TO writer"]],
  ["inside ALL PRIVILEGES of a group on the catalog", 1, ["GRANT ALL PRIVILEGES ON CATALOG $ TO etl"]],
  [
    "inside ALL PRIVILEGES, and singly beside it",
    1,
    ["GRANT ALL PRIVILEGES ON TABLE $.s.t TO writer", "GRANT SELECT, MODIFY ON TABLE $.s.t TO writer"],
  ],
  [
    "in every way at once",
    7,
    [
      "GRANT SELECT, MODIFY ON TABLE $.s.t TO writer",
      "GRANT ALL PRIVILEGES ON TABLE $.s.t TO etl",
      "GRANT ALL PRIVILEGES ON SCHEMA $.s TO writer",
      "GRANT MODIFY, CREATE TABLE ON SCHEMA $.s TO etl",
      "GRANT SELECT, MODIFY ON CATALOG $ TO writer",
      "GRANT ALL PRIVILEGES ON CATALOG $ TO `account users`",
      "GRANT ALL PRIVILEGES ON VOLUME $.s.files TO writer",
    ],
  ],
];

describe("pitfall 16: a writer who may write", () => {
  test.each(holdings)(
    "%s is stopped for the time of the clone, and the grants are as before",
    async (_, pairs, grants) => {
      const name = await source(USE, ...grants);
      const before = await world.grants(name);
      expect(await world.insert(`${name}.s.t`)).toBe("inserted");
      let during: readonly string[] = [];
      const midway = atFirstClone(async () => {
        const reading = world
          .connect("writer")
          .statements.execute({ text: `SELECT count(*) FROM ${name}.s.t`, kind: "select", effect: "read" });
        during = [await world.insert(`${name}.s.t`), String((await reading).rows[0]?.[0])];
      });
      const { summary, lines } = await world.run(
        { source_catalog: name, destination_catalog: `${name}_copy`, quiesce_source: true },
        { source: midway, target: midway },
      );
      expect(summary).toMatchObject({ status: "success", errors: [] });
      expect(during).toEqual([`PERMISSION_DENIED: User does not have MODIFY on Table '${name}.s.t'.`, "4"]);
      expect(lines.filter((line) => line.startsWith("Quiesce: revoked ["))).toHaveLength(pairs);
      expect(lines).toContain(`Quiesce restore complete: ${pairs} principal/schema grant(s) re-applied.`);
      expect(lines.filter((line) => line.includes("could not re-grant"))).toEqual([]);
      expect(await world.grants(name)).toEqual(before);
      expect(await world.insert(`${name}.s.t`)).toBe("inserted");
      expect(await world.journal.open()).toEqual([]);
      expect(await world.sql("SELECT leases FROM edp_dev.logging.clxs_leases")).toEqual([["[]"]]);
    },
  );
});

const quiesced = (name: string, dest = `${name}_copy`) => ({
  source_catalog: name,
  destination_catalog: dest,
  quiesce_source: true,
});

async function isAsBefore(name: string, before: readonly string[]): Promise<void> {
  expect(await world.grants(name)).toEqual(before);
  expect(await world.insert(`${name}.s.t`)).toBe("inserted");
  expect(await world.sql("SELECT guard_id FROM edp_dev.logging.clxs_guards")).toEqual([]);
  expect(await world.sql("SELECT leases FROM edp_dev.logging.clxs_leases")).toEqual([["[]"]]);
  expect(await world.journal.open()).toEqual([]);
}

describe("I4: the grants of the source are as before", () => {
  test("when objects fail", async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const broken = withExecute(world.workspace, (statement, options) => {
      if (statement.kind === "clone") throw new Error("the clone fails");
      return world.workspace.statements.execute(statement, options);
    });
    const { summary, lines } = await world.run(quiesced(name), { source: broken, target: broken });
    expect(summary.tables).toMatchObject({ success: 0, failed: 2 });
    expect(lines).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
    await isAsBefore(name, before);
  });

  test("when the inspection as a whole fails", async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const { unity } = world.workspace;
    const blind: Workspace = {
      ...world.workspace,
      unity: { ...unity, schemas: () => Promise.reject(new Error("gone")) },
    };
    await world.sql("SELECT 1");
    await expect(world.run(quiesced(name), { source: blind, target: blind })).rejects.toThrow("gone");
    await isAsBefore(name, before);
  });

  test("when the run is cancelled in the middle of a copy", async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const cancel = new AbortController();
    const midway = atFirstClone(async () => cancel.abort());
    const { summary, lines } = await world.run(quiesced(name), {
      source: midway,
      target: midway,
      signal: cancel.signal,
    });
    expect(summary.status).toBe("cancelled");
    expect(lines).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
    await isAsBefore(name, before);
  });

  test("when the run is cancelled between two revokes", async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const cancel = new AbortController();
    const onLine = (line: string) => (line.startsWith("Quiesce: revoked") ? cancel.abort() : undefined);
    const { summary } = await world.run(
      { ...quiesced(name), max_parallel_queries: 1 },
      { signal: cancel.signal, onLine },
    );
    expect(summary.status).toBe("cancelled");
    await isAsBefore(name, before);
  });

  test("when the process is killed at any record or statement, and its guards are released afterwards", {
    timeout: 300_000,
  }, async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const one = {
      ...quiesced(name),
      include_objects: [{ schema: "s", name: "t", type: "table" }],
      quiesce_wide: true,
    };
    // The first run makes the target; the effects of all later ones are the same.
    await world.run(one);
    const whole = mortal(Number.POSITIVE_INFINITY);
    await world.run(one, { process: whole });
    expect(whole.effects.length).toBeGreaterThan(20);
    for (const [at, effect] of whole.effects.entries()) {
      const process = mortal(at);
      // How it ended nobody was told: what stands in the workspace counts.
      await world.run(one, { process }).catch((error: unknown) => error);
      const here = at % 2 === 0;
      const ports = world.guardPorts(here ? {} : { hostname: "elsewhere", journal: EMPTY });
      const { released } = await unlock(here ? "dead" : "everything", ports, { dryRun: false });
      const failures = released.flatMap((each) => each.failures);
      const found = { died: process.isDead(), failures, grants: await world.grants(name) };
      expect({ at, effect, ...found }).toEqual({ at, effect, died: true, failures: [], grants: before });
    }
    await unlock("dead", world.guardPorts(), { dryRun: false });
    await isAsBefore(name, before);
  });
});

const WRITERS = "GRANT MODIFY ON CATALOG $ TO etl";

test("what is granted on the copy is what was granted before the revoke", async () => {
  const name = await source(...EVERYTHING);
  await world.run({ source_catalog: name, destination_catalog: `${name}_plain` });
  await world.run(quiesced(name));
  const plain = await world.grants(`${name}_plain`);
  expect(plain.length).toBeGreaterThan(0);
  expect(await world.grants(`${name}_copy`)).toEqual(plain);
});

test("pitfall 32: a machine that remembers nothing finds what is to be given back, while it is taken", async () => {
  const name = await source(...EVERYTHING);
  let found: readonly string[] = [];
  const midway = atFirstClone(async () => {
    const elsewhere = world.guardPorts({ hostname: "elsewhere", journal: EMPTY });
    const { released } = await unlock("everything", elsewhere, { dryRun: true });
    const taken = released.flatMap(({ guards }) => guards.flatMap(({ state }) => state.revocations));
    found = taken.map(({ principal, revoked }) => `${principal}: ${revoked.join(", ")}`);
  });
  await world.run(quiesced(name), { source: midway, target: midway });
  expect(found.toSorted()).toEqual(["etl: MODIFY", "writer: ALL_PRIVILEGES"]);
});

describe("schemas outside the scope, and time after the cut", () => {
  test("pitfall 33: a quiesce that stops writers of schemas outside the scope is refused, and changes nothing", async () => {
    const name = await source(USE, READ, WRITERS);
    const before = await world.grants(name);
    const { summary, lines } = await world.run({ ...quiesced(name), include_schemas: ["s"] });
    expect(exitCodeOf(summary)).toBe(3);
    expect(summary.errors).toMatchObject([
      { code: "QUIESCE_REFUSED", message: expect.stringMatching(/: other\. Say quiesce_wide/u) },
    ]);
    expect(lines.filter((line) => line.startsWith("Quiesce: revoked"))).toEqual([]);
    expect(await world.sql(`SHOW CATALOGS LIKE '${name}_copy'`)).toEqual([]);
    await isAsBefore(name, before);
  });

  test("it goes on when that is allowed, and grants that stand outside the scope are not touched", async () => {
    const name = await source(USE, READ, WRITERS, "GRANT MODIFY ON SCHEMA $.other TO writer");
    const before = await world.grants(name);
    let during: readonly string[] = [];
    const midway = atFirstClone(async () => {
      during = [await world.insert(`${name}.s.t`), await world.insert(`${name}.other.t`)];
    });
    const wire = { ...quiesced(name), include_schemas: ["s"], quiesce_wide: true };
    const { summary } = await world.run(wire, { source: midway, target: midway });
    expect(summary.status).toBe("success");
    expect(during).toEqual([expect.stringContaining("MODIFY"), "inserted"]);
    await isAsBefore(name, before);
  });

  test("pitfall 33: until pinned, the writers are back before anything is copied, and what they write is not in the copy", async () => {
    const name = await source(USE, READ, WRITERS);
    let during = "";
    const midway = atFirstClone(async () => {
      during = await world.insert(`${name}.s.t`);
    });
    const wire = { ...quiesced(name), quiesce_until: "pinned" };
    const { summary, lines } = await world.run(wire, { source: midway, target: midway });
    expect(summary.status).toBe("success");
    expect(during).toBe("inserted");
    expect(await world.sql(`SELECT count(*) FROM ${name}_copy.s.t`)).toEqual([["3"]]);
    expect(lines.filter((line) => line.startsWith("Quiesce restore complete: 1 "))).toHaveLength(1);
  });
});

describe("what changes while the source is quiesced", () => {
  async function meanwhile(...statements: readonly string[]) {
    const name = await source(...EVERYTHING);
    const midway = atFirstClone(async () => {
      await world.sql(...statements.map((statement) => statement.replaceAll("$", name)));
    });
    const before = await world.grants(name);
    const ran = await world.run(
      { ...quiesced(name), include_schemas: ["other", "s"] },
      { source: midway, target: midway },
    );
    return { name, before, ...ran };
  }

  test("a lent read that an administrator revokes stays revoked; the writes come back", async () => {
    const { name, lines } = await meanwhile("REVOKE SELECT ON SCHEMA $.s FROM writer");
    const after = await world.grants(name);
    expect(after.filter((grant) => grant.startsWith("schema s"))).not.toContain("schema s  writer SELECT");
    expect(after).toContain("schema s  writer MODIFY");
    expect(after).not.toContain("schema s  writer ALL_PRIVILEGES");
    expect(lines).toContainEqual(expect.stringContaining("[SELECT] was revoked meanwhile, and stays so"));
    expect(await world.sql("SELECT guard_id FROM edp_dev.logging.clxs_guards")).toEqual([]);
  });

  test("what an administrator grants stays granted", async () => {
    const { name, before } = await meanwhile("GRANT SELECT ON TABLE $.s.t TO steward");
    expect(await world.grants(name)).toEqual([...before, "table s t steward SELECT"].sort());
  });

  test("a table that was dropped is told, and nothing waits for it", async () => {
    const { name, lines, before } = await meanwhile("DROP TABLE $.s.t");
    expect(lines).toContainEqual(expect.stringContaining(`table ${name}.s.t was dropped meanwhile`));
    expect(lines).toContain("Quiesce restore complete: 1 principal/schema grant(s) re-applied.");
    expect(await world.grants(name)).toEqual(before.filter((grant) => !grant.startsWith("table")));
    expect(await world.journal.open()).toEqual([]);
  });

  test("a table that was dropped and made anew under its name does not get the old one's grants", async () => {
    const { name } = await meanwhile("DROP TABLE $.s.t", "CREATE TABLE $.s.t (id BIGINT)");
    expect((await world.grants(name)).filter((grant) => grant.startsWith("table"))).toEqual([]);
  });

  test("a table that was renamed gets its grants back under its new name", async () => {
    const { name, lines } = await meanwhile("ALTER TABLE $.s.t RENAME TO $.s.renamed");
    expect(lines).toContainEqual(
      expect.stringContaining(`table ${name}.s.t is called table ${name}.s.renamed now`),
    );
    expect(await world.grants(name)).toContain("table s renamed etl MODIFY");
    expect(await world.journal.open()).toEqual([]);
  });

  test("a privilege granted between the look and the revoke is taken too", async () => {
    const name = await source(USE, READ, "GRANT MODIFY ON SCHEMA $.s TO etl");
    const before = await world.grants(name);
    let given = false;
    const during: string[] = [];
    const late = withExecute(world.workspace, async (statement, options) => {
      if (!given && statement.text.startsWith("REVOKE")) {
        given = true;
        await world.sql(`GRANT MODIFY ON TABLE ${name}.s.t TO writer`);
      }
      if (statement.kind === "clone") during.push(await world.insert(`${name}.s.t`));
      return world.workspace.statements.execute(statement, options);
    });
    const { summary, lines } = await world.run(quiesced(name), { source: late, target: late });
    expect([...new Set(during)]).toEqual([expect.stringContaining("MODIFY")]);
    expect(summary.status).toBe("success");
    expect(lines).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
    await isAsBefore(name, [...before, "table s t writer MODIFY"].sort());
  });
});

test("a grant that cannot be given back is told, fails the run, and is given back by unlock", async () => {
  const name = await source(...EVERYTHING);
  const before = await world.grants(name);
  const refusing = withExecute(world.workspace, (statement, options) => {
    if (statement.text.startsWith("GRANT MODIFY ON TABLE") && !statement.text.includes("_copy"))
      throw new WorkspaceError("PERMISSION_DENIED", "not any more", { errorClass: "PERMISSION_DENIED" });
    return world.workspace.statements.execute(statement, options);
  });
  const { summary, lines } = await world.run(quiesced(name), { source: refusing, target: refusing });
  const line = `Restore: could not re-grant [MODIFY] to etl on table ${name}.s.t: not any more`;
  expect(lines).toContain(line);
  expect(lines.filter((each) => each.includes("restore complete"))).toEqual([]);
  expect(summary.errors).toContainEqual(expect.objectContaining({ code: "RESTORE_FAILED", message: line }));
  expect(exitCodeOf(summary)).toBe(1);
  expect(await world.grants(name)).toEqual(before.filter((grant) => !grant.startsWith("table")));
  const ports = world.guardPorts({ hostname: "elsewhere", journal: EMPTY });
  await unlock("dead", ports, { dryRun: false });
  expect(ports.lines).toContain("Quiesce restore complete: 1 principal/schema grant(s) re-applied.");
  expect(await world.grants(name)).toEqual(before);
  const [record] = await world.journal.open();
  // This process lives, so it keeps its record until it is gone; without its row that is of no account.
  expect(record).toMatchObject({ kind: "quiesce", quiesce: { catalog: name } });
  await world.sql(`REVOKE MODIFY ON TABLE ${name}.s.t FROM etl`);
  await unlock("everything", world.guardPorts(), { dryRun: false });
  expect(await world.grants(name)).toEqual(before.filter((grant) => !grant.startsWith("table")));
  await world.journal.drop(record?.id ?? "");
});

describe("pitfall 32: the runner must be able to give back what it takes", () => {
  const steward = () => world.connect("steward");
  const reads = [
    USE,
    READ,
    "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG $ TO steward",
    "GRANT MODIFY ON SCHEMA $.s TO etl",
  ];

  test("who cannot is refused, with the statement that helps", async () => {
    const name = await source(...reads);
    await world.sql(
      "GRANT CREATE CATALOG ON METASTORE TO steward",
      "GRANT ALL PRIVILEGES ON CATALOG edp_dev TO steward",
    );
    const before = await world.grants(name);
    const { summary } = await world.run(quiesced(name), { source: steward(), target: steward() });
    expect(exitCodeOf(summary)).toBe(3);
    const remedy = `GRANT MANAGE ON CATALOG \`${name}\` TO \`steward\``;
    expect(summary.errors).toMatchObject([
      { code: "QUIESCE_REFUSED", message: expect.stringContaining(remedy) },
    ]);
    await isAsBefore(name, before);
  });

  test("who holds MANAGE can, although information_schema shows it only its own grants", async () => {
    const name = await source(...reads, "GRANT MANAGE ON CATALOG $ TO steward");
    const before = await world.grants(name);
    const { summary, lines } = await world.run(quiesced(name), { source: steward(), target: steward() });
    expect({ errors: summary.errors, lines }).toMatchObject({
      lines: expect.arrayContaining(["Quiesce restore complete: 1 principal/schema grant(s) re-applied."]),
    });
    expect(await world.grants(name)).toEqual(before);
  });

  test("nothing is revoked where it cannot be recorded in the workspace", async () => {
    const name = await source(...EVERYTHING);
    const before = await world.grants(name);
    const settings = { ...DEFAULT_SETTINGS, audit: { ...DEFAULT_SETTINGS.audit, catalog: "no such.name" } };
    const { summary, lines } = await world.run(quiesced(name), { settings });
    expect(summary.errors).toMatchObject([
      {
        code: "QUIESCE_REFUSED",
        message: expect.stringContaining("cannot be recorded in no such.name.logging"),
      },
    ]);
    expect(lines.filter((line) => line.startsWith("Quiesce: revoked"))).toEqual([]);
    expect(await world.grants(name)).toEqual(before);
  });
});

test("a dry run says what would be revoked, and revokes nothing", async () => {
  const name = await source(...EVERYTHING);
  const before = await world.grants(name);
  const { summary, lines } = await world.run({ ...quiesced(name), dry_run: true });
  expect(summary.status).toBe("success");
  expect(lines).toContain(`Would quiesce: revoke [MODIFY] from etl on table ${name}.s.t`);
  expect(summary.statements["grant"]).toBeUndefined();
  expect(await world.grants(name)).toEqual(before);
});

describe("protected catalogs", () => {
  const settings = (catalog: string) => ({ ...DEFAULT_SETTINGS, protectedCatalogs: [catalog] });

  test("are never written to", async () => {
    const name = await source();
    const { summary } = await world.run(
      { source_catalog: name, destination_catalog: `${name.toUpperCase()}_Copy` },
      { settings: settings(`${name}_copy`) },
    );
    expect(exitCodeOf(summary)).toBe(3);
    expect(summary.errors).toMatchObject([{ code: "PROTECTED_CATALOG" }]);
    expect(await world.sql(`SHOW CATALOGS LIKE '${name}_copy'`)).toEqual([]);
  });

  test("are cloned, and not quiesced", async () => {
    const name = await source(...EVERYTHING);
    expect((await world.run(quiesced(name), { settings: settings(name) })).summary.errors).toMatchObject([
      { code: "PROTECTED_CATALOG" },
    ]);
    const { summary } = await world.run(
      { source_catalog: name, destination_catalog: `${name}_copy` },
      { settings: settings(name) },
    );
    expect(summary.status).toBe("success");
  });
});

/** What another machine remembers of the runs of this one. */
const EMPTY = {
  put: () => Promise.reject(new Killed()),
  claim: () => Promise.reject(new Killed()),
  drop: () => Promise.resolve(),
  open: () => Promise.resolve([]),
};
