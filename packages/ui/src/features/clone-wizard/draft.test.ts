import { describe, expect, it } from "vitest";
import { type Draft, emptyDraft, fromRequest, problemsOf, toRequest } from "./draft.ts";

const draft: Draft = { ...emptyDraft, source: "prod", destination: "dev" };

const property = (key: string, value: string) => ({ key, value });

describe("toRequest", () => {
  it("sends the two names when everything else is as the engine has it", () => {
    expect(toRequest(draft)).toEqual({ source_catalog: "prod", destination_catalog: "dev" });
  });

  it.each<[string, Partial<Draft>, object]>([
    ["shallow", { cloneType: "SHALLOW" }, { clone_type: "SHALLOW" }],
    ["selective", { loadType: "SELECTIVE" }, { load_type: "SELECTIVE" }],
    ["only some schemas", { scope: "only", included: ["bronze"] }, { include_schemas: ["bronze"] }],
    ["one more excluded", { excluded: ["default", "tmp"] }, { exclude_schemas: ["default", "tmp"] }],
    ["none excluded", { excluded: [] }, { exclude_schemas: [] }],
    ["the default order does not matter", { excluded: ["default", "information_schema"] }, {}],
    ["a pattern", { includeTables: "^dim_" }, { include_tables_regex: "^dim_" }],
    ["a pattern to leave out", { excludeTables: "_tmp$" }, { exclude_tables_regex: "_tmp$" }],
    ["no views", { views: false }, { clone_views: false }],
    ["no functions", { functions: false }, { clone_functions: false }],
    ["no volumes", { volumes: false }, { clone_volumes: false }],
    ["overwrite", { onTargetModified: "overwrite" }, { on_target_modified: "overwrite" }],
    ["foreign", { replaceForeign: true }, { replace_foreign: true }],
    ["again", { forceReclone: true }, { force_reclone: true }],
    [
      "properties, empty rows left out",
      {
        properties: [
          { key: " delta.x ", value: "30 days" },
          { key: "", value: "" },
        ],
      },
      { clone_tbl_properties: { "delta.x": "30 days" } },
    ],
    ["parallel", { maxParallel: 3 }, { max_parallel_queries: 3 }],
  ])("%s", (_, change, expected) => {
    const request = toRequest({ ...draft, ...change });
    expect(request).toEqual({ source_catalog: "prod", destination_catalog: "dev", ...expected });
    expect(toRequest(fromRequest(request))).toEqual(request);
  });
});

describe("problemsOf", () => {
  it.each<[string, Partial<Draft>, string[]]>([
    ["a good draft", {}, []],
    ["nothing chosen", { source: "", destination: "" }, ["source", "destination"]],
    ["the source itself", { destination: "PROD" }, ["destination"]],
    ["a dot", { destination: "a.b" }, ["destination"]],
    ["no schema", { scope: "only" }, ["included"]],
    ["a broken pattern", { includeTables: "(" }, ["includeTables"]],
    ["no statements at all", { maxParallel: 0 }, ["maxParallel"]],
    ["half a statement", { maxParallel: 1.5 }, ["maxParallel"]],
    ["a property and an empty line", { properties: [property("a.b", ""), property("", "")] }, []],
    ["a key with =", { properties: [property("a=b", "c")] }, ["properties"]],
    ["a value with =", { properties: [property("a", "b=c")] }, []],
    ["a value without a key", { properties: [property(" ", "c")] }, ["properties"]],
    ["a key twice", { properties: [property("a", "1"), property(" a ", "2")] }, ["properties"]],
    ["a reserved key", { properties: [property("CLXS.x", "1")] }, ["properties"]],
  ])("%s", (_, change, fields) => {
    expect(Object.keys(problemsOf({ ...draft, ...change }))).toEqual(fields);
  });
});
