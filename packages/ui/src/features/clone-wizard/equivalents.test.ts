import { describe, expect, it } from "vitest";
import { equivalentsOf } from "./equivalents.ts";

const origin = "http://127.0.0.1:8080";

describe("equivalentsOf", () => {
  it("writes the smallest request", () => {
    const request = { source_catalog: "prod", destination_catalog: "dev" };
    expect(equivalentsOf(request, origin, false)).toEqual({
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
    const { cli, yaml, curl } = equivalentsOf(request, origin, true);
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
});
