import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedRequest, parseCloneRequest } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import type { FingerprintRead, HistoryEntry, HistoryRead } from "../inspect/inventory.ts";
import { changeOf, newestChange } from "./change.ts";
import { impossibleReason } from "./cloneable.ts";
import { decideTable } from "./decide.ts";
import { judgeTable } from "./judge.ts";
import { isCloneOf, readStamp, STAMP_PROPERTY, type Stamp, writeStamp } from "./provenance.ts";
import { exclusionReason, schemaInScope } from "./scope.ts";
import { type Table } from "@clone-xs/unity";

const source: Table = {
  catalog: "prod",
  schema: "bronze",
  name: "events",
  tableType: "MANAGED",
  format: "DELTA",
  owner: "me",
  columns: [],
  properties: {},
  tableId: "id-1",
  constraints: [],
  updatedAt: 0,
};
const targetName = { catalog: "dev", schema: "bronze", name: "events" };
const stamp: Stamp = {
  run: "r1",
  step: "table:bronze.events",
  source: "prod.bronze.events",
  sourceId: "id-1",
  version: "3",
  versionTimestamp: "t3",
  fingerprint: null,
  target: "dev.bronze.events",
};
const cloned = (changes: Partial<Stamp> = {}): Table => ({
  ...source,
  catalog: "dev",
  properties: { [STAMP_PROPERTY]: writeStamp({ ...stamp, ...changes }) },
});
const entry = (version: number, operation: string, metrics: Record<string, string> = {}): HistoryEntry => ({
  version: String(version),
  timestamp: `t${version}`,
  operation,
  parameters: {},
  metrics,
});
/** Newest first: the last operation has the highest version. */
const history = (operations: readonly string[], first = 0): HistoryRead => ({
  ok: true,
  entries: operations.map((operation, i) => entry(first + i, operation)).toReversed(),
  complete: first === 0,
});
const upTo3 = ["CREATE TABLE", "WRITE", "WRITE", "WRITE"];
const freshTarget = history(["CLONE"]);
const LONG = ["CLONE", ...Array.from({ length: 9 }, () => "OPTIMIZE")];

function request(wire: object = {}): CloneRequest {
  const parsed: ParsedRequest = parseCloneRequest({
    source_catalog: "prod",
    destination_catalog: "dev",
    ...wire,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

describe("changeOf", () => {
  it.each([
    ["WRITE", {}, "data"],
    ["RESTORE", {}, "data"],
    ["SOMETHING NEW", {}, "data"],
    ["OPTIMIZE", {}, "none"],
    ["VACUUM END", {}, "none"],
    ["COMPUTE STATS", {}, "none"],
    ["SET TBLPROPERTIES", {}, "none"],
    ["ADD COLUMNS", {}, "schema"],
    ["DELETE", { numDeletedRows: "0", numRemovedFiles: "0" }, "none"],
    ["DELETE", { numRemovedFiles: "0" }, "data"],
    ["MERGE", { numTargetRowsInserted: "0", numTargetRowsUpdated: "0", numTargetRowsDeleted: "0" }, "none"],
    ["MERGE", { numTargetRowsInserted: "1", numTargetRowsUpdated: "0", numTargetRowsDeleted: "0" }, "data"],
  ] as const)("%s %j changes %s", (operation, metrics, expected) => {
    expect(changeOf(entry(1, operation, metrics))).toBe(expected);
  });

  it("finds the newest version that changed something", () => {
    const read = history([...upTo3, "OPTIMIZE", "VACUUM START"]);
    expect(read.ok && newestChange(read.entries)).toBe("3");
  });
});

describe("judgeTable", () => {
  const judge = (
    target: Table | undefined,
    sourceHistory: HistoryRead | undefined,
    targetHistory: HistoryRead | undefined = freshTarget,
    changedSource: Table = source,
  ) =>
    judgeTable({
      source: changedSource,
      target,
      targetName,
      sourceHistory,
      sourceFingerprint: undefined,
      targetHistory,
    });

  it.each([
    ["never_cloned", undefined, upTo3, freshTarget],
    ["in_sync", cloned(), upTo3, freshTarget],
    ["in_sync", cloned(), [...upTo3, "OPTIMIZE", "VACUUM START", "SET TBLPROPERTIES"], freshTarget],
    ["version_drift", cloned(), [...upTo3, "WRITE"], freshTarget],
    ["version_drift", cloned(), [...upTo3, "WRITE", "ADD COLUMNS"], freshTarget],
    ["schema_drift", cloned(), [...upTo3, "OPTIMIZE", "ADD COLUMNS"], freshTarget],
    ["target_modified", cloned(), upTo3, history(["CLONE", "DELETE"])],
    ["target_modified", cloned(), [...upTo3, "WRITE"], history(["CLONE", "RESTORE", "OPTIMIZE"])],
    ["in_sync", cloned(), upTo3, history(["CLONE", "WRITE", "CLONE", "OPTIMIZE"])],
    ["source_recreated", cloned(), ["CREATE TABLE", "WRITE"], freshTarget],
    ["source_recreated", cloned({ versionTimestamp: "t-other" }), upTo3, freshTarget],
    ["foreign", { ...cloned(), properties: {} }, upTo3, freshTarget],
    ["foreign", cloned({ source: "other.bronze.events" }), upTo3, freshTarget],
    ["foreign", cloned({ target: "elsewhere.bronze.events" }), upTo3, freshTarget],
    ["foreign", { ...cloned(), properties: { [STAMP_PROPERTY]: "not json" } }, upTo3, freshTarget],
    ["unable_to_compare", cloned({ version: null }), upTo3, freshTarget],
  ] as const)("%s", (reason, target, operations, targetHistory) => {
    expect(judge(target, history(operations), targetHistory).reason).toBe(reason);
  });

  it.each([
    ["the target has versions of its own", "in_sync", upTo3, ["CLONE", "OPTIMIZE"]],
    ["the target has more versions than the source", "version_drift", [...upTo3, "WRITE"], LONG],
    ["the source was compacted since", "in_sync", [...upTo3, "OPTIMIZE", "OPTIMIZE"], ["CLONE"]],
    ["the source was vacuumed since", "in_sync", [...upTo3, "VACUUM START", "VACUUM END"], ["CLONE"]],
  ] as const)("pitfall 12: when %s it is %s", (_, reason, operations, targetOperations) => {
    expect(judge(cloned(), history(operations), history(targetOperations)).reason).toBe(reason);
  });

  it("calls a range that is no longer wholly in the history drift", () => {
    expect(judge(cloned(), history(["OPTIMIZE", "OPTIMIZE"], 9))).toEqual({
      reason: "version_drift",
      sourceVersion: "9",
      clonedVersion: "3",
    });
    expect(judge(cloned(), history(["OPTIMIZE", "OPTIMIZE"], 4)).reason).toBe("in_sync");
  });

  it.each([
    ["in_sync", "2026-01-01T00:00:00.003Z"],
    ["source_recreated", "2026-01-01T00:00:05.000Z"],
  ])("answers %s when the commit that was cloned shows the time %s", (reason, timestamp) => {
    const read = history(upTo3);
    const dated = read.ok ? { ...read, entries: read.entries.map((e) => ({ ...e, timestamp })) } : read;
    expect(judge(cloned({ versionTimestamp: "2026-01-01T00:00:00.000Z" }), dated).reason).toBe(reason);
  });

  it("sees another source table behind the same name", () => {
    expect(judge(cloned(), history(upTo3), freshTarget, { ...source, tableId: "id-2" }).reason).toBe(
      "source_recreated",
    );
  });

  it("says why it cannot compare", () => {
    const failure = { code: "STATEMENT_FAILED", message: "log is broken" };
    expect(judge(cloned(), { ok: false, failure })).toEqual({
      reason: "unable_to_compare",
      detail: "log is broken",
      clonedVersion: "3",
    });
    expect(judge(cloned(), undefined).reason).toBe("unable_to_compare");
    expect(judge(cloned(), history(upTo3), { ok: false, failure }).reason).toBe("unable_to_compare");
  });

  const files = { ...source, format: "PARQUET" };
  const listed = (fingerprint: string): FingerprintRead => ({ ok: true, fingerprint });
  const ofFiles = cloned({ version: null, versionTimestamp: null, fingerprint: "f1" });
  const unlisted = cloned({ version: null });
  const shared = { ...source, format: "DELTASHARING" };
  const failed = { ok: false, failure: { code: "STATEMENT_FAILED", message: "no such bucket" } } as const;
  it.each([
    ["never_cloned", undefined, listed("f1"), freshTarget, files],
    ["in_sync", ofFiles, listed("f1"), freshTarget, files],
    ["version_drift", ofFiles, listed("f2"), freshTarget, files],
    ["target_modified", ofFiles, listed("f1"), history(["CLONE", "WRITE"]), files, "WRITE at version 1"],
    ["source_recreated", ofFiles, listed("f1"), freshTarget, { ...files, tableId: "id-2" }],
    ["unable_to_compare", ofFiles, failed, freshTarget, files, "no such bucket"],
    ["unable_to_compare", ofFiles, listed("f1"), failed, files, "no such bucket"],
    [
      "unable_to_compare",
      unlisted,
      listed("f1"),
      freshTarget,
      files,
      "the files that were cloned are not known",
    ],
    ["unable_to_compare", ofFiles, undefined, freshTarget, shared, "the source has no versions"],
  ] as const)(
    "%s of a source known by its files",
    (reason, target, read, targetHistory, from, detail?: string) => {
      const judged = judgeTable({
        source: from,
        target,
        targetName,
        sourceHistory: undefined,
        sourceFingerprint: read,
        targetHistory,
      });
      expect(judged).toEqual(detail === undefined ? { reason } : { reason, detail });
    },
  );

  it("finds every kind of write after the clone, wherever maintenance stands between", () => {
    const neutral = fc.constantFrom("OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES");
    const writes = fc.constantFrom("WRITE", "MERGE", "DELETE", "UPDATE", "RESTORE", "ADD COLUMNS");
    fc.assert(
      fc.property(fc.array(neutral), writes, fc.array(neutral), (before, write, after) => {
        const modified = judge(cloned(), history(upTo3), history(["CLONE", ...before, write, ...after]));
        const untouched = judge(cloned(), history(upTo3), history(["CLONE", ...before, ...after]));
        expect([modified.reason, untouched.reason]).toEqual(["target_modified", "in_sync"]);
      }),
    );
  });
});

describe("decideTable", () => {
  const decide = (wire: object, target: Table | undefined, operations = upTo3, targetHistory = freshTarget) =>
    decideTable(
      {
        source,
        target,
        targetName,
        sourceHistory: history(operations),
        sourceFingerprint: undefined,
        targetHistory,
      },
      request(wire),
    );

  it("carries versions, format and reason", () => {
    expect(decide({ load_type: "SELECTIVE" }, cloned(), [...upTo3, "WRITE", "OPTIMIZE"])).toEqual({
      kind: "table",
      schema: "bronze",
      name: "events",
      action: "clone",
      reason: "version_drift",
      sourceVersion: "4",
      clonedVersion: "3",
      format: "DELTA",
    });
  });

  const foreign: Table = { ...cloned(), properties: {} };
  const modified = history(["CLONE", "WRITE"]);
  it.each([
    [{}, cloned(), freshTarget, "clone", "in_sync"],
    [{}, undefined, freshTarget, "clone", "never_cloned"],
    [{}, foreign, freshTarget, "refuse", "foreign"],
    [{ replace_foreign: true }, foreign, freshTarget, "clone", "foreign"],
    [{}, cloned(), modified, "block", "target_modified"],
    [{ on_target_modified: "skip" }, cloned(), modified, "leave", "target_modified"],
    [{ on_target_modified: "overwrite" }, cloned(), modified, "clone", "target_modified"],
    [{ load_type: "SELECTIVE" }, cloned(), freshTarget, "keep", "in_sync"],
    [{ load_type: "SELECTIVE" }, foreign, freshTarget, "refuse", "foreign"],
    [{ load_type: "SELECTIVE", force_reclone: true }, cloned(), freshTarget, "clone", "in_sync"],
    [{ load_type: "INCREMENTAL" }, cloned(), modified, "leave", "excluded"],
    [{ load_type: "INCREMENTAL" }, foreign, freshTarget, "leave", "foreign"],
    [{ load_type: "INCREMENTAL" }, undefined, freshTarget, "clone", "never_cloned"],
  ] as const)("%j", (wire, target, targetHistory, action, reason) => {
    const decision = decide(wire, target, upTo3, targetHistory);
    expect({ action: decision.action, reason: decision.reason }).toEqual({ action, reason });
  });
});

describe("stamps", () => {
  it("come back as they were written, for the target they name", () => {
    const text = fc.string();
    const nullable = fc.option(text);
    const stamps = fc.record({
      run: text,
      step: text,
      source: text,
      sourceId: nullable,
      version: nullable,
      versionTimestamp: nullable,
      fingerprint: nullable,
      target: fc.constant("dev.bronze.events"),
    });
    fc.assert(
      fc.property(stamps, (written) => {
        expect(readStamp({ [STAMP_PROPERTY]: writeStamp(written) }, targetName)).toEqual(written);
      }),
    );
  });

  it("are read as they were written before there were fingerprints", () => {
    const { fingerprint: _, ...older } = stamp;
    const text = JSON.stringify({ v: 1, ...older });
    expect(readStamp({ [STAMP_PROPERTY]: text }, targetName)).toEqual({ ...older, fingerprint: null });
  });

  it("compare names as Unity Catalog does", () => {
    expect(isCloneOf({ ...stamp, source: "PROD.Bronze.EVENTS" }, source)).toBe(true);
  });
});

describe("scope", () => {
  it.each([
    ["bronze", {}, true],
    ["default", {}, false],
    ["information_schema", { exclude_schemas: [] }, false],
    ["default", { exclude_schemas: [] }, true],
    ["default", { include_schemas: ["default"] }, true],
    ["bronze", { include_schemas: ["bronze"], exclude_schemas: ["bronze"] }, false],
    ["silver", { include_schemas: ["BRONZE"] }, false],
    ["bronze", { include_schemas: ["BRONZE"] }, true],
    ["silver", { include_objects: [{ schema: "bronze", name: "events", type: "table" }] }, false],
  ])("schema %s under %j: %s", (schema, wire, expected) => {
    expect(schemaInScope(schema, request(wire).scope)).toBe(expected);
  });

  const events = { schema: "bronze", name: "events", type: "table" } as const;
  it.each([
    [events, {}, undefined],
    [events, { exclude_tables_regex: "^ev" }, "matches exclude_tables_regex ^ev"],
    [events, { include_tables_regex: "^x" }, "does not match include_tables_regex ^x"],
    [{ ...events, type: "view" as const }, { clone_views: false }, "clone_views is off"],
    [{ ...events, type: "volume" as const }, { include_tables_regex: "^x" }, undefined],
    [events, { include_objects: [{ ...events, name: "other" }] }, "not among include_objects"],
  ])("%j under %j: %s", (object, wire, expected) => {
    expect(exclusionReason(object, request(wire))).toBe(expected);
  });
});

describe("impossibleReason", () => {
  const column = { name: "email", position: 0, typeText: "string", nullable: true };
  it.each<[string | undefined, "DEEP" | "SHALLOW", Partial<Table>]>([
    [undefined, "DEEP", {}],
    [undefined, "DEEP", { tableType: "EXTERNAL" }],
    [undefined, "DEEP", { format: "PARQUET" }],
    [undefined, "DEEP", { tableType: "MANAGED_SHALLOW_CLONE" }],
    ["a shallow clone cannot be cloned shallowly", "SHALLOW", { tableType: "MANAGED_SHALLOW_CLONE" }],
    [
      "a shallow clone of an external table needs a location of its own",
      "SHALLOW",
      { tableType: "EXTERNAL" },
    ],
    ["only Delta tables can be cloned shallowly, not PARQUET", "SHALLOW", { format: "PARQUET" }],
    ["CLONE reads Delta, Parquet and Iceberg, not CSV", "DEEP", { format: "CSV" }],
    [
      "it is the storage of a materialized view or streaming table",
      "DEEP",
      { name: "__materialization_mat_1" },
    ],
    [
      "masked columns (email); a masked table cannot be cloned",
      "DEEP",
      { columns: [{ ...column, mask: { functionName: "prod.s.m", usingColumns: [] } }] },
    ],
    [
      "its rows are filtered by prod.s.f; a filtered table cannot be cloned",
      "DEEP",
      { rowFilter: { functionName: "prod.s.f", inputColumns: [] } },
    ],
    [
      "a streaming table belongs to its pipeline and cannot be cloned",
      "DEEP",
      { tableType: "STREAMING_TABLE" },
    ],
  ])("%s", (expected, depth, changes) => {
    expect(impossibleReason({ ...source, ...changes }, depth)).toBe(expected);
  });
});
