import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedRequest, parseCloneRequest, toWire } from "./parse.ts";

const smallest = { source_catalog: "prod", destination_catalog: "dev" };

describe("parseCloneRequest", () => {
  it("fills every default", () => {
    expect(parseCloneRequest(smallest)).toEqual({
      ok: true,
      request: {
        sourceCatalog: "prod",
        destinationCatalog: "dev",
        cloneType: "DEEP",
        loadType: "FULL",
        dryRun: false,
        scope: {
          includeSchemas: [],
          excludeSchemas: ["information_schema", "default"],
          includeObjects: [],
          views: true,
          functions: true,
          volumes: true,
        },
        copy: {
          permissions: true,
          ownership: true,
          tags: true,
          security: true,
          constraints: true,
          comments: true,
          properties: true,
        },
        asOf: { kind: "latest" },
        where: {},
        schemaOnly: false,
        prune: "report",
        access: "report",
        validate: false,
        rollback: true,
        forceReclone: false,
        replaceForeign: false,
        onTargetModified: "fail",
        tableProperties: {},
        maxWorkers: 4,
        maxParallel: 10,
        strict: false,
        targets: [],
      },
    } satisfies ParsedRequest);
  });

  it.each([
    ["clone_typ", "clone_type"],
    ["cloneType", "clone_type"],
    ["load-type", "load_type"],
    ["exclude_schema", "exclude_schemas"],
    ["quiese_source", "quiesce_source"],
  ])("pitfall 27: names the unknown key %s and the key that was meant", (key, suggestion) => {
    expect(parseCloneRequest({ ...smallest, [key]: "x" })).toEqual({
      ok: false,
      problems: [{ path: key, message: `Unknown key ${key}. Did you mean ${suggestion}?`, suggestion }],
    });
  });

  it("names an unknown key that resembles none", () => {
    expect(parseCloneRequest({ ...smallest, zebra: 1 })).toEqual({
      ok: false,
      problems: [{ path: "zebra", message: "Unknown key zebra." }],
    });
  });

  it.each([["warehouse_id", "abc"]])(
    "says that %s is not available yet instead of dropping it",
    (key, value) => {
      expect(parseCloneRequest({ ...smallest, [key]: value })).toEqual({
        ok: false,
        problems: [
          {
            path: key,
            message: `${key} = ${JSON.stringify(value)} is not available yet. Leave the key out.`,
          },
        ],
      });
    },
  );

  it("accepts values that ask for nothing of a feature that does not exist yet", () => {
    const inert = {
      where_clauses: {},
      quiesce_source: false,
      quiesce_until: "cloned",
      location: null,
      target_workspace: null,
      copy_properties: true,
    };
    expect(parseCloneRequest({ ...smallest, ...inert })).toEqual(parseCloneRequest(smallest));
  });

  it.each([
    ["the same catalog", { source_catalog: "prod", destination_catalog: "PROD" }, ["destination_catalog"]],
    ["a dot in a name", { source_catalog: "prod.x", destination_catalog: "dev" }, ["source_catalog"]],
    ["no catalogs", {}, ["source_catalog", "destination_catalog"]],
    ["no target in a list of targets", { ...smallest, target_workspaces: [] }, ["target_workspaces"]],
    ["a wrong word", { ...smallest, clone_type: "MEDIUM" }, ["clone_type"]],
    [
      "a wrong nested key",
      { ...smallest, include_objects: [{ schema: "a", name: "b", kind: "table" }] },
      ["include_objects[0].type", "include_objects[0].kind"],
    ],
    ["a place that is none", { ...smallest, location: "bucket/copies" }, ["location"]],
    ["a moment that is none", { ...smallest, as_of_timestamp: "last week" }, ["as_of_timestamp"]],
    ["a condition that is none", { ...smallest, where_clauses: { "s.t": "id >" } }, ["where_clauses.s.t"]],
    [
      "rows left out of a shallow clone",
      { ...smallest, clone_type: "SHALLOW", where_clauses: { "s.t": "true" } },
      ["where_clauses"],
    ],
    [
      "no rows of a shallow clone",
      { ...smallest, clone_type: "SHALLOW", schema_only: true },
      ["schema_only"],
    ],
    [
      "no rows of some rows of another day",
      { ...smallest, schema_only: true, where_clauses: { "s.t": "true" }, as_of_version: 1 },
      ["schema_only", "schema_only"],
    ],
    ["two moments", { ...smallest, as_of_timestamp: "2026-01-31", as_of_version: 1 }, ["as_of_version"]],
    ["a broken pattern", { ...smallest, include_tables_regex: "(" }, ["include_tables_regex"]],
    [
      "our own property",
      { ...smallest, clone_tbl_properties: { "clxs.clone": "x" } },
      ["clone_tbl_properties.clxs.clone"],
    ],
    [
      "both kinds of target",
      { ...smallest, target_workspace: "a", target_workspaces: ["b"] },
      ["target_workspaces"],
    ],
    ["no object", [], [""]],
  ])("points at %s", (_, wire, paths) => {
    const parsed = parseCloneRequest(wire);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual(paths);
  });

  it("accepts names with quotes, backticks and emoji", () => {
    expect(parseCloneRequest({ source_catalog: "a`b'c", destination_catalog: "📦" }).ok).toBe(true);
  });

  it("comes back unchanged from its own wire form", () => {
    const flags = fc.record({
      clone_type: fc.constantFrom("DEEP", "SHALLOW"),
      load_type: fc.constantFrom("FULL", "INCREMENTAL", "SELECTIVE"),
      dry_run: fc.boolean(),
      include_schemas: fc.array(fc.string({ minLength: 1 })),
      exclude_schemas: fc.array(fc.string({ minLength: 1 })),
      include_tables_regex: fc.constantFrom("^a", "b+"),
      copy_tags: fc.boolean(),
      clone_views: fc.boolean(),
      where_clauses: fc.constantFrom(
        {},
        { "s.t": "id > 1" },
        { "S.`od d`": "x = 'y'" },
        { "prod.s.u": "true" },
      ),
      location: fc.constantFrom(null, "s3://bucket/copies"),
      on_target_modified: fc.constantFrom("fail", "skip", "overwrite"),
      clone_tbl_properties: fc.dictionary(fc.stringMatching(/^[a-b.]+$/u), fc.string()),
      max_parallel_queries: fc.integer({ min: 1, max: 256 }),
      strict: fc.boolean(),
    });
    fc.assert(
      fc.property(flags, (wire) => {
        const shallow = wire.clone_type === "SHALLOW" ? { where_clauses: {} } : {};
        const first = parseCloneRequest({ ...smallest, ...wire, ...shallow });
        expect(first.ok).toBe(true);
        expect(first.ok && parseCloneRequest(toWire(first.request))).toEqual(first);
      }),
    );
  });
});
