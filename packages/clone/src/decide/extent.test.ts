import { describe, expect, it } from "vitest";
import { column, history, table } from "../../test/inventories.ts";
import { differingColumns, type Extent, sameExtent } from "./extent.ts";
import { judgeTable } from "./judge.ts";
import { STAMP_PROPERTY, type StampedExtent, writeStamp } from "./provenance.ts";

const where = (predicate: string): Extent => ({ rows: "where", predicate });

it.each([
  [where("id > 1"), where(" id > 1 "), true],
  [where("id > 1"), where("id > 2"), false],
  [where("id > 1"), { rows: "all" }, false],
  [{ rows: "none" }, { rows: "none" }, true],
] as const)("%j and %j: %s", (a, b, expected) => {
  expect(sameExtent(a, b)).toBe(expected);
});

it("names the columns that differ in type, place, nullability or comment, and those that one side lacks", () => {
  const here = table("s", "t", {
    columns: [
      column("same"),
      column("Type", 1),
      column("place", 2),
      column("null", 3),
      column("said", 4, { comment: "x" }),
      column("mine", 5),
    ],
  });
  const there = table("s", "t", {
    columns: [
      column("SAME"),
      column("type", 1, { typeText: "int" }),
      column("place", 3),
      column("null", 3, { nullable: false }),
      column("said", 4),
      column("yours", 5),
    ],
  });
  expect(differingColumns(here, there)).toEqual(["mine", "null", "place", "said", "type", "yours"]);
});

describe("a copy of some or no rows is judged by what was asked for", () => {
  const source = table("bronze", "events");
  const targetName = { catalog: "dev", schema: "bronze", name: "events" };
  const copy = (extent: StampedExtent, columns = source.columns) => ({
    ...source,
    catalog: "dev",
    columns,
    properties: {
      [STAMP_PROPERTY]: writeStamp({
        run: "r",
        step: "s",
        source: "prod.bronze.events",
        target: "dev.bronze.events",
        sourceId: source.tableId ?? null,
        version: "1",
        versionTimestamp: null,
        fingerprint: null,
        extent,
      }),
    },
  });
  const some = where("id > 1") as StampedExtent;
  const none: StampedExtent = { rows: "none" };
  const made = history("CREATE TABLE AS SELECT", "CHANGE COLUMN", "ADD CONSTRAINT", "SET TBLPROPERTIES");
  const filled = history("CREATE TABLE", "WRITE");
  const judge = (target: ReturnType<typeof copy>, extent: Extent, targetHistory = made) =>
    judgeTable({
      source,
      target,
      targetName,
      sourceHistory: history("CREATE TABLE", "WRITE"),
      sourceFingerprint: undefined,
      targetHistory,
      extent,
    }).reason;

  it.each([
    ["in_sync", copy(some), where("id > 1"), made],
    ["unable_to_compare", copy(some), where("id > 2"), made],
    ["unable_to_compare", copy(some), { rows: "all" } as const, made],
    ["target_modified", copy(some), where("id > 1"), history("CREATE TABLE AS SELECT", "DELETE")],
    ["target_modified", copy(some), where("id > 2"), history("CREATE TABLE AS SELECT", "DELETE")],
    ["unable_to_compare", copy({ rows: "unfinished" }), where("id > 1"), made],
    ["in_sync", copy(none), { rows: "none" } as const, filled],
    ["schema_drift", copy(none, [column("other")]), { rows: "none" } as const, history("CREATE TABLE")],
    ["target_modified", copy(none, [column("other")]), { rows: "none" } as const, filled],
    ["target_modified", copy(none), { rows: "all" } as const, filled],
    ["unable_to_compare", copy(none), { rows: "all" } as const, history("CREATE TABLE")],
  ])("%s", (reason, target, extent, targetHistory) => {
    expect(judge(target, extent, targetHistory)).toBe(reason);
  });
});
