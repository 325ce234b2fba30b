import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { withExecute, type Workspace } from "@clone-xs/unity";
import { type GuardedWorld, openGuardedWorld } from "./guarded.ts";

let world: GuardedWorld;
let catalogs = 0;

beforeAll(async () => {
  world = await openGuardedWorld();
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
