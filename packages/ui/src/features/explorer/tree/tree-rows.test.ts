import { describe, expect, it } from "vitest";
import type { ListedObject } from "../../../api/explorer.ts";
import { idsAbove, moveOf, schemaKey, type TreeContent, treeRows, typedAhead } from "./tree-rows.ts";

const object = (name: string, type = "MANAGED"): ListedObject => ({
  kind: type === "FUNCTION" ? "function" : "table",
  type,
  name,
  note: "",
  comment: null,
});
const bronze = schemaKey("shop", "bronze");
const gold = schemaKey("shop", "gold");
const content: TreeContent = {
  catalogs: [
    { name: "shop", note: "" },
    { name: "spare", note: "" },
  ],
  schemas: new Map([
    ["shop", { state: "there", items: ["bronze", "gold"] }],
    ["spare", { state: "loading" }],
  ]),
  objects: new Map([
    [
      bronze,
      { state: "there", items: [object("orders"), object("customers"), object("orders", "FUNCTION")] },
    ],
    [gold, { state: "failed", message: "Not for you." }],
  ]),
};
const all = new Set(["shop", "spare", bronze, gold]);
const texts = (open: ReadonlySet<string>, filter?: string) =>
  treeRows(content, open, filter).map((row) =>
    row.row === "note" ? `${row.level}:(${row.text})` : `${row.level}:${row.label}`,
  );

describe("the lines of the tree", () => {
  it.each([
    ["nothing open", new Set<string>(), ["1:shop", "1:spare"]],
    ["a catalog", new Set(["shop"]), ["1:shop", "2:bronze", "2:gold", "1:spare"]],
    ["one on its way", new Set(["spare"]), ["1:shop", "1:spare", "2:(Loading)"]],
    [
      "everything",
      all,
      [
        "1:shop",
        "2:bronze",
        "3:orders",
        "3:customers",
        "3:orders",
        "2:gold",
        "3:(Not for you.)",
        "1:spare",
        "2:(Loading)",
      ],
    ],
    ["a schema whose catalog is closed", new Set([bronze]), ["1:shop", "1:spare"]],
  ])("with %s", (_, open, expected) => {
    expect(texts(open)).toEqual(expected);
  });

  it.each([
    ["ord", ["1:shop", "2:bronze", "3:orders", "3:orders"]],
    ["CUST", ["1:shop", "2:bronze", "3:customers"]],
    ["bron", ["1:shop", "2:bronze", "3:orders", "3:customers", "3:orders"]],
    ["spa", ["1:spare", "2:(Loading)"]],
    ["nothing like it", []],
  ])("with the filter %s", (filter, expected) => {
    expect(texts(all, filter)).toEqual(expected);
  });

  it("opens what the filter found although it was closed again", () => {
    expect(texts(new Set(), "cust")).toEqual(["1:shop", "2:bronze", "3:customers"]);
  });

  it("tells a table and a function of one name apart, and says where each stands among its siblings", () => {
    const rows = treeRows(content, all).filter((row) => row.row === "node" && row.label === "orders");
    expect(rows.map(({ id }) => id)).toEqual([
      `${bronze}\u0000table\u0000orders`,
      `${bronze}\u0000function\u0000orders`,
    ]);
    expect(rows).toMatchObject([
      { position: 1, siblings: 3 },
      { position: 3, siblings: 3 },
    ]);
  });
});

describe("the keyboard", () => {
  const rows = treeRows(content, new Set(["shop", bronze]));
  it.each([
    ["ArrowDown", "shop", { to: bronze }],
    ["ArrowUp", "shop", { to: "shop" }],
    ["ArrowRight", "shop", { to: bronze }],
    ["ArrowRight", gold, { open: gold }],
    ["ArrowLeft", "shop", { close: "shop" }],
    ["ArrowLeft", gold, { to: "shop" }],
    ["ArrowLeft", `${bronze}\u0000table\u0000orders`, { to: bronze }],
    ["ArrowRight", `${bronze}\u0000table\u0000orders`, undefined],
    ["Home", gold, { to: "shop" }],
    ["End", "shop", { to: "spare" }],
    ["PageDown", "shop", { to: "spare" }],
    ["Enter", gold, { choose: gold }],
    [" ", gold, { choose: gold }],
    ["x", gold, undefined],
    ["ArrowDown", "not there", undefined],
  ])("%s on %j", (key, id, expected) => {
    expect(moveOf(key, rows, id)).toEqual(expected);
  });

  it.each([
    ["shop", "s", "spare"],
    ["spare", "s", "shop"],
    ["shop", "sh", "shop"],
    ["shop", "GO", gold],
    ["shop", "zz", undefined],
  ])("from %s, %s leads to %j", (from, text, expected) => {
    expect(typedAhead(rows, from, text)).toBe(expected);
  });
});

it("leads through everything above an address", () => {
  expect(idsAbove({ catalog: "shop" })).toEqual([]);
  expect(idsAbove({ catalog: "shop", schema: "gold" })).toEqual(["shop"]);
  expect(idsAbove({ catalog: "shop", schema: "gold", object: { kind: "table", name: "x" } })).toEqual([
    "shop",
    gold,
  ]);
});
