import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applied,
  cloneRequest,
  column,
  history,
  inventory,
  routine,
  schemaOf,
  table,
  view,
  volume,
} from "../../test/inventories.ts";
import { diffCatalogs } from "../diff/diff-catalogs.ts";
import type { Inventory } from "../inspect/inventory.ts";
import { planClone } from "./plan-clone.ts";

const events = table("bronze", "events");
const shop = inventory([
  schemaOf("bronze", { tables: [events] }),
  schemaOf("silver", {
    tables: [view("silver", "recent", "SELECT id, prod.bronze.twice(id) AS two FROM prod.bronze.events")],
    volumes: [volume("silver", "files", { comment: "uploads" })],
  }),
  schemaOf("default"),
]);
const withFunction = (source: Inventory): Inventory => ({
  ...source,
  schemas: source.schemas.map((schema) =>
    schema.schema.schema === "bronze"
      ? { ...schema, functions: [routine("bronze", "twice", "x * 2")] }
      : schema,
  ),
});

describe("planClone to a destination that does not exist", () => {
  const plan = planClone(cloneRequest(), withFunction(shop), undefined);

  it("makes everything, each after what it needs, tables at a pinned version", () => {
    expect(plan.steps).toEqual([
      {
        id: "catalog",
        stage: "catalog",
        kind: "catalog",
        object: "dev",
        reason: "never_cloned",
        dependsOn: [],
        operation: { kind: "create_catalog", catalog: "dev", comment: null },
      },
      ...["bronze", "silver"].map((schema) => ({
        id: `schema:${schema}`,
        stage: "schemas",
        kind: "schema",
        object: `dev.${schema}`,
        reason: "never_cloned",
        dependsOn: ["catalog"],
        operation: {
          kind: "create_schema",
          catalog: "dev",
          schema,
          comment: null,
          properties: {},
          source: `prod.${schema}`,
        },
      })),
      {
        id: "function:bronze.twice",
        stage: "functions",
        kind: "function",
        object: "dev.bronze.twice",
        reason: "never_cloned",
        dependsOn: ["schema:bronze"],
        operation: {
          kind: "create_function",
          routine: { ...routine("bronze", "twice", "x * 2"), catalog: "dev" },
          replace: false,
          namespace: { catalog: "dev", schema: "bronze" },
        },
      },
      {
        id: "volume:silver.files",
        stage: "volumes",
        kind: "volume",
        object: "dev.silver.files",
        reason: "never_cloned",
        dependsOn: ["schema:silver"],
        operation: {
          kind: "create_volume",
          source: { catalog: "prod", schema: "silver", name: "files" },
          target: { catalog: "dev", schema: "silver", name: "files" },
          comment: "uploads",
          location: null,
          exists: false,
          files: 0,
          bytes: 0,
          policy: { force: false, replaceForeign: false, onTargetModified: "fail" },
          prune: false,
          validate: false,
        },
      },
      {
        id: "table:bronze.events",
        stage: "tables",
        kind: "table",
        object: "dev.bronze.events",
        reason: "never_cloned",
        dependsOn: ["schema:bronze"],
        operation: {
          kind: "clone_table",
          source: { catalog: "prod", schema: "bronze", name: "events" },
          target: { catalog: "dev", schema: "bronze", name: "events" },
          depth: "DEEP",
          version: "0",
          pin: "cut",
          extent: { rows: "all" },
          definition: null,
          comment: null,
          location: null,
          versionTimestamp: "2026-01-01T00:00:00Z",
          fingerprint: null,
          sourceTableId: "id-of-bronze.events",
          format: "DELTA",
          existing: "create",
          properties: {},
        },
      },
      {
        id: "view:silver.recent",
        stage: "views",
        kind: "view",
        object: "dev.silver.recent",
        reason: "never_cloned",
        dependsOn: ["schema:silver", "table:bronze.events", "function:bronze.twice"],
        operation: {
          kind: "create_view",
          source: { catalog: "prod", schema: "silver", name: "recent" },
          target: { catalog: "dev", schema: "silver", name: "recent" },
          text: "SELECT id, dev.bronze.twice(id) AS two FROM dev.bronze.events",
          namespace: { catalog: "dev", schema: "silver" },
          columns: [{ name: "id" }],
          comment: null,
          properties: {},
        },
      },
    ]);
  });

  it("leaves nothing out", () => {
    expect(plan.residue).toEqual([]);
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
});

describe("planClone over an earlier clone", () => {
  const source = withFunction(shop);
  const target = applied(planClone(cloneRequest(), source, undefined), source, undefined);

  it.each(["SELECTIVE", "INCREMENTAL"])("has nothing to do under %s", (load_type) => {
    expect(planClone(cloneRequest({ load_type }), source, target).steps).toEqual([]);
  });

  it("replaces every table under FULL, and only tables", () => {
    const plan = planClone(cloneRequest(), source, target);
    expect(plan.steps.map(({ id, reason, operation }) => ({ id, reason, operation }))).toMatchObject([
      { id: "table:bronze.events", reason: "in_sync", operation: { existing: "replace" } },
    ]);
  });

  it("re-clones what drifted, at its newest version", () => {
    const drifted = {
      ...source,
      histories: { "bronze.events": history("CREATE TABLE", "WRITE", "OPTIMIZE") },
    };
    const plan = planClone(cloneRequest({ load_type: "SELECTIVE" }), drifted, target);
    expect(plan.steps.map(({ id, reason, operation }) => ({ id, reason, operation }))).toMatchObject([
      {
        id: "table:bronze.events",
        reason: "version_drift",
        operation: { existing: "replace", version: "2" },
      },
    ]);
  });

  it("drops a shallow clone before it is made again, and says so", () => {
    const request = cloneRequest({ clone_type: "SHALLOW" });
    const plan = planClone(request, source, target);
    expect(plan.steps).toMatchObject([{ operation: { depth: "SHALLOW", existing: "drop_and_create" } }]);
    expect(plan.notes).toEqual([
      "dev.bronze.events: is dropped and made again, as shallow clones cannot be replaced in place; this cannot be undone.",
    ]);
  });

  it("has nothing to do when the catalogs are written in another case, then or now", () => {
    const loud = { source_catalog: "PROD", destination_catalog: "DEV" };
    const source = withFunction(shop);
    const first = planClone(cloneRequest(loud), source, undefined);
    const selective = { load_type: "SELECTIVE" };
    expect(planClone(cloneRequest(selective), source, applied(first, source, undefined)).steps).toEqual([]);
    expect(planClone(cloneRequest({ ...loud, ...selective }), source, target).steps).toEqual([]);
  });

  it.each<[string, Record<string, string>, Record<string, string>, object[]]>([
    ["set at the source", { team: "b" }, { team: "a" }, [{ team: "b" }]],
    ["added on the target", {}, { extra: "1" }, []],
    ["set by the request", { asked: "0" }, { asked: "1" }, []],
    ["of the table's own log", { "delta.inCommitTimestampEnablementVersion": "3" }, {}, []],
  ])("brings over properties that were %s, without cloning", (_, ours, theirs, set) => {
    const source = inventory([schemaOf("bronze", { tables: [table("bronze", "t", { properties: ours })] })]);
    const made = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const changed: Inventory = {
      ...made,
      schemas: made.schemas.map((schema) => ({
        ...schema,
        tables: schema.tables.map((one) => ({ ...one, properties: { ...one.properties, ...theirs } })),
      })),
    };
    const request = cloneRequest({ load_type: "SELECTIVE", clone_tbl_properties: { asked: "1" } });
    const plan = planClone(request, source, changed);
    expect(plan.decisions).toMatchObject([{ action: "keep", reason: "in_sync" }]);
    expect(plan.steps.map(({ operation }) => operation)).toEqual(
      set.map((properties) => ({
        kind: "set_properties",
        target: { type: "table", catalog: "dev", schema: "bronze", name: "t" },
        properties,
      })),
    );
    expect(plan.residue).toEqual([]);
  });

  it.each([
    ["DEEP", "SHALLOW", "the target is a deep clone and a shallow one is asked for"],
    [
      "SHALLOW",
      "DEEP",
      "the target is a shallow clone, which needs the source's files, and a deep one is asked for",
    ],
  ] as const)("does not take a %s clone for a %s one", (before, clone_type, detail) => {
    const source = inventory([schemaOf("bronze", { tables: [events] })]);
    const first = planClone(cloneRequest({ clone_type: before }), source, undefined);
    const target = applied(first, source, undefined);
    const same = planClone(cloneRequest({ clone_type: before, load_type: "SELECTIVE" }), source, target);
    expect(same.steps).toEqual([]);
    const other = planClone(cloneRequest({ clone_type, load_type: "SELECTIVE" }), source, target);
    expect(other.decisions).toMatchObject([{ action: "clone", reason: "unable_to_compare", detail }]);
    expect(other.steps).toMatchObject([{ operation: { depth: clone_type, existing: "drop_and_create" } }]);
    const grown = planClone(cloneRequest({ clone_type, load_type: "INCREMENTAL" }), source, target);
    expect(grown.steps).toEqual([]);
    const reason = `${detail}; it is left as it is`;
    expect(grown.residue).toContainEqual({ object: "bronze.events", what: "table", reason });
  });

  it("alters a view and replaces a function whose texts changed", () => {
    const changed = inventory([
      schemaOf("bronze", { tables: [events], functions: [routine("bronze", "twice", "x + x")] }),
      schemaOf("silver", { tables: [view("silver", "recent", "SELECT id FROM prod.bronze.events")] }),
    ]);
    const plan = planClone(cloneRequest({ load_type: "SELECTIVE" }), changed, target);
    expect(plan.steps.map(({ operation }) => operation)).toMatchObject([
      { kind: "create_function", replace: true },
      { kind: "alter_view", text: "SELECT id FROM dev.bronze.events", adopt: false },
    ]);
    expect(plan.notes).toEqual(["dev.bronze.twice: replacing a function drops the grants on it."]);
  });

  it("reports clones whose source is gone and leaves them", () => {
    const without = inventory([schemaOf("bronze"), schemaOf("silver")]);
    const plan = planClone(cloneRequest(), without, target);
    expect(plan.steps).toEqual([]);
    expect(plan.decisions).toMatchObject([
      { kind: "table", name: "events", action: "leave", reason: "orphaned" },
      { kind: "view", name: "recent", action: "leave", reason: "orphaned" },
    ]);
  });
});

describe("planClone over what somebody else made", () => {
  const foreign = (objects: Parameters<typeof schemaOf>[1]): Inventory => ({
    ...inventory([schemaOf("bronze", objects)]),
    catalog: { ...shop.catalog, name: "dev" },
  });
  const source = inventory([
    schemaOf("bronze", {
      tables: [events, view("bronze", "v", "SELECT 1 AS id")],
      functions: [routine("bronze", "twice", "x * 2")],
    }),
  ]);

  it.each([
    ["a table", { tables: [{ ...events, catalog: "dev" }] }, "dev.bronze.events"],
    ["a view under a table's name", { tables: [view("bronze", "events", "SELECT 2")] }, "dev.bronze.events"],
    ["a view", { tables: [view("bronze", "v", "SELECT 2 AS id")] }, "dev.bronze.v"],
    ["a function", { functions: [routine("bronze", "twice", "x * 3")] }, "dev.bronze.twice"],
  ])("pitfall 30: refuses the run because of %s", (_, objects, object) => {
    const plan = planClone(cloneRequest(), source, foreign(objects));
    expect(plan.refused.map(({ object, code }) => ({ object, code }))).toEqual([
      { object, code: "FOREIGN_TARGET" },
    ]);
  });

  it("replaces it when told to", () => {
    const target = foreign({ tables: [{ ...events, catalog: "dev" }] });
    const plan = planClone(cloneRequest({ replace_foreign: true }), source, target);
    expect(plan.refused).toEqual([]);
    expect(plan.steps.find(({ id }) => id === "table:bronze.events")).toMatchObject({
      reason: "foreign",
      operation: { existing: "replace" },
    });
  });

  it("takes an equal view and an equal function for what they should be", () => {
    const target = foreign({
      tables: [view("bronze", "v", "SELECT 1 AS id")],
      functions: [routine("bronze", "twice", " x * 2 ")],
    });
    const { refused, steps } = planClone(cloneRequest(), source, target);
    expect([refused, steps.map(({ id }) => id)]).toEqual([[], ["table:bronze.events"]]);
  });
});

describe("views and functions", () => {
  const plan = (tables: readonly ReturnType<typeof table>[], more = {}) =>
    planClone(cloneRequest(), inventory([schemaOf("s", { tables, ...more })]), undefined);

  it("pitfall 21: are made after each other, whatever their order in the listing", () => {
    const { steps } = plan([
      view("s", "a", "SELECT * FROM b"),
      view("s", "b", "SELECT * FROM prod.s.c"),
      view("s", "c", "SELECT 1 AS id"),
    ]);
    expect(steps.filter(({ kind }) => kind === "view").map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["view:s.a", ["schema:s", "view:s.b"]],
      ["view:s.b", ["schema:s", "view:s.c"]],
      ["view:s.c", ["schema:s"]],
    ]);
  });

  it("fail alone when they need themselves", () => {
    const { blocked, steps } = plan([
      view("s", "a", "SELECT * FROM b"),
      view("s", "b", "SELECT * FROM a"),
      view("s", "c", "SELECT * FROM b"),
      view("s", "d", "SELECT 1 AS id"),
    ]);
    expect(blocked.map(({ object, code }) => [object, code])).toEqual([
      ["dev.s.a", "DEPENDENCY_CYCLE"],
      ["dev.s.b", "DEPENDENCY_CYCLE"],
      ["dev.s.c", "DEPENDENCY_FAILED"],
    ]);
    expect(steps.map(({ id }) => id)).toEqual(["catalog", "schema:s", "view:s.d"]);
  });

  it("fail alone when their text cannot be understood", () => {
    const { blocked } = plan([view("s", "broken", "SELECT FROM WHERE"), view("s", "fine", "SELECT 1 AS id")]);
    expect(blocked.map(({ object, code }) => [object, code])).toEqual([
      ["dev.s.broken", "DEFINITION_NOT_UNDERSTOOD"],
    ]);
  });

  it("stand in the residue when what they need is not copied", () => {
    const masked = { mask: { functionName: "prod.s.hide", usingColumns: [] } };
    const { residue, blocked, steps } = plan([
      table("s", "people", { columns: [column("email", 0, masked)] }),
      view("s", "emails", "SELECT email FROM people"),
      view("s", "more", "SELECT email FROM emails"),
    ]);
    const people = "masked columns (email); a masked table cannot be cloned";
    expect(residue).toEqual([
      { object: "s.people", what: "table", reason: people },
      { object: "s.emails", what: "view", reason: `it needs s.people, which is not copied: ${people}` },
      {
        object: "s.more",
        what: "view",
        reason: `it needs s.emails, which is not copied: it needs s.people, which is not copied: ${people}`,
      },
    ]);
    expect([blocked, steps.map(({ id }) => id)]).toEqual([[], ["catalog", "schema:s"]]);
  });

  describe("that need what is out of scope", () => {
    const gold = cloneRequest({ include_schemas: ["gold"] });
    const source = inventory([
      schemaOf("gold", {
        tables: [
          view("gold", "sums", "SELECT count(*), max(id) FROM silver.orders"),
          view("gold", "over_sums", "SELECT * FROM gold.sums"),
          view("gold", "tables", "SELECT * FROM prod.information_schema.tables"),
        ],
        functions: [routine("gold", "f", "silver.twice(x) + abs(x)")],
      }),
    ]);
    const silver = schemaOf("silver", {
      tables: [table("silver", "orders")],
      functions: [routine("silver", "twice", "x")],
    });

    it("fail alone with the missing object's name and the way out", () => {
      const plan = planClone(gold, source, undefined);
      const missing = (name: string) => ({
        code: "DEPENDENCY_OUT_OF_SCOPE",
        message: `It needs prod.silver.${name}, whose schema the request leaves out, and dev.silver.${name} does not exist. Include the schema silver, or clone it first.`,
      });
      expect(plan.blocked).toMatchObject([
        { object: "dev.gold.f", ...missing("twice") },
        { object: "dev.gold.sums", ...missing("orders") },
        { object: "dev.gold.over_sums", code: "DEPENDENCY_FAILED" },
      ]);
      expect(plan.steps.map(({ id }) => id)).toEqual(["catalog", "schema:gold", "view:gold.tables"]);
    });

    it("are made when the target has it, or may have it", () => {
      const failure = { code: "PERMISSION_DENIED", message: "no USE SCHEMA" };
      for (const there of [silver, schemaOf("silver", { failure })]) {
        const plan = planClone(gold, source, inventory([there]));
        expect(plan.blocked).toEqual([]);
        expect(plan.steps.filter(({ kind }) => kind === "view")).toHaveLength(3);
      }
    });
  });

  it("pitfall 22: a function is made from a text that works on the target, after what it calls", () => {
    const outer = routine("s", "a", "prod.s.b(x) + 1");
    const inner = routine("s", "b", "x * 2");
    const { steps } = plan([], { functions: [outer, inner] });
    const made = steps.filter(({ kind }) => kind === "function");
    expect(made.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["function:s.a", ["schema:s", "function:s.b"]],
      ["function:s.b", ["schema:s"]],
    ]);
    expect(made[0]?.operation).toMatchObject({
      routine: { catalog: "dev", definition: "dev.s.b(x) + 1" },
      namespace: { catalog: "dev", schema: "s" },
    });
  });

  it("leave a Python body as it is", () => {
    const python = routine("s", "py", "return prod.s.x", { language: "PYTHON" });
    const { steps } = plan([], { functions: [python] });
    expect(steps.at(-1)?.operation).toMatchObject({
      routine: { definition: "return prod.s.x", catalog: "dev" },
    });
  });
});

describe("what is covered by a mask or a row filter", () => {
  const mask = { functionName: "prod.s.hide", usingColumns: [] };
  const filter = { functionName: "prod.s.only", inputColumns: ["id"] };
  const source = inventory([
    schemaOf("s", {
      tables: [
        table("s", "people", { columns: [column("id"), column("email", 1, { mask })] }),
        table("s", "rows", { rowFilter: filter }),
      ],
      functions: [routine("s", "hide", "'***'"), routine("s", "only", "x > 0")],
    }),
  ]);
  const tablesMade = (wire: object) =>
    planClone(cloneRequest(wire), source, undefined)
      .steps.filter(({ kind }) => kind === "table")
      .map(({ id }) => id);

  it("pitfall 8: is not copied with its rows to be covered afterwards: it stands in the residue", () => {
    const { residue } = planClone(cloneRequest(), source, undefined);
    expect(residue).toEqual([
      {
        object: "s.people",
        what: "table",
        reason: "masked columns (email); a masked table cannot be cloned",
      },
      {
        object: "s.rows",
        what: "table",
        reason: "its rows are filtered by prod.s.only; a filtered table cannot be cloned",
      },
    ]);
    expect(tablesMade({})).toEqual([]);
  });

  it("pitfall 31: is not copied by a query either, which would write what the runner is shown as data", () => {
    expect(tablesMade({ where_clauses: { "s.people": "id > 1", "s.rows": "id > 1" } })).toEqual([]);
  });

  it("pitfall 22: gets its mask after the function that masks, where it is made without rows", () => {
    const { steps } = planClone(cloneRequest({ schema_only: true }), source, undefined);
    const covering = steps.filter(({ stage }) => stage === "masks");
    expect(covering.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["masks:table:s.people:email", ["table:s.people", "function:s.hide"]],
      ["masks:table:s.rows", ["table:s.rows", "function:s.only"]],
    ]);
  });
});

describe("what cannot be copied or listed", () => {
  it.each([
    ["MATERIALIZED_VIEW", "pipeline"],
    ["STREAMING_TABLE", "pipeline"],
    ["FOREIGN", "another system"],
    ["METRIC_VIEW", "metric views"],
  ] as const)(
    "pitfall 4: a %s is decided on and stands in the residue, with its reason",
    (tableType, why) => {
      const source = inventory([schemaOf("s", { tables: [table("s", "odd", { tableType })] })]);
      const { decisions, residue, steps } = planClone(cloneRequest(), source, undefined);
      expect(decisions).toMatchObject([{ name: "odd", action: "impossible" }]);
      expect(residue).toEqual([
        { object: "s.odd", what: "table", reason: expect.stringContaining(why) as string },
      ]);
      expect(steps.map(({ kind }) => kind)).toEqual(["catalog", "schema"]);
    },
  );

  it("stands in the residue, aspect by aspect", () => {
    const source = inventory(
      [
        schemaOf("s", {
          tables: [
            table("s", "t", {
              owner: "ann",
              comment: "facts",
              constraints: [
                {
                  kind: "foreign_key",
                  name: "fk",
                  columns: ["id"],
                  parentTable: "other.s.p",
                  parentColumns: ["id"],
                  rely: false,
                },
              ],
            }),
          ],
          volumes: [volume("s", "ext", { volumeType: "EXTERNAL" })],
        }),
        schemaOf("default", { tables: [table("default", "lost")] }),
      ],
      {
        tags: { ok: false, failure: { code: "PERMISSION_DENIED", message: "no tags" } },
        grants: { ok: false, failure: { code: "UNRESOLVED_COLUMN", message: "no column grantee" } },
      },
    );
    expect(
      planClone(cloneRequest(), source, undefined).residue.map(({ object, what }) => [object, what]),
    ).toEqual([
      ["s.ext", "volume"],
      ["default.lost", "table"],
      ["prod", "tags"],
      ["prod", "grants"],
      ["s.t", "constraints"],
      ["s.t", "owner"],
    ]);
    const bare = {
      copy_tags: false,
      copy_permissions: false,
      copy_ownership: false,
      copy_comments: false,
      copy_constraints: false,
    };
    expect(planClone(cloneRequest(bare), source, undefined).residue.map(({ object }) => object)).toEqual([
      "s.ext",
      "default.lost",
    ]);
  });

  it("pitfall 1: is an error, not an empty schema, when a listing failed at either end", () => {
    const failure = { code: "PERMISSION_DENIED", message: "no USE SCHEMA" };
    const source = inventory([schemaOf("a", { failure }), schemaOf("b", { tables: [table("b", "t")] })]);
    const there = inventory([schemaOf("b", { failure })]);
    const plan = planClone(cloneRequest(), source, { ...there, catalog: { ...there.catalog, name: "dev" } });
    expect(plan.blocked).toEqual([
      { object: "prod.a", operation: "inspect", code: "INSPECTION_FAILED", message: "no USE SCHEMA" },
      { object: "prod.b", operation: "inspect", code: "INSPECTION_FAILED", message: "no USE SCHEMA" },
    ]);
    expect(plan.steps).toEqual([]);
  });

  it("drops orphans where that is asked, and none while the source may hide what seems gone", () => {
    const before = inventory([schemaOf("s", { tables: [table("s", "old"), table("s", "kept")] })]);
    const made = applied(planClone(cloneRequest(), before, undefined), before, undefined);
    const own = table("s", "own", { catalog: "dev" });
    const target: Inventory = {
      ...made,
      schemas: made.schemas.map((one) => ({ ...one, tables: [...one.tables, own] })),
    };
    const source = inventory([schemaOf("s", { tables: [table("s", "kept")] })]);
    const request = cloneRequest({ load_type: "SELECTIVE", prune: "drop" });
    const plan = planClone(request, source, target);
    expect(plan.steps.map(({ id, operation }) => [id, operation.kind])).toEqual([
      ["orphan:table:s.old", "drop_orphan"],
    ]);
    expect(planClone(request, source, applied(plan, source, target)).steps).toEqual([]);
    const outsider = planClone(request, { ...source, userName: "ann" }, target);
    expect(outsider.steps.filter(({ kind }) => kind === "orphan")).toEqual([]);
    expect(outsider.notes.join()).toContain("Nothing is pruned");
    const others = { prune: "drop", exclude_tables_regex: "^old$" };
    expect(planClone(cloneRequest(others), source, target).steps.map(({ kind }) => kind)).toEqual(["table"]);
  });

  it("pitfall 34: warns that somebody else than the owner may not see everything", () => {
    const source = inventory([schemaOf("s")], { userName: "ann" });
    expect(planClone(cloneRequest(), source, undefined).notes).toEqual([
      "prod belongs to runner: what ann may not see there is not cloned and not counted.",
      "Grants on what ann does not own in prod may be hidden: those are not copied, and who gains access is told without them.",
    ]);
    const grants: Inventory["grants"] = {
      ok: true,
      rows: [{ level: "catalog", principal: "team", privilege: "MANAGE" }],
    };
    const member: Inventory = { ...source, grants, groups: { ok: true, rows: ["team"] } };
    expect(planClone(cloneRequest(), member, undefined).notes).toEqual([
      expect.stringContaining("may be hidden"),
    ]);
  });

  it("says when a pattern matches no table at all", () => {
    const source = inventory([schemaOf("s", { tables: [table("s", "orders")] })]);
    const notes = (pattern: string) =>
      planClone(cloneRequest({ include_tables_regex: pattern }), source, undefined).notes;
    expect(notes("^ordrs$")).toEqual(["No table of prod in scope matches include_tables_regex ^ordrs$."]);
    expect(notes("^orders$")).toEqual([]);
  });

  it("does not say that a pattern matches nothing when what it matches did not exist yet", () => {
    const source = inventory([schemaOf("s", { tables: [table("s", "orders")] })]);
    const wire = { include_tables_regex: "^orders$", as_of_timestamp: "2019-01-01T00:00:00Z" };
    const { notes, steps } = planClone(cloneRequest(wire), source, undefined);
    expect(steps.filter(({ kind }) => kind === "table")).toEqual([]);
    expect(notes.join()).not.toContain("matches include_tables_regex");
  });

  it.each([
    ["a table where a view stands", table("s", "x"), view("s", "x", "SELECT 1 AS id"), "it is a view"],
    ["a view where a table stands", view("s", "x", "SELECT 1 AS id"), table("s", "x"), "it is a table"],
    [
      "a table where a streaming table stands",
      table("s", "x"),
      table("s", "x", { tableType: "STREAMING_TABLE" }),
      "it is a streaming table",
    ],
  ])("refuses %s, which replace_foreign cannot change", (_, ours, theirs, kind) => {
    const there = inventory([schemaOf("s", { tables: [theirs] })]);
    const target = { ...there, catalog: { ...there.catalog, name: "dev" } };
    const source = inventory([schemaOf("s", { tables: [ours] })]);
    const { refused, steps } = planClone(cloneRequest({ replace_foreign: true }), source, target);
    expect(refused).toMatchObject([{ object: "dev.s.x", code: "FOREIGN_TARGET" }]);
    expect(refused[0]?.message).toMatch(new RegExp(`\\(${kind}\\).*Drop it there`, "u"));
    expect(steps.filter(({ object }) => object === "dev.s.x")).toEqual([]);
  });

  it("says when a table cannot be pinned", () => {
    const source = inventory([schemaOf("s", { tables: [table("s", "p", { format: "PARQUET" })] })]);
    const plan = planClone(cloneRequest(), source, undefined);
    expect(plan.notes).toEqual([
      "dev.s.p: has no version that can be pinned, and stands outside the consistent cut.",
    ]);
    expect(plan.steps.at(-1)?.operation).toMatchObject({ version: null, format: "PARQUET" });
  });

  it("compares tables without versions by their files", () => {
    const source = inventory([schemaOf("s", { tables: [table("s", "p", { format: "PARQUET" })] })]);
    const first = planClone(cloneRequest(), source, undefined);
    expect(first.steps.at(-1)?.operation).toMatchObject({ version: null, fingerprint: "files" });
    const target = applied(first, source, undefined);
    const selective = cloneRequest({ load_type: "SELECTIVE" });
    expect(planClone(selective, source, target).decisions).toMatchObject([
      { name: "p", action: "keep", reason: "in_sync" },
    ]);
    const changed: Inventory = { ...source, fingerprints: { "s.p": { ok: true, fingerprint: "others" } } };
    const plan = planClone(selective, changed, target);
    expect(plan.decisions).toEqual([
      { kind: "table", schema: "s", name: "p", action: "clone", reason: "version_drift", format: "PARQUET" },
    ]);
    expect(plan.steps).toMatchObject([{ operation: { existing: "replace", fingerprint: "others" } }]);
  });
});

describe("for any catalog", () => {
  const names = fc.constantFrom("a", "b", "c", "d");
  const tables = fc.uniqueArray(
    fc.record({
      name: names,
      owner: fc.constantFrom("runner", "ann"),
      comment: fc.option(fc.constant("words"), { nil: undefined }),
      tableType: fc.constantFrom("MANAGED", "EXTERNAL", "STREAMING_TABLE"),
      format: fc.constantFrom("DELTA", "PARQUET", "CSV"),
    }),
    { selector: ({ name }) => name },
  );
  const views = fc.uniqueArray(
    fc.record({ name: names.map((name) => `v_${name}`), on: names, over: fc.boolean() }),
    { selector: ({ name }) => name },
  );
  const schemas = fc.uniqueArray(fc.record({ name: fc.constantFrom("s", "t"), tables, views }), {
    selector: ({ name }) => name,
  });
  const catalogs = schemas.map((list) =>
    inventory(
      list.map(({ name: schema, tables, views }) =>
        schemaOf(schema, {
          tables: [
            ...tables.map(({ name, comment, ...more }) =>
              table(schema, name, comment === undefined ? more : { ...more, comment }),
            ),
            ...views.map(({ name, on, over }) =>
              view(schema, name, `SELECT id FROM prod.${schema}.${over ? "v_" : ""}${on}`),
            ),
          ],
        }),
      ),
    ),
  );

  it("gives every object exactly one decision, and each decision its due", () => {
    fc.assert(
      fc.property(catalogs, (source) => {
        const plan = planClone(cloneRequest(), source, undefined);
        const objects = source.schemas.flatMap(({ tables }) =>
          tables.map(({ schema, name }) => `${schema}.${name}`),
        );
        expect(plan.decisions.map(({ schema, name }) => `${schema}.${name}`).sort()).toEqual(objects.sort());
        const made = plan.decisions.filter(({ action }) => action === "clone").length;
        expect(plan.steps.filter(({ kind }) => kind === "table" || kind === "view")).toHaveLength(made);
      }),
    );
  });

  it("leaves nothing to do once applied, and no difference that the residue does not list", () => {
    fc.assert(
      fc.property(catalogs, (source) => {
        const plan = planClone(cloneRequest(), source, undefined);
        const target = applied(plan, source, undefined);
        const again = planClone(cloneRequest({ load_type: "SELECTIVE" }), source, target);
        expect(again.steps).toEqual([]);
        const listed = new Set(plan.residue.map(({ object, what }) => `${object} ${what}`));
        const blocked = new Set(plan.blocked.map(({ object }) => object.replace(/^dev\./u, "")));
        const unlisted = diffCatalogs(source, target).differences.filter(
          ({ object, what }) => !listed.has(`${object} ${what}`) && !blocked.has(object),
        );
        expect(unlisted).toEqual([]);
      }),
    );
  });
});
