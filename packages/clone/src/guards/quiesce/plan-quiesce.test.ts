import { describe, expect, test } from "vitest";
import type { DirectGrant } from "../../inspect/inventory.ts";
import { heldDuring, type OwnedPlace, planQuiesce, type QuiesceScope, toGrantAgain } from "./plan-quiesce.ts";

const CATALOG = { level: "catalog" } as const;
const BRONZE = { level: "schema", schema: "bronze" } as const;
const EVENTS = { level: "table", schema: "bronze", name: "events" } as const;
const LANDING = { level: "volume", schema: "bronze", name: "landing" } as const;
const VIEW = { level: "table", schema: "bronze", name: "recent" } as const;

const owners: readonly OwnedPlace[] = [
  { ...CATALOG, owner: "root" },
  { ...BRONZE, owner: "root" },
  { ...EVENTS, owner: "root" },
  { ...LANDING, owner: "root" },
  { ...VIEW, owner: "root", isView: true },
];

const whole: QuiesceScope = { catalog: "prod", contains: () => true, wholeCatalog: true };
const bronzeOnly: QuiesceScope = {
  catalog: "prod",
  contains: ({ level, schema }) => level === "catalog" || schema === "bronze",
  wholeCatalog: false,
};

function grantsOf(
  on: Omit<DirectGrant, "principal" | "privilege">,
  principal: string,
  ...privileges: readonly string[]
) {
  return privileges.map((privilege): DirectGrant => ({ ...on, principal, privilege }));
}

function planned(
  grants: readonly DirectGrant[],
  { scope = whole, more = [] as readonly OwnedPlace[], runner = "root" } = {},
) {
  return planQuiesce({ grants, owners: [...owners, ...more], scope, runner });
}

describe("pitfall 16: write privileges are taken at every level that reaches the scope", () => {
  test.each([
    ["on the catalog", CATALOG, ["USE_CATALOG", "SELECT", "MODIFY"], ["MODIFY"]],
    ["on a schema", BRONZE, ["SELECT", "MODIFY", "CREATE_TABLE"], ["MODIFY", "CREATE_TABLE"]],
    ["on a table", EVENTS, ["MODIFY"], ["MODIFY"]],
    ["on a volume", LANDING, ["READ_VOLUME", "WRITE_VOLUME"], ["WRITE_VOLUME"]],
    ["inside ALL PRIVILEGES on the catalog", CATALOG, ["ALL_PRIVILEGES"], ["ALL_PRIVILEGES"]],
    ["inside ALL PRIVILEGES on a schema", BRONZE, ["ALL_PRIVILEGES"], ["ALL_PRIVILEGES"]],
    ["inside ALL PRIVILEGES on a table", EVENTS, ["ALL_PRIVILEGES"], ["ALL_PRIVILEGES"]],
    ["inside ALL PRIVILEGES on a volume", LANDING, ["ALL_PRIVILEGES"], ["ALL_PRIVILEGES"]],
    [
      "singly beside ALL PRIVILEGES",
      EVENTS,
      ["ALL_PRIVILEGES", "MODIFY", "SELECT"],
      ["ALL_PRIVILEGES", "MODIFY"],
    ],
    ["to a group", BRONZE, ["MODIFY"], ["MODIFY"]],
  ])("%s", (_, on, privileges, revoked) => {
    const { revocations } = planned(grantsOf(on, "someone", ...privileges));
    expect(revocations.map((each) => [each.principal, each.revoked])).toEqual([["someone", revoked]]);
  });

  test("and reads are not: neither alone nor beside a write", () => {
    const reads = grantsOf(BRONZE, "reader", "SELECT", "EXECUTE", "READ_VOLUME", "USE_SCHEMA");
    expect(planned(reads).revocations).toEqual([]);
    const [mixed] = planned(grantsOf(EVENTS, "writer", "SELECT", "MODIFY")).revocations;
    expect(mixed && heldDuring(mixed)).toEqual(["SELECT"]);
  });
});

test("the reads of ALL PRIVILEGES are lent, those held singly granted again, and MANAGE is left alone", () => {
  const [taken] = planned(grantsOf(EVENTS, "writer", "ALL_PRIVILEGES", "SELECT", "MANAGE")).revocations;
  expect(taken?.lent).toEqual(["APPLY_TAG"]);
  expect(taken && toGrantAgain(taken)).toEqual(["SELECT", "APPLY_TAG"]);
  expect(taken && heldDuring(taken)).toEqual(["SELECT", "MANAGE", "APPLY_TAG"]);
});

test("ALL PRIVILEGES on a view and grants on functions stay: nothing is written there", () => {
  const onFunction = { level: "function", schema: "bronze", name: "f" } as const;
  const grants = [
    ...grantsOf(VIEW, "writer", "ALL_PRIVILEGES"),
    ...grantsOf(onFunction, "writer", "ALL_PRIVILEGES"),
  ];
  expect(planned(grants).revocations).toEqual([]);
});

test("making schemas is a write only where the whole catalog is cloned", () => {
  const grants = grantsOf(CATALOG, "admin_team", "CREATE_SCHEMA");
  expect(planned(grants).revocations).toHaveLength(1);
  expect(planned(grants, { scope: bronzeOnly }).revocations).toEqual([]);
  const [all] = planned(grantsOf(CATALOG, "x", "ALL_PRIVILEGES"), { scope: bronzeOnly }).revocations;
  expect(all?.lent).toContain("CREATE_SCHEMA");
});

describe("pitfall 33: schemas outside the scope", () => {
  const gold: OwnedPlace = { level: "table", schema: "gold", name: "kpi", owner: "root" };

  test("are named when a grant on the catalog stops their writers too", () => {
    const grants = grantsOf(CATALOG, "etl", "MODIFY");
    expect(planned(grants, { scope: bronzeOnly, more: [gold] }).wide).toEqual(["gold"]);
  });

  test.each([
    ["nothing is revoked on the catalog", grantsOf(BRONZE, "etl", "MODIFY"), bronzeOnly, [gold]],
    [
      "they hold nothing",
      grantsOf(CATALOG, "etl", "MODIFY"),
      bronzeOnly,
      [{ level: "schema", schema: "gold", owner: "root" }],
    ],
    ["they are in scope", grantsOf(CATALOG, "etl", "MODIFY"), whole, [gold]],
  ] as const)("are not when %s", (_, grants, scope, more) => {
    expect(planned(grants, { scope, more }).wide).toEqual([]);
  });

  test("keep the grants that stand on them", () => {
    const grants = [
      ...grantsOf({ level: "schema", schema: "gold" }, "etl", "MODIFY"),
      ...grantsOf(gold, "etl", "ALL_PRIVILEGES"),
    ];
    expect(planned(grants, { scope: bronzeOnly, more: [gold] }).revocations).toEqual([]);
  });
});

test("who cannot be stopped by grants is named: owners, and who may grant itself anything", () => {
  const more: readonly OwnedPlace[] = [{ level: "table", schema: "bronze", name: "mine", owner: "ada" }];
  const { warnings } = planned(grantsOf(BRONZE, "grace", "MANAGE"), { more });
  expect(warnings).toEqual([
    "Quiesce cannot stop ada, who owns table prod.bronze.mine: ownership is no grant.",
    "Quiesce cannot hold grace, who may grant itself anything again by MANAGE on schema prod.bronze.",
    "Quiesce does not stop metastore admins, root itself, or writes by path to external locations.",
  ]);
});

test("what the runner itself holds stays", () => {
  expect(planned(grantsOf(EVENTS, "root", "ALL_PRIVILEGES")).revocations).toEqual([]);
});

describe("that the runner can give back what it takes is shown", () => {
  const grants = grantsOf(EVENTS, "writer", "MODIFY");

  test.each([
    ["by owning the catalog", [{ ...CATALOG, owner: "me" }], []],
    ["by owning the schema", [{ ...BRONZE, owner: "me" }], []],
    ["by owning the table", [{ ...EVENTS, owner: "me" }], []],
    ["by MANAGE on the catalog", [], grantsOf(CATALOG, "me", "MANAGE")],
    ["by MANAGE on the table", [], grantsOf(EVENTS, "me", "MANAGE")],
  ] as const)("%s", (_, more, extra) => {
    expect(planned([...grants, ...extra], { more, runner: "me" }).unproven).toEqual([]);
  });

  test("else it must be tried", () => {
    expect(planned(grants, { runner: "me" }).unproven).toEqual([EVENTS]);
  });
});
