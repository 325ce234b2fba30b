import type { SharedObject } from "@clone-xs/unity";
import { describe, expect, it } from "vitest";
import { cloneRequest, inventory, schemaOf, table, view } from "../../test/inventories.ts";
import { makingStatement } from "../execute/making-tables.ts";
import { planClone } from "../plan/plan-clone.ts";
import { wantedUpdates } from "./fill-share.ts";
import type { Route } from "./find-route.ts";
import { routeNames } from "./names.ts";
import type { RoutedTable } from "./route-operation.ts";
import { routed } from "./routed.ts";

const tuple = {
  sourceMetastore: "aws:us-west-2:1",
  sourceCatalog: "prod",
  destinationCatalog: "dev",
  targetMetastore: "aws:eu-west-1:2",
};
const sharing: Route = { kind: "sharing", tuple, cleanup: false };
const { share, recipient, catalog } = routeNames(tuple);
const tables = [table("s", "a"), table("s", "my-table"), view("s", "v", "SELECT id FROM prod.s.a")];
const planned = (wire: object = {}, of = tables) =>
  planClone(cloneRequest(wire), inventory([schemaOf("s", { tables: of })]), undefined);
const source = (name: string) => ({ catalog: "prod", schema: "s", name });

describe("routed", () => {
  it.each<Route>([{ kind: "own" }, { kind: "same_metastore" }])(
    "leaves a plan as it is over $kind",
    (route) => {
      const plan = planned();
      expect(routed(plan, route)).toBe(plan);
    },
  );

  it("opens the route with every table that is read, before any of them is", () => {
    const { steps } = routed(planned(), sharing);
    expect(steps[0]).toEqual({
      id: "route",
      stage: "route",
      kind: "route",
      object: catalog,
      reason: "other_metastore",
      dependsOn: [],
      operation: {
        kind: "open_route",
        share,
        recipient,
        catalog,
        tuple,
        tables: [
          { source: source("a"), sharedAs: "s.a", step: "table:s.a" },
          {
            source: source("my-table"),
            sharedAs: expect.stringMatching(/^s\.clxs_[0-9a-f]{20}_my_table$/u),
            step: "table:s.my-table",
          },
        ],
      },
    });
    const dependsOn = Object.fromEntries(steps.map((step) => [step.id, step.dependsOn]));
    expect(dependsOn["table:s.a"]).toEqual(["route", "schema:s"]);
    expect(dependsOn["view:s.v"]).toEqual(["schema:s", "table:s.a"]);
  });

  it("reads from the mounted catalog and stays a clone of the source", () => {
    const step = routed(planned(), sharing).steps.find(({ id }) => id === "table:s.a");
    const operation = step?.operation;
    if (operation?.kind !== "clone_table") throw new Error("no clone");
    expect(operation.source).toEqual(source("a"));
    expect(makingStatement(operation, "stamp")(false).text).toContain(
      `DEEP CLONE \`${catalog}\`.\`s\`.\`a\` VERSION AS OF 0`,
    );
  });

  it("moves nothing of what is no clone of a table", () => {
    const plan = planned();
    const others = routed(plan, sharing).steps.filter(({ kind }) => kind !== "table" && kind !== "route");
    expect(others).toEqual(plan.steps.filter(({ kind }) => kind !== "table"));
  });

  it("needs no route for tables without rows, nor for nothing", () => {
    const empty = planned({}, [view("s", "v", "SELECT 1 AS id")]);
    expect(routed(empty, sharing)).toBe(empty);
  });

  it.each([
    ["leaves what it opens", false, "Both stay for the next clone."],
    ["takes it down", true, "Both are removed after the clone, unless something else uses them."],
  ])("says of what the data goes through, and whether it %s", (_, cleanup, after) => {
    const { notes } = routed(planned(), { ...sharing, cleanup });
    expect(notes).toContain(
      `The target has another metastore: 2 tables are shared with it in ${share}, and read there as ${catalog}. ${after}`,
    );
  });

  it("takes the route down when all that is read is done or not, where that is asked for", () => {
    const { steps } = routed(planned(), { ...sharing, cleanup: true });
    expect(steps.at(-1)).toEqual({
      id: "route:close",
      stage: "cleanup",
      kind: "route",
      object: share,
      reason: "cleanup_after_clone",
      dependsOn: ["route", "table:s.a", "table:s.my-table"],
      anyway: true,
      operation: { kind: "close_route", share, recipient, catalog, tuple },
    });
  });

  it("refuses a shallow clone, which needs the files of the source", () => {
    const { refused } = routed(planned({ clone_type: "SHALLOW" }, [table("s", "a")]), sharing);
    expect(refused).toEqual([
      {
        object: "dev.s.a",
        operation: "open_route",
        code: "ROUTE_IMPOSSIBLE",
        message:
          "A shallow clone needs the files of prod.s.a, which are in another metastore. Clone deeply across metastores.",
      },
    ]);
  });

  it("refuses more tables than a share holds", () => {
    const many = Array.from({ length: 1001 }, (_, i) => table("s", `t${i}`));
    expect(routed(planned({}, many.slice(1)), sharing).refused).toEqual([]);
    expect(routed(planned({}, many), sharing).refused).toMatchObject([
      { object: "dev", code: "ROUTE_IMPOSSIBLE", message: expect.stringContaining("1001 tables") },
    ]);
  });
});

describe("wantedUpdates", () => {
  const wanted: RoutedTable = { source: source("a"), sharedAs: "s.a", step: "table:s.a" };
  const object: SharedObject = { name: "prod.s.a", type: "TABLE", sharedAs: "s.a", history: true };
  it.each([
    ["adds what is not there, with history", [], [{ action: "ADD", object }]],
    ["leaves what is there", [object], []],
    ["leaves it whatever the case", [{ ...object, name: "PROD.s.A", sharedAs: "S.a" }], []],
    ["asks for history where there is none", [{ ...object, history: false }], [{ action: "UPDATE", object }]],
    [
      "takes out first what has another alias",
      [{ ...object, sharedAs: "s.other" }],
      [
        { action: "REMOVE", object: { ...object, sharedAs: "s.other" } },
        { action: "ADD", object },
      ],
    ],
    [
      "leaves alone what it does not need",
      [object, { ...object, name: "prod.s.other", sharedAs: "s.other" }],
      [],
    ],
  ])("%s", (_, objects, expected) => {
    expect(wantedUpdates({ objects }, [wanted])).toEqual(expected);
  });
});
