import { describe, expect, it } from "vitest";
import { readConfiguration } from "@clone-xs/clone/config";
import { cloning, planning } from "./clone.ts";
import { curlOf } from "./equivalents.ts";

const equivalentsOf = (request: Parameters<typeof cloning>[0], needsToken = false) => {
  const { cli, yaml, call } = cloning(request);
  return { cli, yaml: yaml.text, curl: curlOf(call, { origin: "http://127.0.0.1:8080", needsToken }) };
};

const request = { source_catalog: "prod", destination_catalog: "dev" };

describe("a clone by other means", () => {
  it.each<[string, object]>([
    ["a comma in a schema's name", { include_schemas: ["a,b"] }],
    ["a space around an excluded schema's name", { exclude_schemas: [" tmp"] }],
    ["an = in a property's key", { clone_tbl_properties: { "a=b": "c" } }],
    ["a colon in a table's name", { where_clauses: { "a.`b:c`": "x" } }],
    ["a key without a flag", { enable_rollback: false }],
    [
      "what flags do not say of a target",
      { target_workspace: { connection: "a", cleanup_after_clone: true } },
    ],
    ["a fan-out to one", { target_workspaces: ["a"] }],
  ])("goes by a file where flags would say something else: %s", (_, change) => {
    const { cli } = equivalentsOf({ ...request, ...change });
    expect(cli.split("\n").at(-1)).toBe("clxs clone --config clone.yaml");
    expect(
      cli
        .split("\n")
        .slice(0, -1)
        .every((line) => line.startsWith("#")),
    ).toBe(true);
  });

  it.each<object>([
    { include_schemas: ["a,b", " c", "yes", "1e3", "#d", "- e", "null", "ü: x"] },
    { exclude_schemas: [], clone_views: false, max_parallel_queries: 3 },
    { include_tables_regex: "^(a|b)'\"\\\\d$" },
    { clone_tbl_properties: { on: "off", "a b": "", "x=y": "1: 2" } },
    {
      where_clauses: { "a.b": "day >= '2026-01-01' AND x <> \"#\"" },
      as_of_version: "1",
      location: "s3://b/c",
    },
    { include_objects: [{ schema: "a", name: "b", type: "table" }], quiesce_source: true, strict: true },
    { target_workspace: "east @2" },
    { target_workspace: { connection: "east", destination_catalog: "dev", auto_handle_masks: true } },
    {
      target_workspaces: ["east", { connection: "west", data_sync_mode: "force_full" }, "no"],
      fanout_max_parallel: 2,
    },
  ])("writes YAML that the program reads as the same request: %j", (change) => {
    const wanted = { ...request, ...change };
    const read = readConfiguration(equivalentsOf(wanted).yaml);
    expect(read.ok && read.value.request).toEqual(wanted);
  });

  it("writes the smallest request", () => {
    const request = { source_catalog: "prod", destination_catalog: "dev" };
    expect(equivalentsOf(request)).toEqual({
      cli: "clxs clone --source prod --dest dev",
      yaml: "source_catalog: prod\ndestination_catalog: dev",
      curl: `curl -X POST http://127.0.0.1:8080/api/clone \\
  -H 'Content-Type: application/json' \\
  -d '{
  "source_catalog": "prod",
  "destination_catalog": "dev"
}'`,
    });
  });

  it("has a flag for each target", () => {
    const west = {
      connection: "west coast",
      destination_catalog: "dev",
      data_sync_mode: "force_full" as const,
    };
    const wanted = { ...request, target_workspaces: ["east", west], fanout_max_parallel: 2 };
    const { cli } = equivalentsOf(wanted);
    expect(cli.split(" \\\n  ").slice(3)).toEqual([
      "--target name=east",
      "--target 'name=west coast,dest=dev,sync=force_full'",
      "--fanout-max-parallel 2",
    ]);
    const single = equivalentsOf({ ...request, target_workspace: "east" });
    expect(single.cli).toBe("clxs clone --source prod --dest dev --target name=east");
  });

  it("has a flag for what flags can say", () => {
    const wanted = {
      ...request,
      where_clauses: { "a.b": "id > 1" },
      schema_only: true,
      location: "s3://b/c",
      as_of_timestamp: "2026-01-31T12:00:00Z",
      copy_permissions: false,
      copy_security: false,
      access: "refuse" as const,
      prune: "drop" as const,
      quiesce_source: true,
      quiesce_until: "pinned" as const,
      quiesce_wide: true,
      validate_after_clone: true,
      strict: true,
      dry_run: true,
    };
    expect(equivalentsOf(wanted).cli.split(" \\\n  ").slice(3)).toEqual([
      "--where 'a.b:id > 1'",
      "--schema-only",
      "--location s3://b/c",
      "--as-of-timestamp 2026-01-31T12:00:00Z",
      "--no-permissions",
      "--no-security",
      "--access refuse",
      "--prune drop",
      "--quiesce-source",
      "--quiesce-until pinned",
      "--quiesce-wide",
      "--validate",
      "--strict",
      "--dry-run",
    ]);
  });

  it("writes everything that the page can ask for", () => {
    const request = {
      source_catalog: "prod",
      destination_catalog: "dev",
      clone_type: "SHALLOW" as const,
      load_type: "SELECTIVE" as const,
      exclude_schemas: ["default", "tmp"],
      include_tables_regex: "^dim_|it's",
      clone_views: false,
      replace_foreign: true,
      clone_tbl_properties: { "delta.logRetentionDuration": "30 days", on: "1" },
      max_parallel_queries: 3,
    };
    const { cli, yaml, curl } = equivalentsOf(request, true);
    expect(cli.split(" \\\n  ")).toEqual([
      "clxs clone",
      "--source prod",
      "--dest dev",
      "--clone-type SHALLOW",
      "--load-type SELECTIVE",
      "--exclude-schemas default,tmp",
      "--include-tables-regex '^dim_|it'\\''s'",
      "--no-views",
      "--replace-foreign",
      "--tbl-property 'delta.logRetentionDuration=30 days'",
      "--tbl-property on=1",
      "--max-parallel 3",
    ]);
    expect(yaml).toBe(`source_catalog: prod
destination_catalog: dev
clone_type: SHALLOW
load_type: SELECTIVE
exclude_schemas:
  - default
  - tmp
include_tables_regex: "^dim_|it's"
clone_views: false
replace_foreign: true
clone_tbl_properties:
  delta.logRetentionDuration: "30 days"
  "on": "1"
max_parallel_queries: 3`);
    expect(curl).toContain('-H "Authorization: Bearer $CLXS_TOKEN"');
  });

  it("plans by a file what plan has no flag for", () => {
    expect(
      planning({ ...request, dry_run: true })
        .cli?.split("\n")
        .at(-1),
    ).toBe("clxs plan --config clone.yaml");
    expect(planning(request).cli).toBe("clxs plan --source prod --dest dev");
  });
});
