import type { CatalogComparison } from "@clone-xs/server/contract";
import { expect, it } from "vitest";
import { csvOf } from "./export.ts";

it("writes a line for each thing that differs, and nothing that a spreadsheet would carry out", () => {
  const found: CatalogComparison = {
    source_catalog: "shop",
    destination_catalog: "copy",
    figures: { same: 0, differs: 1, only_source: 1, only_target: 0, not_compared: 0 },
    unread: [],
    objects: [
      {
        kind: "table",
        schema: "gold",
        name: "a,b",
        state: "differs",
        rows: [
          { what: "owner", state: "same", source: "ann", target: "ann" },
          { what: "comment", column: "id", state: "differs", source: '=1+1 "x"', target: "two\nlines" },
          { what: "data", state: "unknown", source: null, target: null, note: "no mark" },
        ],
      },
      {
        kind: "view",
        schema: "gold",
        name: "v",
        state: "only_source",
        rows: [{ what: "owner", state: "only_source", source: "ann", target: null }],
      },
    ],
  };
  expect(csvOf(found).split("\r\n")).toEqual([
    "kind,schema,name,state,what,column,part,source,destination,note",
    `table,gold,"a,b",differs,comment,id,,"'=1+1 ""x""","two\nlines",`,
    `table,gold,"a,b",unknown,data,,,,,no mark`,
    "view,gold,v,only_source,,,,,,",
  ]);
});
