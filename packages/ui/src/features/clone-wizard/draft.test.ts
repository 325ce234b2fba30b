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
    ["a quiesce", { quiesce: true }, { quiesce_source: true }],
    ["how long, without a quiesce", { quiesceUntil: "pinned", quiesceWide: true }, {}],
    [
      "a short and wide quiesce",
      { quiesce: true, quiesceUntil: "pinned", quiesceWide: true },
      { quiesce_source: true, quiesce_until: "pinned", quiesce_wide: true },
    ],
    [
      "a time, and a version typed before",
      { asOf: "timestamp", asOfTimestamp: " 2026-01-31 ", asOfVersion: "3" },
      { as_of_timestamp: "2026-01-31" },
    ],
    [
      "a version",
      { asOf: "version", asOfVersion: "9007199254740993" },
      { as_of_version: "9007199254740993" },
    ],
    ["no rows", { schemaOnly: true }, { schema_only: true }],
    [
      "some rows, empty lines left out",
      {
        conditions: [
          { table: " a.b ", predicate: " id > 1 " },
          { table: "", predicate: "" },
        ],
      },
      { where_clauses: { "a.b": "id > 1" } },
    ],
    ["a place", { location: " s3://b/c " }, { location: "s3://b/c" }],
    ["no grants", { copyPermissions: false }, { copy_permissions: false }],
    ["no masks", { copySecurity: false }, { copy_security: false }],
    ["no properties", { copyProperties: false }, { copy_properties: false }],
    ["nobody gains access", { access: "refuse" }, { access: "refuse" }],
    ["no orphans", { prune: "drop" }, { prune: "drop" }],
    ["no record", { rollback: false }, { enable_rollback: false }],
    ["strict", { strict: true }, { strict: true }],
    [
      "only some objects",
      { objects: [{ schema: "a", name: "b.c", type: "view" }] },
      { include_objects: [{ schema: "a", name: "b.c", type: "view" }] },
    ],
    ["listings at once", { maxWorkers: 2 }, { max_workers: 2 }],
    ["a comparison afterwards", { validate: true }, { validate_after_clone: true }],
    ["what has no control", { carried: { warehouse_id: "w" } }, { warehouse_id: "w" }],
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
    ["no listing at all", { maxWorkers: 65 }, ["maxWorkers"]],
    ["half a statement", { maxParallel: 1.5 }, ["maxParallel"]],
    ["a property and an empty line", { properties: [property("a.b", ""), property("", "")] }, []],
    ["a key with =", { properties: [property("a=b", "c")] }, ["properties"]],
    ["a value with =", { properties: [property("a", "b=c")] }, []],
    ["a value without a key", { properties: [property(" ", "c")] }, ["properties"]],
    ["a key twice", { properties: [property("a", "1"), property(" a ", "2")] }, ["properties"]],
    ["a good condition", { conditions: [{ table: "a.b", predicate: "x" }] }, []],
    ["a condition on no table", { conditions: [{ table: "", predicate: "x" }] }, ["conditions"]],
    ["a table without a schema", { conditions: [{ table: "b", predicate: "x" }] }, ["conditions"]],
    ["a table without a condition", { conditions: [{ table: "a.b", predicate: " " }] }, ["conditions"]],
    [
      "a table twice",
      {
        conditions: [
          { table: "a.b", predicate: "x" },
          { table: "A.B", predicate: "y" },
        ],
      },
      ["conditions"],
    ],
    [
      "rows of a shallow clone",
      { cloneType: "SHALLOW", conditions: [{ table: "a.b", predicate: "x" }] },
      ["conditions"],
    ],
    ["no time", { asOf: "timestamp" }, ["asOfTimestamp"]],
    ["a good time", { asOf: "timestamp", asOfTimestamp: "2026-01-31T12:00:00.5+01:00" }, []],
    ["no version", { asOf: "version", asOfVersion: "-1" }, ["asOfVersion"]],
    ["no rows of a shallow clone", { schemaOnly: true, cloneType: "SHALLOW" }, ["schemaOnly"]],
    ["no rows of a version", { schemaOnly: true, asOf: "version", asOfVersion: "1" }, ["schemaOnly"]],
    ["a reserved key", { properties: [property("CLXS.x", "1")] }, ["properties"]],
  ])("%s", (_, change, fields) => {
    expect(Object.keys(problemsOf({ ...draft, ...change }))).toEqual(fields);
  });
});

it("asks anew whether an earlier request was a dry run", () => {
  const request = { source_catalog: "prod", destination_catalog: "dev", dry_run: true };
  expect(toRequest(fromRequest(request))).toEqual({ source_catalog: "prod", destination_catalog: "dev" });
});
