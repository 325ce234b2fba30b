import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { governances, governedCatalog, shapes } from "../../../test/governed-catalogs.ts";
import {
  applied,
  cloneRequest,
  column,
  inventory,
  routine,
  schemaOf,
  table,
  view,
  volume,
} from "../../../test/inventories.ts";
import type { DirectGrant, Inventory, SchemaInventory, TagAssignment } from "../../inspect/inventory.ts";
import type { ClonePlan, Step } from "../plan.ts";
import { planClone } from "../plan-clone.ts";

const selective = cloneRequest({ load_type: "SELECTIVE" });
const governing = ({ steps }: ClonePlan) => steps.filter(({ kind }) => kind === "governance");
const operations = (plan: ClonePlan) => governing(plan).map(({ operation }) => operation);
const tags = (...rows: readonly TagAssignment[]) => ({ tags: { ok: true, rows } }) as const;
const grants = (...rows: readonly DirectGrant[]) => ({ grants: { ok: true, rows } }) as const;
const granted = (principal: string, privilege: string, more: Partial<DirectGrant> = {}): DirectGrant => ({
  level: "table",
  schema: "s",
  name: "t",
  principal,
  privilege,
  ...more,
});
const shop = (schema: Partial<SchemaInventory>, more: Partial<Inventory> = {}) =>
  inventory([schemaOf("s", schema)], more);

describe("over random catalogs", () => {
  it("plan after apply is empty, and again after the source was governed otherwise", () => {
    fc.assert(
      fc.property(shapes, governances, governances, (shape, before, after) => {
        const source = governedCatalog(shape, before);
        const first = planClone(cloneRequest(), source, undefined);
        const made = applied(first, source, undefined);
        expect(planClone(selective, source, made).steps).toEqual([]);
        const later = governedCatalog(shape, after);
        const target = applied(planClone(selective, later, made), later, made);
        expect(planClone(selective, later, target).steps).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("every statement is on the target, and every step follows those it needs", () => {
    fc.assert(
      fc.property(shapes, governances, (shape, governance) => {
        const source = governedCatalog(shape, governance);
        const { steps } = planClone(cloneRequest(), source, undefined);
        const seen = new Set<string>();
        for (const { id, object, dependsOn } of steps) {
          expect(`${object}.`.startsWith("dev.")).toBe(true);
          for (const needed of dependsOn) expect(seen).toContain(needed);
          expect(seen).not.toContain(id);
          seen.add(id);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a full load over a clone only looks whether the replaced tables kept what they had", () => {
    fc.assert(
      fc.property(shapes, governances, (shape, governance) => {
        const source = governedCatalog(shape, governance);
        const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
        const again = operations(planClone(cloneRequest(), source, made));
        expect(again.filter((one) => !("ifLost" in one) || !one.ifLost)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("tags", () => {
  const column1 = { level: "column", schema: "s", name: "t", column: "id" } as const;
  const table1 = { level: "table", schema: "s", name: "t" } as const;
  const source = shop(
    { tables: [table("s", "t")] },
    tags(
      { ...table1, tag: "a", value: "1" },
      { ...table1, tag: "b", value: "2" },
      { ...column1, tag: "pii", value: "" },
    ),
  );

  it("pitfall 24: are set by one statement for an object and one for a column", () => {
    const target = { catalog: "dev", schema: "s", name: "t" };
    expect(operations(planClone(cloneRequest(), source, undefined))).toEqual([
      { kind: "set_tags", target: { type: "table", ...target }, tags: { a: "1", b: "2" } },
      {
        kind: "set_tags",
        target: { type: "column", of: "table", ...target, column: "id" },
        tags: { pii: "" },
      },
    ]);
  });

  it("are set where they differ, and those that only the target has stay", () => {
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const rows = made.tags.ok ? made.tags.rows : [];
    const changed: Inventory = {
      ...made,
      ...tags(...rows.map((row) => (row.tag === "b" ? { ...row, value: "other" } : row)), {
        ...table1,
        tag: "own",
        value: "x",
      }),
    };
    expect(operations(planClone(selective, source, changed))).toMatchObject([{ tags: { b: "2" } }]);
  });
});

describe("grants", () => {
  it("pitfall 10: are copied where they were given, and not where they are inherited", () => {
    const source = shop(
      { tables: [table("s", "t")] },
      grants(
        granted("readers", "SELECT", { level: "schema", schema: "s", name: undefined as never }),
        granted("ann", "MODIFY"),
        granted("ann", "SELECT"),
      ),
    );
    expect(operations(planClone(cloneRequest(), source, undefined))).toEqual([
      {
        kind: "grant",
        target: { type: "schema", catalog: "dev", schema: "s" },
        principal: "readers",
        privileges: ["SELECT"],
      },
      {
        kind: "grant",
        target: { type: "table", catalog: "dev", schema: "s", name: "t" },
        principal: "ann",
        privileges: ["MODIFY", "SELECT"],
      },
    ]);
  });

  it("leave out the runner's own, and what ALL PRIVILEGES on the target gives already", () => {
    const source = shop(
      { tables: [table("s", "t")] },
      grants(granted("runner", "SELECT"), granted("ann", "SELECT"), granted("ann", "MANAGE")),
    );
    const made = applied(
      planClone(cloneRequest({ copy_permissions: false }), source, undefined),
      source,
      undefined,
    );
    const target = { ...made, ...grants(granted("ann", "ALL_PRIVILEGES")) };
    expect(operations(planClone(selective, source, target))).toMatchObject([
      { principal: "ann", privileges: ["MANAGE"] },
    ]);
  });

  it("on a container stay out where it holds what is no clone, and that is said", () => {
    const source = shop(
      { tables: [table("s", "t")] },
      grants({ level: "schema", schema: "s", principal: "readers", privilege: "SELECT" }),
    );
    const made = applied(
      planClone(cloneRequest(), shop({ tables: [table("s", "t")] }), undefined),
      source,
      undefined,
    );
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: [...one.tables, table("s", "payroll", { catalog: "dev" })],
      })),
    };
    const plan = planClone(selective, source, target);
    expect(operations(plan)).toEqual([]);
    expect(plan.residue).toMatchObject([{ object: "s", what: "grants" }]);
    expect(plan.residue[0]?.reason).toContain("s.payroll");
  });

  it("pitfall 31: wait until everything they reach is masked", () => {
    const masked = table("s", "t", {
      rowFilter: { functionName: "prod.s.only", inputColumns: ["id"] },
    });
    const steps = governing(replacedOver(masked));
    const filter = steps.find(({ operation }) => operation.kind === "set_row_filter");
    for (const grant of steps.filter(({ operation }) => operation.kind === "grant")) {
      expect(grant.dependsOn).toContain(filter?.id);
    }
    expect(steps.filter(({ operation }) => operation.kind === "grant")).toHaveLength(3);
  });

  /** A filtered target whose source is replaced: catalog, schema and table get new grants. */
  function replacedOver(filtered: ReturnType<typeof table>): ClonePlan {
    const only = routine("s", "only", "x > 0");
    const plain = shop({ tables: [table("s", "t")], functions: [only] });
    const made = applied(planClone(cloneRequest(), plain, undefined), plain, undefined);
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: one.tables.map((existing) => ({
          ...existing,
          rowFilter: { functionName: "dev.s.only", inputColumns: filtered.rowFilter?.inputColumns ?? [] },
        })),
      })),
    };
    const opened = shop(
      { tables: [table("s", "t")], functions: [only] },
      grants(
        granted("ann", "SELECT"),
        { level: "schema", schema: "s", principal: "ann", privilege: "SELECT" },
        { level: "catalog", principal: "ann", privilege: "SELECT" },
      ),
    );
    return planClone(cloneRequest(), opened, target);
  }
});

describe("masks on a target that is replaced", () => {
  it("pitfall 9: are in the plan to be looked for after the clone, column by column that is still there", () => {
    const source = shop({ tables: [table("s", "t", { columns: [column("id"), column("name", 1)] })] });
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const mask = { functionName: "sec.f.hide", usingColumns: ["id"] };
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: one.tables.map((existing) => ({
          ...existing,
          columns: [column("id"), column("name", 1, { mask }), column("gone", 2, { mask })],
        })),
      })),
    };
    expect(governing(planClone(cloneRequest(), source, target))).toMatchObject([
      {
        id: "masks:table:s.t:name",
        dependsOn: ["table:s.t"],
        operation: {
          kind: "set_mask",
          column: "name",
          function: { catalog: "sec", schema: "f", name: "hide" },
          usingColumns: ["id"],
          ifLost: true,
        },
      },
    ]);
    expect(planClone(cloneRequest({ load_type: "SELECTIVE" }), source, target).steps).toEqual([]);
  });
});

describe("constraints", () => {
  const key = (name: string) => ({ kind: "primary_key", name, columns: ["id"], rely: true }) as const;
  const reference = (name: string, parentTable: string) =>
    ({
      kind: "foreign_key",
      name,
      columns: ["id"],
      parentTable,
      parentColumns: ["id"],
      rely: false,
    }) as const;
  const source = inventory([
    schemaOf("a", {
      tables: [table("a", "x", { constraints: [key("x_pk"), reference("x_y", "prod.b.y")] })],
    }),
    schemaOf("b", {
      tables: [table("b", "y", { constraints: [key("y_pk"), reference("y_x", "prod.a.x")] })],
    }),
  ]);

  it("refer to the clone, keys before references, also where tables refer to each other", () => {
    const steps = governing(planClone(cloneRequest(), source, undefined));
    const byId = new Map(steps.map((step): [string, Step] => [step.id, step]));
    expect(byId.get("constraints:table:a.x:x_y")).toMatchObject({
      dependsOn: ["table:a.x", "table:b.y", "constraints:table:b.y:y_pk"],
      operation: { constraint: { parentTable: "dev.b.y" }, ifLost: false },
    });
    expect(byId.get("constraints:table:b.y:y_x")?.dependsOn).toContain("constraints:table:a.x:x_pk");
    expect(byId.get("constraints:table:a.x:x_pk")?.operation).toMatchObject({ constraint: { rely: true } });
  });

  it.each([
    ["a table that is left out", { exclude_schemas: ["b"] }],
    ["a table that is excluded by its name", { exclude_tables_regex: "^y$" }],
  ])("that refer to %s stand in the residue", (_, wire) => {
    const plan = planClone(cloneRequest(wire), source, undefined);
    expect(operations(plan)).toMatchObject([{ constraint: { name: "x_pk" } }]);
    expect(plan.residue).toMatchObject([{ object: "a.x", what: "constraints" }]);
    expect(plan.residue[0]?.reason).toContain("prod.b.y");
  });

  it.each([
    ["left out", { exclude_schemas: ["b"] }],
    ["excluded by its name", { exclude_tables_regex: "^y$" }],
  ])("that an earlier run made are no residue where the table they refer to is now %s", (_, wire) => {
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const existing = new Map([
      ["a.x", [key("x_pk"), reference("x_y", "dev.b.y")]],
      ["b.y", [key("y_pk"), reference("y_x", "dev.a.x")]],
    ]);
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: one.tables.map((its) => ({
          ...its,
          constraints: existing.get(`${its.schema}.${its.name}`) ?? [],
        })),
      })),
    };
    const plan = planClone(cloneRequest({ load_type: "SELECTIVE", ...wire }), source, target);
    expect([plan.steps, plan.residue]).toEqual([[], []]);
  });

  it("leave a key of the target's own, and say so", () => {
    const own = shop({ tables: [table("s", "t", { constraints: [key("pk")] })] });
    const made = applied(planClone(cloneRequest(), own, undefined), own, undefined);
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: one.tables.map((existing) => ({
          ...existing,
          constraints: [{ ...key("theirs"), columns: ["other"] }],
        })),
      })),
    };
    const plan = planClone(selective, own, target);
    expect(plan.steps).toEqual([]);
    expect(plan.residue).toMatchObject([{ object: "s.t", what: "constraints" }]);
  });
});

describe("comments", () => {
  it("pitfall 21: of views and their columns follow the source also where the view is in sync", () => {
    const shown = (comment: string, own: string) =>
      shop({
        tables: [view("s", "v", "SELECT 1 AS id", { comment, columns: [column("id", 0, { comment: own })] })],
      });
    const made = applied(planClone(cloneRequest(), shown("a", "b"), undefined), shown("a", "b"), undefined);
    expect(operations(planClone(selective, shown("new", "newer"), made))).toEqual([
      {
        kind: "set_comment",
        target: { type: "view", catalog: "dev", schema: "s", name: "v" },
        comment: "new",
      },
      {
        kind: "set_comment",
        target: { type: "column", of: "view", catalog: "dev", schema: "s", name: "v", column: "id" },
        comment: "newer",
      },
    ]);
  });

  it("of a function in sync stand in the residue: only replacing it would bring them", () => {
    const source = (comment: string) => shop({ functions: [routine("s", "f", "x", { comment })] });
    const made = applied(planClone(cloneRequest(), source("a"), undefined), source("a"), undefined);
    const plan = planClone(selective, source("b"), made);
    expect(plan.steps).toEqual([]);
    expect(plan.residue).toMatchObject([{ object: "s.f", what: "comment" }]);
  });
});

describe("pitfall 32: owners are handed over last, and only where a second run still works", () => {
  const objects = {
    tables: [table("s", "t", { owner: "team" }), view("s", "v", "SELECT 1 AS id", { owner: "team" })],
    volumes: [volume("s", "files", { owner: "team" })],
  };
  const owned = (plan: ClonePlan) =>
    governing(plan)
      .filter(({ operation }) => operation.kind === "set_owner")
      .map(({ object }) => object);

  it("to a group that the runner belongs to", () => {
    const source = shop(objects, { groups: { ok: true, rows: ["team"] } });
    expect(owned(planClone(cloneRequest(), source, undefined))).toEqual([
      "dev.s.t",
      "dev.s.files",
      "dev.s.v",
    ]);
  });

  it("to somebody else where the runner holds on the target what the next run needs; never a view", () => {
    const source = shop(objects);
    const empty = inventory([], { catalog: { ...source.catalog, name: "dev" } });
    const given = ["MANAGE", "SELECT", "MODIFY"].map((privilege) => ({
      level: "catalog" as const,
      principal: "runner",
      privilege,
    }));
    const plan = planClone(cloneRequest(), source, { ...empty, ...grants(...given) });
    expect(owned(plan)).toEqual(["dev.s.t"]);
    expect(plan.residue.filter(({ what }) => what === "owner").map(({ object }) => object)).toEqual([
      "s.files",
      "s.v",
    ]);
  });

  it("where the run itself gives a group of the runner those rights, after it has", () => {
    const rights = ["MANAGE", "SELECT", "MODIFY"].map(
      (privilege): DirectGrant => ({ level: "catalog", principal: "ops", privilege }),
    );
    const source = shop(objects, { groups: { ok: true, rows: ["ops"] }, ...grants(...rights) });
    const plan = planClone(cloneRequest(), source, undefined);
    expect(owned(plan)).toEqual(["dev.s.t"]);
    const step = governing(plan).find(({ id }) => id === "owners:table:s.t");
    expect(step?.dependsOn).toEqual(["table:s.t", "grants:catalog:prod:ops"]);
    expect(planClone(selective, source, applied(plan, source, undefined)).steps).toEqual([]);
  });

  it("and otherwise not, with the way out", () => {
    const plan = planClone(cloneRequest(), shop(objects), undefined);
    expect(owned(plan)).toEqual([]);
    expect(plan.residue.find(({ object }) => object === "s.t")).toEqual({
      object: "s.t",
      what: "owner",
      reason:
        "the copy belongs to runner: the next run would lack MANAGE, SELECT, MODIFY on it; GRANT them ON CATALOG dev TO runner and run again",
    });
  });

  it("after everything else of the object", () => {
    const source = shop(objects, {
      groups: { ok: true, rows: ["team"] },
      ...grants(granted("ann", "SELECT")),
    });
    const step = governing(planClone(cloneRequest(), source, undefined)).find(
      ({ id }) => id === "owners:table:s.t",
    );
    expect(step?.dependsOn).toEqual(["table:s.t", "grants:table:s.t:ann"]);
  });
});

describe("pitfall 23: what could not be read", () => {
  it.each(["source", "target"])("at the %s is said, and nothing is set blindly", (end) => {
    const source = shop({ tables: [table("s", "t")] }, tags({ level: "catalog", tag: "a", value: "b" }));
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const failed = { ok: false, failure: { code: "X", message: "no column tag_value" } } as const;
    const plan =
      end === "source"
        ? planClone(selective, { ...source, tags: failed }, made)
        : planClone(selective, source, { ...made, tags: failed });
    expect(plan.steps).toEqual([]);
    expect(plan.residue).toEqual([{ object: "prod", what: "tags", reason: "no column tag_value" }]);
  });
});
