import { describe, expect, it } from "vitest";
import { formatOf, reportText } from "./report.ts";
import type { RunSummary } from "./summary.ts";

const none = { success: 0, failed: 0, skipped: 0 };
const summary: RunSummary = {
  run_id: "0000abcd",
  mode: "selective",
  status: "partial",
  clone_type: "DEEP",
  dry_run: false,
  source_catalog: "prod",
  destination_catalog: "dev",
  started_at: "2026-01-01T00:00:00.000Z",
  completed_at: "2026-01-01T00:00:05.000Z",
  duration_seconds: 5,
  schemas_processed: 1,
  tables: { success: 2, failed: 1, skipped: 0 },
  views: none,
  functions: none,
  volumes: none,
  errors: [{ object: "dev.a.<b>|c", operation: "clone_table", code: "X", message: "first\nsecond & third" }],
  schema_durations: {},
  formats: { DELTA: 2 },
  bytes_copied: 1500,
  files_copied: 1,
  volume_files_copied: 0,
  volume_bytes_copied: 0,
  source_table_size: 0,
  source_num_of_files: 0,
  statements: {},
  residue: [],
  drift: [{ schema: "a", table: "t", reason: "version_drift", source_version: 2, cloned_version: 1 }],
};

describe("reportText", () => {
  it("is the summary itself as JSON", () => {
    expect(JSON.parse(reportText(summary, "json"))).toEqual(summary);
  });

  it("is Markdown in which no name breaks a table", () => {
    const text = reportText(summary, "markdown");
    expect(text.split("\n")[0]).toBe("# prod → dev: PARTIAL");
    expect(text).toContain("1.5 kB copied in 1 file.");
    expect(text).toContain("| dev.a.\\<b\\>\\|c | clone\\_table | X | first second & third |");
    expect(text).toContain("| a.t | version\\_drift |");
    expect(text).not.toContain("Not copied");
  });

  it("has a row for each target, and for each copy that was compared", () => {
    const compared = {
      object: "a.t",
      kind: "table",
      verdict: "not_comparable",
      reason: "it is covered",
      source_version: "2",
      target_version: "0",
      source_rows: 3,
      target_rows: 3,
      source_hash: "ab",
      target_hash: "ab",
      differences: [],
      notes: [],
    } as const;
    const target = {
      target_name: "east",
      target_host: "https://east",
      destination_catalog: "dev",
      target_status: "success",
      target_duration_seconds: 3,
      tables: { ...none, success: 2 },
      views: none,
      functions: none,
      volumes: none,
      bytes_copied: 1500,
      files_copied: 1,
      formats: {},
      load_type: "FULL",
      statements: {},
      residue: [],
    } as const;
    const validation = { matched: 0, differing: 0, not_comparable: 1, objects: [compared] };
    const text = reportText({ ...summary, per_target: [target], validation }, "markdown");
    expect(text).toContain("| east | https://east | dev | success | 2 | 1.5 kB | 3.0 s |  |");
    expect(text).toContain("| a.t | table | not comparable | it is covered | 3 | ab |");
  });

  it("is HTML in which no name is markup", () => {
    const text = reportText(summary, "html");
    expect(text).toContain("<td>dev.a.&lt;b&gt;|c</td>");
    expect(text).toContain("second &amp; third");
    expect(text).not.toContain("<b>");
  });

  it.each([
    ["run.json", "json"],
    ["run.HTML", "html"],
    ["a/run.md", "markdown"],
    ["run", "json"],
  ])("of %s is %s", (file, format) => {
    expect(formatOf(file)).toBe(format);
  });
});
