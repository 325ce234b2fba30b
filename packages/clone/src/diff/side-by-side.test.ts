import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { column, inventory, routine, schemaOf, table, view, volume } from "../../test/inventories.ts";
import type { Inventory } from "../inspect/inventory.ts";
import type { ComparedObject } from "./comparison.ts";
import { diffCatalogs } from "./diff-catalogs.ts";
import { sideBySide } from "./side-by-side.ts";

const named = (found: Inventory, name: string): Inventory => ({
  ...found,
  catalog: { ...found.catalog, name },
});
const source = (objects: Parameters<typeof schemaOf>[1], more: Partial<Inventory> = {}) => ({
  ...inventory([schemaOf("s", objects)]),
  ...more,
});
const target = (objects: Parameters<typeof schemaOf>[1], more: Partial<Inventory> = {}) =>
  named(source(objects, more), "dev");
const objectIn = (objects: readonly ComparedObject[], name: string) =>
  objects.find((object) => object.name === name);
/** What does not stand the same, in words. */
const marks = (object: ComparedObject | undefined) =>
  object?.rows
    .filter(({ state }) => state !== "same")
    .map(({ what, column: of, name, state, source: one, target: other }) =>
      [[of, what, name].filter(Boolean).join(" "), state, one, other].join(" | "),
    );

describe("sideBySide", () => {
  it("has every object of both ends with all that is compared of it", () => {
    const columns = [
      column("id", 0, { nullable: false, comment: "key" }),
      column("note", 1, { typeText: "string" }),
    ];
    const one = source({ tables: [table("s", "t", { columns, properties: { a: "1" } })] });
    const other = target({ volumes: [volume("s", "w")] });
    const { figures, objects } = sideBySide(one, other);
    expect(figures).toEqual({ same: 2, differs: 0, only_source: 1, only_target: 1, not_compared: 0 });
    expect(objects.map(({ kind, schema, name, state }) => [kind, schema, name, state])).toEqual([
      ["catalog", undefined, "prod", "same"],
      ["schema", undefined, "s", "same"],
      ["table", "s", "t", "only_source"],
      ["volume", "s", "w", "only_target"],
    ]);
    expect(objectIn(objects, "t")?.rows).toEqual([
      { what: "column", column: "id", state: "only_source", source: "bigint not null", target: null },
      { what: "comment", column: "id", state: "only_source", source: "key", target: null },
      { what: "column", column: "note", state: "only_source", source: "string", target: null },
      { what: "properties", name: "a", state: "only_source", source: "1", target: null },
      { what: "owner", state: "only_source", source: "runner", target: null },
    ]);
  });

  it("marks a column that was put in once, and those that stand elsewhere, and no others", () => {
    const [a, b, c] = [column("a"), column("b", 1), column("c", 2)];
    const put = target({
      tables: [
        table("s", "t", { columns: [a, column("x", 1), { ...b, position: 2 }, { ...c, position: 3 }] }),
      ],
    });
    const one = source({ tables: [table("s", "t", { columns: [a, b, c] })] });
    expect(
      marks(objectIn(sideBySide(one, put).objects, "t"))?.filter((mark) => !mark.startsWith("data")),
    ).toEqual(["x column | only_target |  | bigint"]);
    const swapped = target({
      tables: [
        table("s", "t", {
          columns: [
            { ...c, position: 0 },
            { ...a, position: 1 },
            { ...b, position: 2 },
          ],
        }),
      ],
    });
    expect(
      marks(objectIn(sideBySide(one, swapped).objects, "t"))?.filter((mark) => !mark.startsWith("data")),
    ).toEqual(["c column place | differs | column 3 | column 1"]);
  });

  it("says which rows could not be compared, and calls such a table neither the same nor different", () => {
    const { objects, figures } = sideBySide(
      source({ tables: [table("s", "t")] }),
      target({ tables: [table("s", "t")] }),
    );
    expect(objectIn(objects, "t")).toMatchObject({
      state: "not_compared",
      rows: [{ what: "data", state: "unknown", note: "it carries no mark of a clone" }, {}, {}],
    });
    expect(figures.not_compared).toBe(1);
  });

  it("puts tags and grants side by side one by one, and says when they could not be read", () => {
    const on = { level: "table", schema: "s", name: "v" } as const;
    const views = { tables: [view("s", "v", "SELECT 1")] };
    const one = source(views, {
      tags: {
        ok: true,
        rows: [
          { ...on, tag: "pii", value: "" },
          { ...on, tag: "team", value: "a" },
        ],
      },
      grants: {
        ok: true,
        rows: [
          { ...on, principal: "ann", privilege: "SELECT" },
          { ...on, principal: "bob", privilege: "SELECT" },
        ],
      },
    });
    const other = target(views, {
      tags: { ok: true, rows: [{ ...on, tag: "team", value: "b" }] },
      grants: {
        ok: true,
        rows: [
          { ...on, principal: "bob", privilege: "SELECT" },
          { ...on, principal: "bob", privilege: "MODIFY" },
        ],
      },
    });
    expect(marks(objectIn(sideBySide(one, other).objects, "v"))).toEqual([
      "tags pii | only_source |  | ",
      "tags team | differs | a | b",
      "grants ann | only_source | SELECT | ",
      "grants bob | only_target |  | MODIFY",
    ]);
    const failure = { code: "PERMISSION_DENIED", message: "no SELECT on tags" };
    const blind = sideBySide({ ...one, tags: { ok: false, failure } }, other);
    expect(blind.unread).toEqual([{ what: "tags", reason: "source: no SELECT on tags" }]);
    expect(marks(objectIn(blind.objects, "v"))).toEqual([
      "grants ann | only_source | SELECT | ",
      "grants bob | only_target |  | MODIFY",
    ]);
  });

  it("does not compare what a schema holds that could not be listed", () => {
    const failure = { code: "UNAVAILABLE", message: "later" };
    const one = inventory([schemaOf("s", { failure })]);
    const { objects } = sideBySide(one, target({ tables: [table("s", "t")] }));
    expect(objects.map(({ name, state }) => [name, state])).toEqual([
      ["prod", "same"],
      ["s", "not_compared"],
    ]);
  });

  it("shows texts of views and functions as the target would have them", () => {
    const one = source({
      tables: [view("s", "v", "SELECT 1 FROM prod.s.t")],
      functions: [routine("s", "f", "x + 1")],
    });
    const other = target({
      tables: [view("s", "v", "SELECT 2 FROM dev.s.t")],
      functions: [routine("s", "f", "x + 1")],
    });
    const { objects } = sideBySide(one, other);
    expect(marks(objectIn(objects, "v"))).toEqual([
      "definition | differs | SELECT 1 FROM dev.s.t | SELECT 2 FROM dev.s.t",
    ]);
    expect(objectIn(objects, "f")?.rows[0]).toMatchObject({
      state: "same",
      source: "PARAMETER x bigint\nRETURNS bigint\nLANGUAGE SQL\nx + 1",
    });
  });

  it("agrees with the list of differences, object by object", () => {
    const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
    const tableOf = fc
      .record({
        names: fc.uniqueArray(fc.constantFrom("a", "b", "c", "D"), {
          minLength: 1,
          selector: (name) => name.toLowerCase(),
        }),
        typeText: fc.constantFrom("bigint", "string"),
        comment: some(fc.constantFrom("", "x")),
        owner: fc.constantFrom("ann", "bob"),
        properties: fc.dictionary(fc.constantFrom("p", "q", "clxs.clone"), fc.constantFrom("1", "2")),
        masked: fc.boolean(),
      })
      .map(({ names, typeText, comment, owner, properties, masked }) => (catalog: string) => {
        const mask = masked ? { mask: { functionName: `${catalog}.s.m`, usingColumns: [] } } : {};
        const columns = names.map((name, place) => column(name, place, { typeText, ...mask }));
        return table("s", "t", { columns, owner, properties, ...(comment === undefined ? {} : { comment }) });
      });
    const viewOf = fc
      .constantFrom("SELECT 1", "SELECT 1;", "SELECT 2")
      .map((sql) => () => view("s", "v", sql));
    const end = fc.record({ t: some(tableOf), v: some(viewOf) });
    const found = (
      end: { t?: ((c: string) => object) | undefined; v?: (() => object) | undefined },
      catalog: string,
    ) =>
      ({ tables: [end.t?.(catalog), end.v?.()].filter((one) => one !== undefined) }) as Parameters<
        typeof schemaOf
      >[1];
    fc.assert(
      fc.property(end, end, (left, right) => {
        const [one, other] = [source(found(left, "prod")), target(found(right, "dev"))];
        const objects = sideBySide(one, other).objects;
        const differing = objects.flatMap(({ kind, schema, name, state }) =>
          state === "same" || state === "not_compared" || kind === "catalog"
            ? []
            : [`${schema ?? ""}.${name}`],
        );
        const listed = diffCatalogs(one, other).differences.map(({ object }) =>
          object.split(".", 2).join("."),
        );
        expect(new Set(differing)).toEqual(new Set(listed));
      }),
    );
  });
});
