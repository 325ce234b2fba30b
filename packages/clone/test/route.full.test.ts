import { metastoreNetwork } from "@clone-xs/lakehouse";
import type { Share } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStamp } from "../src/decide/provenance.ts";
import { preflightClone } from "../src/preflight/preflight.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import { routeNames } from "../src/route/names.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { openTestWorkspace, type Ran, run, type RunOptions, type TestWorkspace } from "./workspace.ts";

let east: TestWorkspace;
let west: TestWorkspace;
beforeAll(async () => {
  const network = metastoreNetwork();
  [east, west] = await Promise.all([openTestWorkspace({ network }), openTestWorkspace({ network })]);
  await east.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "INSERT INTO src.s.a VALUES (100)",
    "CREATE TABLE src.s.`my-table` AS SELECT 7 AS id",
    "CREATE FUNCTION src.s.twice(n BIGINT) RETURNS BIGINT RETURN n * 2",
    "CREATE VIEW src.s.v AS SELECT src.s.twice(id) AS id FROM src.s.a",
    "CREATE VOLUME src.s.files",
  );
  await east.workspace.files.write("/Volumes/src/s/files/deep/one.txt", bytes("hello"));
});
afterAll(() => Promise.all([east.close(), west.close()]));

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

interface Wire {
  readonly source_catalog?: string;
  readonly target?: object;
  readonly [key: string]: unknown;
}

const clone = (destination: string, { target, ...wire }: Wire = {}, options: RunOptions = {}) =>
  run(
    east.workspace,
    {
      source_catalog: "src",
      destination_catalog: destination,
      target_workspace: { connection: "west", ...target },
      ...wire,
    },
    { target: west.workspace, ...options },
  );

const namesTo = (destinationCatalog: string, sourceCatalog = "src") =>
  routeNames({
    sourceMetastore: east.lakehouse.globalMetastoreId,
    sourceCatalog,
    destinationCatalog,
    targetMetastore: west.lakehouse.globalMetastoreId,
  });

async function shareTo(destination: string, source?: string): Promise<Share> {
  const share = await east.workspace.sharing.share(namesTo(destination, source).share);
  if (share === undefined) throw new Error("no share");
  return share;
}

/** Names of what stands at the source for others to read. */
const shared = async () => ({
  shares: (await east.workspace.sharing.shares()).map(({ name }) => name).sort(),
  recipients: (await east.workspace.sharing.recipients()).map(({ name }) => name),
});

describe("a clone into another metastore", () => {
  let first: Ran;
  beforeAll(async () => {
    first = await clone("first", { validate_after_clone: true });
  });

  it("brings everything over, and says through what", async () => {
    const { summary, lines } = first;
    const { share, recipient, catalog } = namesTo("first");
    expect(summary).toMatchObject({
      status: "success",
      errors: [],
      residue: [],
      tables: { success: 2, failed: 0, skipped: 0 },
      views: { success: 1, failed: 0, skipped: 0 },
      functions: { success: 1, failed: 0, skipped: 0 },
      volumes: { success: 1, failed: 0, skipped: 0 },
      share_name: share,
      share_status: "created",
      recipient_name: recipient,
      recipient_status: "created",
      shared_catalog_name: catalog,
      shared_catalog_status: "created",
      validation: { differing: 0, not_comparable: 0 },
    });
    expect(summary.bytes_copied).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes("Reusing"))).toEqual([]);
    expect(await west.sql("SELECT count(*), sum(id) FROM first.s.v")).toEqual([["101", "10100"]]);
    expect(await west.sql("SELECT id FROM first.s.`my-table`")).toEqual([["7"]]);
    const files = await west.workspace.files.list("/Volumes/first/s/files/deep");
    expect(files?.map(({ path, size }) => [path, size])).toEqual([
      ["/Volumes/first/s/files/deep/one.txt", 5],
    ]);
  });

  it("shares with history, and grants to the one recipient", async () => {
    const { objects } = await shareTo("first");
    expect(objects.map(({ name, sharedAs, history }) => ({ name, sharedAs, history }))).toEqual([
      { name: "src.s.a", sharedAs: "s.a", history: true },
      { name: "src.s.my-table", sharedAs: expect.stringMatching(/^s\.clxs_\w+_my_table$/u), history: true },
    ]);
    const { share, recipient } = namesTo("first");
    expect(await east.workspace.sharing.shareGrants(share)).toEqual([
      { principal: recipient, privileges: ["SELECT"] },
    ]);
  });

  it("pitfall 13: stamps the copy with its true source at the version that was pinned", async () => {
    const name = { catalog: "first", schema: "s", name: "a" };
    const copy = await west.workspace.unity.table(name);
    const source = await east.workspace.unity.table({ catalog: "src", schema: "s", name: "a" });
    expect(readStamp(copy?.properties ?? {}, name)).toMatchObject({
      source: "src.s.a",
      sourceId: source?.tableId,
      version: "1",
    });
  });

  it("finds everything again the second time, and says so once", async () => {
    const before = await shared();
    const { summary, lines } = await clone("first", {}, { runId: "run00002" });
    expect(summary).toMatchObject({
      status: "success",
      share_status: "reused",
      recipient_status: "reused",
      shared_catalog_status: "reused",
    });
    expect(lines.filter((line) => line.includes("Reusing existing Delta Share"))).toEqual([
      `Reusing existing Delta Share ${namesTo("first").share}`,
    ]);
    expect(await shared()).toEqual(before);
    expect(await east.sql("SHOW SHARES")).toHaveLength(1);
    expect(await east.sql("SHOW RECIPIENTS")).toHaveLength(1);
  });

  it("makes a share of its own for another destination, and no other recipient", async () => {
    const { summary } = await clone("second", {}, { runId: "run00003" });
    expect(summary).toMatchObject({ share_status: "created", recipient_status: "reused" });
    expect(await shared()).toEqual({
      shares: [namesTo("first").share, namesTo("second").share].sort(),
      recipients: [namesTo("first").recipient],
    });
  });

  it("copies what drifted, and of that the new files alone", async () => {
    await east.sql("INSERT INTO src.s.a VALUES (200)");
    const selective = { load_type: "SELECTIVE", validate_after_clone: true };
    const { summary } = await clone("first", selective, { runId: "run00004" });
    expect(summary).toMatchObject({
      status: "success",
      total_drifted_tables: 1,
      drift: [{ schema: "s", table: "a", reason: "version_drift", source_version: 2, cloned_version: 1 }],
      tables: { success: 1, failed: 0, skipped: 1 },
      files_copied: 1,
      validation: { differing: 0, not_comparable: 0 },
    });
    expect(await west.sql("SELECT max(id) FROM first.s.a")).toEqual([["200"]]);
  });

  it("finds the share also when nothing is to be copied", async () => {
    const { summary, lines } = await clone("first", { load_type: "SELECTIVE" }, { runId: "run00005" });
    const { share, catalog } = namesTo("first");
    expect(summary).toMatchObject({
      status: "success",
      total_drifted_tables: 0,
      share_name: share,
      share_status: "reused",
      recipient_status: "reused",
      shared_catalog_name: catalog,
      shared_catalog_status: "reused",
    });
    expect(lines).toContain(`Reusing existing Delta Share ${share}`);
  });

  it("copies the version that was asked for", async () => {
    const { summary } = await clone("earlier", { as_of_version: 0, include_tables_regex: "^a$" });
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 } });
    expect(await west.sql("SELECT count(*) FROM earlier.s.a")).toEqual([["100"]]);
  });

  it("copies the rows that were asked for", async () => {
    const { summary } = await clone("some", {
      where_clauses: { "s.a": "id < 10" },
      validate_after_clone: true,
    });
    expect(summary).toMatchObject({ status: "success", validation: { differing: 0 } });
    expect(await west.sql("SELECT count(*) FROM some.s.a")).toEqual([["10"]]);
  });

  it("opens nothing for tables without rows", async () => {
    const before = await shared();
    const { summary } = await clone("hollow", { schema_only: true });
    expect(summary).toMatchObject({ status: "success", tables: { success: 2 } });
    expect(summary.share_name).toBeUndefined();
    expect(await shared()).toEqual(before);
    expect(await west.sql("SELECT count(*) FROM hollow.s.a")).toEqual([["0"]]);
  });

  it("changes nothing in a dry run, and tells of the route", async () => {
    const before = await shared();
    const { lines } = await clone("dry", { dry_run: true });
    expect(await shared()).toEqual(before);
    expect(lines).toContain(`Would open the route ${namesTo("dry").catalog} (other_metastore)`);
  });
});

describe("what a share cannot give", () => {
  beforeAll(() =>
    east.sql(
      "CREATE CATALOG odd",
      "CREATE SCHEMA odd.s",
      "CREATE TABLE odd.s.plain AS SELECT 1L AS id",
      "CREATE TABLE odd.s.linked SHALLOW CLONE odd.s.plain",
      "CREATE VIEW odd.s.on_plain AS SELECT id FROM odd.s.plain",
      "CREATE VIEW odd.s.on_linked AS SELECT id FROM odd.s.linked",
      "ALTER TABLE odd.s.linked SET TAGS ('tier' = 'gold')",
    ),
  );

  it("stands in the residue with the service's reason, and what needs it too; the others are cloned", async () => {
    const { summary, lines } = await clone("odd_copy", { source_catalog: "odd", on_target_modified: "fail" });
    const reason =
      "it cannot be shared with the target's metastore: Table 'odd.s.linked' cannot be shared because it is a shallow clone.";
    expect(summary).toMatchObject({
      status: "success",
      errors: [],
      tables: { success: 1, failed: 0, skipped: 1 },
      views: { success: 1, failed: 0, skipped: 1 },
      residue: [
        { object: "s.linked", what: "table", reason },
        { object: "s.on_linked", what: "view", reason: `it needs s.linked, which is not copied: ${reason}` },
      ],
    });
    expect(lines).toContain(`s.linked: ${reason}`);
    expect(
      await west.workspace.unity.table({ catalog: "odd_copy", schema: "s", name: "linked" }),
    ).toBeUndefined();
    expect(await west.sql("SELECT id FROM odd_copy.s.on_plain")).toEqual([["1"]]);
  });

  it("leaves the same again the next time", async () => {
    const { summary } = await clone("odd_copy", { source_catalog: "odd", load_type: "SELECTIVE" });
    expect(summary).toMatchObject({ status: "success", tables: { success: 0, failed: 0, skipped: 2 } });
    expect(summary.residue.map(({ object }) => object)).toEqual(["s.linked", "s.on_linked"]);
  });

  it("includes who is known at the source alone: their grants and what they own are told", async () => {
    east.lakehouse.putPrincipal({ name: "east-only", kind: "group", groups: [], admin: false });
    await east.sql(
      "GRANT SELECT ON TABLE odd.s.plain TO `east-only`",
      "ALTER VIEW odd.s.on_plain OWNER TO `east-only`",
    );
    const { summary } = await clone("odd_granted", { source_catalog: "odd" });
    expect(summary.status).toBe("success");
    const told = summary.residue.map(({ object, what, reason }) => [object, what, reason]);
    expect(told).toContainEqual([
      "s.plain",
      "grants",
      "east-only does not exist on the target; create the principal there and run again, or take it off the source",
    ]);
    expect(told).toContainEqual(["s.on_plain", "owner", expect.any(String)]);
  });
});

describe("pitfall 31: masked tables", () => {
  it("are neither shared nor copied when nobody asks for it, and that is told", async () => {
    const destination = "covered";
    await east.sql(
      "CREATE CATALOG IF NOT EXISTS cov",
      "CREATE SCHEMA IF NOT EXISTS cov.s",
      "CREATE OR REPLACE FUNCTION cov.s.hide(x STRING) RETURNS STRING RETURN '***'",
      "CREATE TABLE IF NOT EXISTS cov.s.open AS SELECT 1L AS id",
      "CREATE TABLE IF NOT EXISTS cov.s.people (name STRING MASK cov.s.hide)",
    );
    const { summary } = await clone(destination, { source_catalog: "cov" });
    expect(summary).toMatchObject({ status: "success", tables: { success: 1, failed: 0, skipped: 1 } });
    expect(summary.residue).toMatchObject([{ object: "s.people", what: "table" }]);
    expect((await shareTo(destination, "cov")).objects.map(({ name }) => name)).toEqual(["cov.s.open"]);
    const people = await east.workspace.unity.table({ catalog: "cov", schema: "s", name: "people" });
    expect(people?.columns.map(({ mask }) => mask?.functionName)).toEqual(["cov.s.hide"]);
  });
});

describe("data_sync_mode", () => {
  beforeAll(() =>
    east.sql(
      "CREATE CATALOG sync",
      "CREATE SCHEMA sync.s",
      "CREATE TABLE sync.s.still AS SELECT 1L AS id",
      "CREATE TABLE sync.s.moving AS SELECT 1L AS id",
    ),
  );
  const clones = async (table: string) => {
    const text = `SELECT count(*) FROM (DESCRIBE HISTORY synced.s.${table}) WHERE operation = 'CLONE'`;
    return (await west.sql(text))[0]?.[0];
  };

  it.each([
    ["snapshot_once", "incremental", { still: "1", moving: "1" }, "1"],
    ["snapshot_once", "incremental", { still: "1", moving: "1" }, "1"],
    ["incremental", "selective", { still: "1", moving: "2" }, "3"],
    ["force_full", "full", { still: "2", moving: "3" }, "4"],
  ])("pitfall 5: %s is a load of mode %s, and drops nothing", async (mode, expected, made, rows) => {
    const { summary } = await clone("synced", { source_catalog: "sync", target: { data_sync_mode: mode } });
    expect(summary).toMatchObject({ status: "success", mode: expected });
    expect({ still: await clones("still"), moving: await clones("moving") }).toEqual(made);
    expect(await west.sql("SELECT count(*) FROM synced.s.moving")).toEqual([[rows]]);
    await east.sql("INSERT INTO sync.s.moving SELECT max(id) + 1 FROM sync.s.moving");
  });
});

describe("a runner who has another name at the target", () => {
  it("owns the copies there, so that the owners of the source are told the first time and the second", async () => {
    const network = metastoreNetwork();
    const [here, there] = await Promise.all([
      openTestWorkspace({ network }),
      openTestWorkspace({ network, owner: "deputy" }),
    ]);
    try {
      await here.sql("CREATE CATALOG own", "CREATE SCHEMA own.s", "CREATE TABLE own.s.t AS SELECT 1L AS id");
      const wire = { source_catalog: "own", destination_catalog: "dst", target_workspace: "there" };
      const first = await run(here.workspace, wire, { target: there.workspace });
      const again = await run(here.workspace, wire, { target: there.workspace, runId: "run00002" });
      const owners = ({ summary }: typeof first) =>
        summary.residue.filter(({ what }) => what === "owner").map(({ object }) => object);
      expect(first.summary.status).toBe("success");
      expect(owners(first)).toEqual(["own", "s", "s.t"]);
      expect(owners(again)).toEqual(owners(first));
      const copy = await there.workspace.unity.table({ catalog: "dst", schema: "s", name: "t" });
      expect(copy?.owner).toBe("deputy");
    } finally {
      await Promise.all([here.close(), there.close()]);
    }
  });
});

describe("preflight", () => {
  const look = async (destination: string) => {
    const parsed = parseCloneRequest({
      source_catalog: "src",
      destination_catalog: destination,
      target_workspace: "west",
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const clock = { now: Date.now, sleep: () => Promise.resolve() };
    const ports = { settings: DEFAULT_SETTINGS, clock, random: () => 0 };
    const ends = { source: east.workspace, target: west.workspace };
    const { checks } = await preflightClone(parsed.request, { ...ports, ...ends });
    return checks.filter(({ check }) => check === "route");
  };

  it("tells what the source is read through, and whether it is there", async () => {
    const before = await shared();
    expect(await look("first")).toMatchObject([{ state: "pass", object: namesTo("first").share }]);
    expect(await look("not_yet")).toMatchObject([{ state: "unknown", object: namesTo("not_yet").share }]);
    expect(await shared()).toEqual(before);
  });

  it("blocks where the share's name is somebody else's", async () => {
    const { share: name } = namesTo("theirs");
    await east.workspace.sharing.createShare({ name, comment: "nightly" });
    expect(await look("theirs")).toMatchObject([{ state: "block", object: name }]);
    await east.workspace.sharing.deleteShare(name);
  });
});
