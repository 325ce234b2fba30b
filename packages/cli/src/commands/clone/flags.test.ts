import { Command } from "commander";
import { parseCloneRequest } from "@clone-xs/clone";
import { describe, expect, it, test } from "vitest";
import { type CloneFlags, cloneFlags, cloneWire, flagOf, withFlags } from "./flags.ts";

function wireOf(...argv: readonly string[]): Readonly<Record<string, unknown>> {
  const command = cloneFlags(new Command("clone"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(["--source", "a", "--dest", "b", ...argv], { from: "user" });
  return cloneWire(command.opts<CloneFlags>());
}

const ends = { source_catalog: "a", destination_catalog: "b" };

test("only what was typed is part of the request: defaults stay with the request", () => {
  expect(wireOf()).toEqual(ends);
});

it.each<[readonly string[], Record<string, unknown>]>([
  [["--clone-type", "SHALLOW"], { clone_type: "SHALLOW" }],
  [["--load-type", "SELECTIVE"], { load_type: "SELECTIVE" }],
  [["--include-schemas", "x,y", "--include-schemas", "z"], { include_schemas: ["x", "y", "z"] }],
  [["--exclude-schemas", " x , y "], { exclude_schemas: ["x", "y"] }],
  [["--include-tables-regex", "^a"], { include_tables_regex: "^a" }],
  [["--exclude-tables-regex", "b$"], { exclude_tables_regex: "b$" }],
  [
    ["--tbl-property", "delta.logRetentionDuration=30 days", "--tbl-property", "a=b=c"],
    { clone_tbl_properties: { "delta.logRetentionDuration": "30 days", a: "b=c" } },
  ],
  [["--tbl-property", "empty="], { clone_tbl_properties: { empty: "" } }],
  [
    ["--no-views", "--no-functions", "--no-volumes"],
    { clone_views: false, clone_functions: false, clone_volumes: false },
  ],
  [["--as-of-version", "12345678901234567890"], { as_of_version: "12345678901234567890" }],
  [["--as-of-timestamp", "2026-01-31 12:00:00"], { as_of_timestamp: "2026-01-31 12:00:00" }],
  [
    ["--where", "bronze.events: id > 1", "--where", "s.t:at < TIMESTAMP '2026-01-01 00:00:00'"],
    { where_clauses: { "bronze.events": "id > 1", "s.t": "at < TIMESTAMP '2026-01-01 00:00:00'" } },
  ],
  [["--schema-only", "--location", "s3://b/p"], { schema_only: true, location: "s3://b/p" }],
  [["--no-permissions"], { copy_permissions: false }],
  [["--no-ownership"], { copy_ownership: false }],
  [["--no-tags"], { copy_tags: false }],
  [["--no-security"], { copy_security: false }],
  [["--no-constraints"], { copy_constraints: false }],
  [["--no-properties"], { copy_properties: false }],
  [["--access", "refuse"], { access: "refuse" }],
  [["--prune", "drop"], { prune: "drop" }],
  [["--no-comments"], { copy_comments: false }],
  [["--force-reclone", "--replace-foreign"], { force_reclone: true, replace_foreign: true }],
  [["--on-target-modified", "skip"], { on_target_modified: "skip" }],
  [["--max-parallel", "32"], { max_parallel_queries: 32 }],
  [["--quiesce-source"], { quiesce_source: true }],
  [
    ["--quiesce-source", "--quiesce-until", "pinned", "--quiesce-wide"],
    { quiesce_source: true, quiesce_until: "pinned", quiesce_wide: true },
  ],
  [["--validate"], { validate_after_clone: true }],
  [["--strict"], { strict: true }],
])("%j becomes %j, and the request takes it", (argv, keys) => {
  const wire = wireOf(...argv);
  expect(wire).toEqual({ ...ends, ...keys });
  expect(parseCloneRequest(wire)).toMatchObject({ ok: true });
});

describe("what does not exist is refused, never silently accepted", () => {
  it.each([
    [["--quiesce-until", "later"], "commander.invalidArgument"],
    [["--where", "bronze.events"], "commander.invalidArgument"],
    [["--where", "s.t:a", "--where", "s.t:b"], "commander.invalidArgument"],
    [["--as-of-version", "3", "--as-of-timestamp", "2026-01-31"], "commander.conflictingOption"],
    [["--access", "sometimes"], "commander.invalidArgument"],
    [["--load-type", "SOMETIMES"], "commander.invalidArgument"],
    [["--max-parallel", "0"], "commander.invalidArgument"],
    [["--max-parallel", "four"], "commander.invalidArgument"],
    [["--tbl-property", "novalue"], "commander.invalidArgument"],
  ])("%j", (argv, code) => {
    expect(() => wireOf(...argv)).toThrow(expect.objectContaining({ code }));
  });
});

it.each([
  ["destination_catalog", "--dest"],
  ["clone_tbl_properties.clxs.x", "--tbl-property"],
  ["include_tables_regex", "--include-tables-regex"],
])("messages about %s name %s", (path, flag) => {
  expect(flagOf(path)).toBe(flag);
});

it.each([
  ["Exclude it, or say replace_foreign.", "Exclude it, or say --replace-foreign."],
  ["Say on_target_modified overwrite to replace it.", "Say --on-target-modified overwrite to replace it."],
  ["c.clone_type.t and `load_type` and my_clone_type", "c.clone_type.t and `load_type` and my_clone_type"],
])("%j is told as %j", (message, told) => {
  expect(withFlags(message)).toBe(told);
});
