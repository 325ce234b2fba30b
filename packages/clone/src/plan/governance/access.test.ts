import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { governances, governedCatalog, shapes } from "../../../test/governed-catalogs.ts";
import {
  applied,
  cloneRequest,
  inventory,
  routine,
  schemaOf,
  table,
  volume,
} from "../../../test/inventories.ts";
import type { DirectGrant, Inventory } from "../../inspect/inventory.ts";
import { exitCodeOf } from "../../summarize/exit-code.ts";
import { planClone } from "../plan-clone.ts";

const READ = { table: "SELECT", function: "EXECUTE", volume: "READ_VOLUME" } as const;

/** What each name may read, as a workspace decides it: use of both containers, and the privilege, wherever it was granted. */
function readable(end: Inventory, names: readonly string[]): ReadonlySet<string> {
  const rows = end.grants.ok ? end.grants.rows : [];
  const holds = (
    names: readonly string[],
    privilege: string,
    schema?: string,
    name?: string,
    level?: string,
  ) =>
    rows.some(
      (row) =>
        names.includes(row.principal) &&
        (row.privilege === privilege || row.privilege === "ALL_PRIVILEGES") &&
        (row.level === "catalog" ||
          (row.level === "schema" && row.schema === schema) ||
          (row.level === level && row.schema === schema && row.name === name)),
    );
  const found = end.schemas.flatMap(({ schema, tables, functions, volumes }) => {
    const objects = [
      ...tables.map((one) => ["table", one] as const),
      ...functions.map((one) => ["function", one] as const),
      ...volumes.map((one) => ["volume", one] as const),
    ];
    return objects.flatMap(([level, { name, owner }]) =>
      names
        .filter((principal) => {
          const all = [principal, "account users"];
          const uses =
            (all.includes(end.catalog.owner) || holds(all, "USE_CATALOG")) &&
            (all.includes(schema.owner) || holds(all, "USE_SCHEMA", schema.schema));
          return uses && (all.includes(owner) || holds(all, READ[level], schema.schema, name, level));
        })
        .map((principal) => JSON.stringify([principal, level, schema.schema, name])),
    );
  });
  return new Set(found);
}

const NAMES = ["readers", "account users", "ann@example.com", "o'neil `x`"];
const wider = (target: Inventory, source: Inventory) => {
  const allowed = readable(source, NAMES);
  return [...readable(target, NAMES)].filter((one) => !allowed.has(one));
};

describe("access over random catalogs", () => {
  it("is never wider on a fresh target than at the source, and the plan names nobody", () => {
    fc.assert(
      fc.property(shapes, governances, (shape, governance) => {
        const source = governedCatalog(shape, governance);
        const plan = planClone(cloneRequest({ access: "refuse" }), source, undefined);
        expect(plan.access).toEqual([]);
        expect(plan.refused).toEqual([]);
        expect(wider(applied(plan, source, undefined), source)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("that an existing target widens is named: with no names in the plan nobody reads more", () => {
    fc.assert(
      fc.property(shapes, governances, governances, (shape, before, after) => {
        const earlier = governedCatalog(shape, before);
        const made = applied(planClone(cloneRequest(), earlier, undefined), earlier, undefined);
        const source = governedCatalog(shape, after);
        const plan = planClone(cloneRequest({ load_type: "SELECTIVE" }), source, made);
        const gained = wider(applied(plan, source, made), source);
        const named = new Set(plan.access.map(({ principal }) => principal));
        for (const one of gained) {
          const [principal] = JSON.parse(one) as [string];
          expect(named.has(principal) || named.has("account users")).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("who gains access", () => {
  const source = inventory([
    schemaOf("s", {
      tables: [table("s", "t"), table("s", "u")],
      functions: [routine("s", "f", "x")],
      volumes: [volume("s", "v")],
    }),
  ]);
  const grant = (principal: string, privilege: string, more: Partial<DirectGrant> = {}): DirectGrant => ({
    level: "catalog",
    principal,
    privilege,
    ...more,
  });
  const onTarget = (...rows: readonly DirectGrant[]): Inventory => ({
    ...inventory([]),
    catalog: { name: "dev", owner: "runner", catalogType: "MANAGED_CATALOG", properties: {} },
    grants: { ok: true, rows },
  });
  const gains = (target: Inventory, ...rows: readonly DirectGrant[]) =>
    planClone(cloneRequest(), { ...source, grants: { ok: true, rows } }, target).access;

  it("by a grant on the existing catalog, which all that is cloned into it inherits", () => {
    expect(gains(onTarget(grant("devs", "SELECT"), grant("devs", "USE_CATALOG")))).toEqual([
      { principal: "devs", object: "dev", privileges: ["USE_CATALOG", "SELECT"] },
    ]);
    expect(gains(onTarget(grant("devs", "ALL_PRIVILEGES")))).toEqual([
      {
        principal: "devs",
        object: "dev",
        privileges: [
          "USE_CATALOG",
          "USE_SCHEMA",
          "SELECT",
          "MODIFY",
          "READ_VOLUME",
          "WRITE_VOLUME",
          "EXECUTE",
        ],
      },
    ]);
  });

  it("only to what the source does not let them read", () => {
    const all = grant("devs", "SELECT", { level: "table", schema: "s", name: "t" });
    expect(gains(onTarget(grant("devs", "SELECT")), all)).toEqual([
      { principal: "devs", object: "dev.s.u", privileges: ["SELECT"] },
    ]);
    expect(gains(onTarget(grant("devs", "SELECT")), grant("account users", "SELECT"))).toEqual([]);
    expect(gains(onTarget(grant("devs", "MODIFY")), grant("devs", "SELECT"))).toEqual([]);
  });

  it("where nothing but the use of the catalog fenced data off", () => {
    const fenced = grant("account users", "SELECT", { level: "schema", schema: "s" });
    expect(gains(onTarget(grant("everyone", "USE_CATALOG")), fenced)).toEqual([
      { principal: "everyone", object: "dev", privileges: ["USE_CATALOG"] },
    ]);
    expect(gains(onTarget(grant("everyone", "USE_CATALOG")))).toEqual([]);
  });

  it("by owning what is replaced on the target", () => {
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({
        ...one,
        tables: one.tables.map((two) => (two.name === "t" ? { ...two, owner: "devs" } : two)),
      })),
    };
    expect(gains(target)).toEqual([{ principal: "devs", object: "dev.s.t", privileges: ["OWNER"] }]);
  });

  it("refuses the run, with exit code 3, where that is asked, also when it cannot be told", () => {
    const request = cloneRequest({ access: "refuse" });
    const { refused } = planClone(request, source, onTarget(grant("devs", "SELECT")));
    expect(refused).toMatchObject([{ object: "dev", operation: "access", code: "ACCESS_WIDENED" }]);
    expect(refused[0]?.message).toContain("devs SELECT on dev");
    expect(exitCodeOf({ status: "failed", errors: refused, residue: [] })).toBe(3);
    const unread: Inventory = {
      ...onTarget(),
      grants: { ok: false, failure: { code: "X", message: "no column grantee" } },
    };
    expect(planClone(request, source, unread).refused).toMatchObject([{ code: "ACCESS_WIDENED" }]);
    const told = planClone(cloneRequest(), source, unread);
    expect(told.refused).toEqual([]);
    expect(told.notes.join()).toContain("cannot be told");
  });
});
