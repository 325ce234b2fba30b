import type { ComparedObject, ComparedRow } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import {
  choicesOf,
  differingAspects,
  type Filters,
  idOf,
  matching,
  pathOf,
  STATES,
  treeOf,
} from "./objects.ts";

const row = (what: string, state: ComparedRow["state"], more: Partial<ComparedRow> = {}): ComparedRow => ({
  what,
  state,
  source: "a",
  target: "b",
  ...more,
});
const object = (
  kind: ComparedObject["kind"],
  name: string,
  state: ComparedObject["state"],
  more: Partial<ComparedObject> = {},
): ComparedObject => ({ kind, name, state, rows: [], ...more });

const catalog = object("catalog", "shop", "same");
const gold = object("schema", "gold", "same");
const silver = object("schema", "silver", "differs", { rows: [row("owner", "differs")] });
const spend = object("table", "spend", "differs", {
  schema: "gold",
  rows: [row("column", "same", { column: "customer" }), row("column", "differs", { column: "total" })],
});
const lost = object("view", "lost", "only_source", {
  schema: "gold",
  rows: [row("owner", "only_source", { target: null })],
});
const orders = object("table", "orders", "not_compared", {
  schema: "silver",
  rows: [row("data", "unknown")],
});
const all = [catalog, gold, spend, lost, silver, orders];
const everything: Filters = { states: STATES, kind: "", schema: "", what: "", text: "" };

describe("what is compared", () => {
  it.each<[Partial<Filters>, readonly ComparedObject[]]>([
    [{}, all],
    [{ states: ["differs", "only_source"] }, [spend, lost, silver]],
    [{ states: [] }, []],
    [{ kind: "table" }, [spend, orders]],
    [{ schema: "silver" }, [silver, orders]],
    [{ what: "owner" }, [silver]],
    [{ what: "data" }, [orders]],
    [{ text: " SPEND" }, [spend]],
    [{ text: "gold.lo" }, [lost]],
    [{ text: "customer" }, [spend]],
    [{ text: "customer", kind: "view" }, []],
  ])("is narrowed by %j", (filters, expected) => {
    expect(matching(all, { ...everything, ...filters })).toEqual(expected);
  });

  it("says which aspects differ, and none of what is at one end only", () => {
    expect(all.map(differingAspects)).toEqual([[], [], ["column"], [], ["owner"], ["data"]]);
  });

  it("offers what there is to choose from", () => {
    expect(choicesOf({ objects: all })).toEqual({
      kinds: [
        ["catalog", 1],
        ["schema", 2],
        ["table", 2],
        ["view", 1],
      ],
      schemas: [
        ["gold", 3],
        ["silver", 2],
      ],
      aspects: [
        ["column", 1],
        ["data", 1],
        ["owner", 1],
      ],
    });
  });

  it("is a tree in which a schema stands before what it holds, also when it is itself not asked for", () => {
    const shown = treeOf(all, [spend, lost, silver], new Set());
    expect(
      shown.map(({ object, level, open, below, position, siblings }) => [
        idOf(object),
        level,
        open,
        below,
        position,
        siblings,
      ]),
    ).toEqual([
      ["schema:gold", 1, true, 2, 1, 2],
      ["table:gold.spend", 2, undefined, 0, 1, 2],
      ["view:gold.lost", 2, undefined, 0, 2, 2],
      ["schema:silver", 1, undefined, 0, 2, 2],
    ]);
    const closed = treeOf(all, all, new Set(["gold"]));
    expect(closed.map(({ object, open }) => [pathOf(object), open])).toEqual([
      ["shop", undefined],
      ["gold", false],
      ["silver", true],
      ["silver.orders", undefined],
    ]);
  });
});
