import { parseStatement } from "@clone-xs/sql";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../run/settings.ts";
import { type AuditRow, insertsOf, makeTable, metricsTable, runTable } from "./tables.ts";

const tables = [runTable(DEFAULT_SETTINGS.audit), metricsTable(DEFAULT_SETTINGS.audit)] as const;
const [runs] = tables;

describe("audit tables", () => {
  it("have the names and columns of the contract", () => {
    expect(tables.map(({ name }) => Object.values(name).join("."))).toEqual([
      "edp_dev.logging.logging_01",
      "edp_dev.metrics.clone_metrics",
    ]);
    expect(makeTable(tables[1]).text).toMatch(
      /^CREATE TABLE IF NOT EXISTS `edp_dev`\.`metrics`\.`clone_metrics` \(`clone_id` STRING, `timestamp` TIMESTAMP, `source_table` STRING, .*`copied_files_size` BIGINT\) COMMENT '/u,
    );
    for (const table of tables) expect(() => parseStatement(makeTable(table).text)).not.toThrow();
  });

  it("are written by one statement for all rows", () => {
    const rows = [
      { clone_id: "a'1", timestamp: "2026-01-01T00:00:00.000Z", dry_run: false, duration_seconds: 1.5 },
      { clone_id: "b", timestamp: "2026-01-01T00:00:00.000Z", bytes_copied: 2 ** 40 },
    ];
    const [insert, ...more] = insertsOf(runs, rows);
    expect(more).toEqual([]);
    expect(insert?.statement.kind).toBe("write");
    expect(insert?.first).toEqual({ clone_id: "a'1" });
    expect(insert?.statement.text).toContain("TIMESTAMP '2026-01-01T00:00:00.000Z'");
    expect(insert?.statement.text).toContain("1099511627776");
    expect(() => parseStatement(insert?.statement.text ?? "")).not.toThrow();
  });

  it("are written in statements below 4 MiB, each row once", () => {
    const rows = Array.from(
      { length: 30 },
      (_, i): AuditRow => ({ clone_id: `run-${i}.`, error_details: "'é".repeat(60_000) }),
    );
    const inserts = insertsOf(runs, rows);
    expect(inserts.length).toBeGreaterThan(1);
    expect(inserts.length).toBeLessThan(10);
    for (const { statement } of inserts) expect(Buffer.byteLength(statement.text)).toBeLessThan(4 * 2 ** 20);
    const text = inserts.map(({ statement }) => statement.text).join("\n");
    for (const { clone_id } of rows) expect(text.split(`'${clone_id}'`)).toHaveLength(2);
  });
});
