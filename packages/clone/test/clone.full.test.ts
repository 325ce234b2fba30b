import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareCatalogs } from "../src/diff/compare.ts";
import { readStamp } from "../src/decide/provenance.ts";
import { exitCodeOf } from "../src/summarize/exit-code.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql(
    "CREATE CATALOG shop COMMENT 'a small shop'",
    "CREATE SCHEMA shop.bronze COMMENT 'raw'",
    "CREATE SCHEMA shop.silver",
    "CREATE TABLE shop.bronze.events (id BIGINT, name STRING COMMENT 'who') COMMENT 'what happened'",
    "INSERT INTO shop.bronze.events VALUES (1, 'a'), (2, 'b'), (2, 'b')",
    "CREATE TABLE shop.bronze.`od``d'📦` (`n` INT, `q'uote` STRING) TBLPROPERTIES ('team' = 'x''y')",
    "INSERT INTO shop.bronze.`od``d'📦` VALUES (1, NULL)",
    "CREATE TABLE shop.silver.orders (id BIGINT, total DECIMAL(10,2), day DATE) PARTITIONED BY (day)",
    "INSERT INTO shop.silver.orders VALUES (1, 10.50, DATE'2026-01-01'), (2, 3.25, DATE'2026-01-02')",
    "CREATE TABLE shop.silver.empty (id BIGINT)",
    "CREATE FUNCTION shop.silver.gross(net DECIMAL(10,2)) RETURNS DECIMAL(12,2) RETURN net * 1.2",
    "CREATE VIEW shop.silver.totals COMMENT 'sums' AS SELECT day, sum(total) AS total FROM shop.silver.orders GROUP BY day",
    "CREATE VIEW shop.bronze.over_totals (day COMMENT 'of the order', gross) AS SELECT day, shop.silver.gross(total) FROM shop.silver.totals",
    "CREATE VOLUME shop.bronze.files COMMENT 'uploads'",
    "ALTER TABLE shop.bronze.events SET TAGS ('tier' = 'gold')",
    "GRANT SELECT ON TABLE shop.bronze.events TO `account users`",
  );
});
afterAll(() => test?.close());

const to = (destination_catalog: string, more: object = {}) => ({
  source_catalog: "shop",
  destination_catalog,
  ...more,
});
const rowsOf = async (name: string) => {
  const rows = await test.sql(`SELECT * FROM ${name}`);
  return rows.map((row) => JSON.stringify(row)).sort();
};
const clonesOf = async (name: string) => {
  const history = await test.sql(`SELECT version FROM (DESCRIBE HISTORY ${name}) WHERE operation = 'CLONE'`);
  return history.length;
};

describe("a full deep clone", () => {
  it("copies everything and says so", async () => {
    const { summary, lines } = await run(test.workspace, to("deep"));
    expect(summary.errors).toEqual([]);
    expect(summary).toMatchObject({
      mode: "full",
      status: "success",
      schemas_processed: 2,
      tables: { success: 4, failed: 0, skipped: 0 },
      views: { success: 2, failed: 0, skipped: 0 },
      functions: { success: 1, failed: 0, skipped: 0 },
      volumes: { success: 1, failed: 0, skipped: 0 },
      formats: { DELTA: 4 },
    });
    expect(summary.files_copied).toBe(4);
    expect(summary.bytes_copied).toBe(summary.source_table_size);
    expect(summary.statements).toMatchObject({ clone: 4, comment: 1, tag: 1, grant: 1 });
    expect(lines.filter((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u.test(line))).toHaveLength(4);
    expect(lines[0]).toBe("A deep clone of shop into deep, full load, run run00001");
    expect(lines).toContain("create catalog deep");
    for (const name of [
      "bronze.events",
      "bronze.`od``d'📦`",
      "silver.orders",
      "silver.empty",
      "silver.totals",
    ]) {
      expect(await rowsOf(`deep.${name}`)).toEqual(await rowsOf(`shop.${name}`));
    }
    expect(await rowsOf("deep.bronze.over_totals")).toEqual(await rowsOf("shop.bronze.over_totals"));
  });

  it("differs from its source by nothing that the residue does not list", async () => {
    const { summary } = await run(test.workspace, to("deep"));
    const ports = { source: test.workspace, target: test.workspace };
    const { differences } = await compareCatalogs(
      { sourceCatalog: "shop", destinationCatalog: "deep" },
      ports,
    );
    const listed = new Set(summary.residue.map(({ object, what }) => `${object} ${what}`));
    expect(differences.filter(({ object, what }) => !listed.has(`${object} ${what}`))).toEqual([]);
    expect([...listed]).toEqual([]);
    expect(differences).toEqual([]);
  });

  it("differs in data once its source or the copy was written, though no column changed", async () => {
    await run(test.workspace, to("stale", { include_schemas: ["silver"] }));
    const ports = { source: test.workspace, target: test.workspace };
    const compare = () => compareCatalogs({ sourceCatalog: "shop", destinationCatalog: "stale" }, ports);
    const fresh = await compare();
    expect(fresh.rows).toEqual({ compared: 2, not_compared: [] });
    expect(fresh.differences.filter(({ what }) => what === "data")).toEqual([]);
    await test.sql(
      "INSERT INTO shop.silver.empty VALUES (1)",
      "DELETE FROM shop.silver.empty",
      "DELETE FROM stale.silver.orders WHERE id = 1",
    );
    const { identical, differences } = await compare();
    expect(identical).toBe(false);
    expect(differences.filter(({ what }) => what === "data")).toEqual([
      { object: "silver.empty", what: "data", source: "version 2", target: "clone of version 0" },
      { object: "silver.orders", what: "data", source: "version 1", target: "modified: DELETE at version 1" },
    ]);
  });

  it("brings properties over that were set at the source since, and leaves those of the target", async () => {
    const wire = to("tuned", { include_schemas: ["silver"] });
    await run(test.workspace, wire);
    await test.sql(
      "ALTER TABLE tuned.silver.orders SET TBLPROPERTIES ('team' = 'a')",
      "ALTER TABLE shop.silver.empty SET TBLPROPERTIES ('tier' = 'b')",
    );
    const { summary } = await run(test.workspace, { ...wire, load_type: "SELECTIVE" });
    expect(summary).toMatchObject({ status: "success", total_drifted_tables: 0 });
    const ports = { source: test.workspace, target: test.workspace };
    const compared = await compareCatalogs({ sourceCatalog: "shop", destinationCatalog: "tuned" }, ports);
    const ofProperties = (all: readonly { readonly object: string; readonly what: string }[]) =>
      all.filter(({ what }) => what === "properties").map(({ object }) => object);
    expect(ofProperties(summary.residue)).toEqual([]);
    expect(ofProperties(compared.differences)).toEqual(["silver.orders"]);
  });

  it("says which tables are no clones and were not compared row by row", async () => {
    await test.sql(
      "CREATE CATALOG lookalike",
      "CREATE SCHEMA lookalike.silver",
      "CREATE TABLE lookalike.silver.empty (id BIGINT)",
    );
    const ports = { source: test.workspace, target: test.workspace };
    const { rows } = await compareCatalogs({ sourceCatalog: "shop", destinationCatalog: "lookalike" }, ports);
    expect(rows).toEqual({
      compared: 0,
      not_compared: [{ object: "silver.empty", reason: "it carries no mark of a clone" }],
    });
  });

  it("stamps what it makes with run, step, source and version", async () => {
    const name = { catalog: "deep", schema: "bronze", name: "events" };
    const made = await test.workspace.unity.table(name);
    const source = await test.workspace.unity.table({ ...name, catalog: "shop" });
    expect(readStamp(made?.properties ?? {}, name)).toMatchObject({
      run: "run00001",
      step: "table:bronze.events",
      source: "shop.bronze.events",
      sourceId: source?.tableId,
      version: "1",
      target: "deep.bronze.events",
    });
  });

  it("copies nothing when it is run again, and leaves views alone", async () => {
    const { summary } = await run(test.workspace, to("deep"), { runId: "run00002" });
    expect(summary).toMatchObject({
      status: "success",
      tables: { success: 4, failed: 0, skipped: 0 },
      views: { success: 0, failed: 0, skipped: 2 },
      functions: { success: 0, failed: 0, skipped: 1 },
      bytes_copied: 0,
      files_copied: 0,
    });
  });

  it("writes intent and outcome of every step to the ledger", async () => {
    const { ledger } = await run(test.workspace, to("ledgered"));
    const steps = (type: string) =>
      ledger.flatMap((one) => (one.type === type && "step" in one ? one.step : []));
    expect(steps("intent").sort()).toEqual(steps("outcome").sort());
    expect(new Set(steps("intent")).size).toBe(14);
    expect([ledger[0]?.type, ledger.at(-1)]).toMatchObject(["run", { type: "end", status: "success" }]);
  });
});

describe("what the request asks for", () => {
  it("changes nothing in a dry run, and says what would be done", async () => {
    const { summary, events, lines } = await run(test.workspace, to("imagined", { dry_run: true }));
    expect(summary).toMatchObject({ status: "success", dry_run: true, tables: { success: 0, skipped: 0 } });
    expect(summary.planned).toEqual({
      tables: 4,
      views: 2,
      functions: 1,
      volumes: 1,
      bytes: (await run(test.workspace, to("done"))).summary.bytes_copied,
    });
    expect(events).toContainEqual(expect.objectContaining({ type: "planned", objects: 14, tables: 4 }));
    expect(lines.filter((line) => line.startsWith("Would "))).toHaveLength(14);
    expect(lines).toContain(
      "Would clone table imagined.silver.orders from shop.silver.orders (never_cloned)",
    );
    expect(lines.at(-1)).toMatch(/^Dry run: nothing was changed\./u);
    expect(await test.workspace.unity.catalog("imagined")).toBeUndefined();
  });

  it("clones only the schemas and objects in scope, with the table properties given", async () => {
    const { summary } = await run(
      test.workspace,
      to("some", {
        include_schemas: ["bronze"],
        exclude_tables_regex: "^od",
        clone_volumes: false,
        clone_views: false,
        clone_tbl_properties: { "delta.logRetentionDuration": "30 days" },
      }),
    );
    expect(summary).toMatchObject({
      status: "success",
      schemas_processed: 1,
      tables: { success: 1, failed: 0, skipped: 1 },
      volumes: { success: 0, failed: 0, skipped: 1 },
    });
    const made = await test.workspace.unity.table({ catalog: "some", schema: "bronze", name: "events" });
    expect(made?.properties).toMatchObject({ "delta.logRetentionDuration": "30 days" });
    expect(await test.workspace.unity.volumes("some", "bronze")).toEqual([]);
  });
});

describe("views of a schema in scope over one that is left out", () => {
  it("fail before anything is sent, and are made once the target has what they need", async () => {
    const bronze = to("narrow", { include_schemas: ["bronze"] });
    const first = await run(test.workspace, bronze);
    expect(first.summary.errors).toMatchObject([
      { object: "narrow.bronze.over_totals", code: "DEPENDENCY_OUT_OF_SCOPE" },
    ]);
    await run(test.workspace, to("narrow", { include_schemas: ["silver"] }));
    const { summary } = await run(test.workspace, bronze);
    expect(summary).toMatchObject({ status: "success", views: { success: 1, failed: 0, skipped: 0 } });
  });
});

describe("a selective clone", () => {
  it("makes a destination that is missing, all tables never cloned", async () => {
    const { summary, lines } = await run(test.workspace, to("picked", { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({ mode: "selective", status: "success", total_drifted_tables: 4 });
    expect(lines.filter((line) => line.startsWith("Schema "))).toEqual([
      "Schema bronze: 2 drifted (2 never_cloned)",
      "Schema silver: 2 drifted (2 never_cloned)",
    ]);
  });

  it("clones what drifted and nothing else", async () => {
    await test.sql("INSERT INTO shop.bronze.events VALUES (3, 'c')");
    const { summary, lines } = await run(test.workspace, to("picked", { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({
      status: "success",
      total_drifted_tables: 1,
      drift: [
        { schema: "bronze", table: "events", reason: "version_drift", source_version: 2, cloned_version: 1 },
      ],
      tables: { success: 1, failed: 0, skipped: 3 },
      statements: { clone: 1 },
    });
    const told = lines.filter((line) => /^Schema |DEEP CLONE/u.test(line));
    expect(told.slice(0, 2)).toEqual([
      "Schema bronze: 1 drifted (1 version_drift)",
      "Schema silver in sync — 0 drifted tables",
    ]);
    expect(told.slice(2)).toEqual([
      expect.stringMatching(
        /^CREATE OR REPLACE TABLE `picked`.`bronze`.`events` DEEP CLONE .* VERSION AS OF 2/u,
      ),
    ]);
    expect(await rowsOf("picked.bronze.events")).toEqual(await rowsOf("shop.bronze.events"));
  });

  it("does nothing when nothing drifted", async () => {
    const { summary } = await run(test.workspace, to("picked", { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({ status: "success", total_drifted_tables: 0, bytes_copied: 0 });
    expect(summary.statements).not.toHaveProperty("clone");
  });

  it("fails a table that was written since it was cloned, and replaces it when told to", async () => {
    await test.sql("INSERT INTO picked.silver.orders VALUES (9, 9.00, DATE'2026-01-09')");
    const wire = to("picked", { load_type: "SELECTIVE" });
    const refused = await run(test.workspace, wire);
    expect(refused.summary.errors).toMatchObject([
      { object: "picked.silver.orders", code: "TARGET_MODIFIED" },
    ]);
    expect(exitCodeOf(refused.summary)).toBe(1);
    const { summary } = await run(test.workspace, { ...wire, on_target_modified: "overwrite" });
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 } });
    expect(await rowsOf("picked.silver.orders")).toEqual(await rowsOf("shop.silver.orders"));
  });
});

describe("an incremental clone", () => {
  it("makes what the target lacks and leaves the rest", async () => {
    await run(test.workspace, to("grown", { include_tables_regex: "^events$", clone_views: false }));
    const { summary } = await run(test.workspace, to("grown", { load_type: "INCREMENTAL" }));
    expect(summary).toMatchObject({ mode: "incremental", status: "success" });
    expect(summary.tables).toEqual({ success: 3, failed: 0, skipped: 1 });
    expect(await clonesOf("grown.bronze.events")).toBe(1);
  });
});

describe("a shallow clone", () => {
  it("refers to the source's files, and can be made again", async () => {
    const wire = to("shallow", { clone_type: "SHALLOW" });
    const first = await run(test.workspace, wire);
    expect(first.summary).toMatchObject({ status: "success", bytes_copied: 0, tables: { success: 4 } });
    expect(await rowsOf("shallow.bronze.events")).toEqual(await rowsOf("shop.bronze.events"));
    const again = await run(test.workspace, wire);
    expect(again.summary).toMatchObject({ status: "success", tables: { success: 4, failed: 0, skipped: 0 } });
    const made = await test.workspace.unity.table({ catalog: "shallow", schema: "bronze", name: "events" });
    expect(made?.tableType).toBe("MANAGED_SHALLOW_CLONE");
  });

  it("becomes a deep one under SELECTIVE when that is asked for", async () => {
    const { summary } = await run(test.workspace, to("shallow", { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({ status: "success", tables: { success: 4 }, total_drifted_tables: 4 });
    expect(summary.drift?.[0]?.reason).toBe("unable_to_compare");
    const made = await test.workspace.unity.table({ catalog: "shallow", schema: "bronze", name: "events" });
    expect(made?.tableType).toBe("MANAGED");
    const again = await run(test.workspace, to("shallow", { load_type: "SELECTIVE" }));
    expect(again.summary.total_drifted_tables).toBe(0);
  });
});

describe("what must not happen", () => {
  it("refuses a destination whose tables are no clones, before anything is written", async () => {
    await test.sql(
      "CREATE CATALOG precious",
      "CREATE SCHEMA precious.bronze",
      "CREATE TABLE precious.bronze.events (id BIGINT)",
      "INSERT INTO precious.bronze.events VALUES (42)",
    );
    const { summary } = await run(test.workspace, to("precious"));
    expect(summary).toMatchObject({
      status: "failed",
      errors: [{ object: "precious.bronze.events", code: "FOREIGN_TARGET" }],
    });
    expect(exitCodeOf(summary)).toBe(3);
    expect(await rowsOf("precious.bronze.events")).toEqual(['["42"]']);
    const schemas = await test.workspace.unity.schemas("precious");
    expect(schemas.map(({ schema }) => schema)).not.toContain("silver");
    const replaced = await run(test.workspace, to("precious", { replace_foreign: true }));
    expect(replaced.summary.status).toBe("success");
    expect(await rowsOf("precious.bronze.events")).toEqual(await rowsOf("shop.bronze.events"));
  });

  it("names a source that does not exist and what was meant", async () => {
    const running = run(test.workspace, { source_catalog: "shpo", destination_catalog: "x" });
    await expect(running).rejects.toMatchObject({ code: "CATALOG_NOT_FOUND", object: "shpo" });
    await expect(running).rejects.toThrow(/Did you mean shop\?/u);
  });

  it("names a schema that the source does not have and what was meant", async () => {
    const wire = { source_catalog: "shop", destination_catalog: "x", include_schemas: ["bronz"] };
    const running = run(test.workspace, wire);
    await expect(running).rejects.toMatchObject({ code: "SCHEMA_NOT_FOUND", object: "shop.bronz" });
    await expect(running).rejects.toThrow(/Did you mean bronze\?/u);
    expect(await test.workspace.unity.catalog("x")).toBeUndefined();
  });

  it("fails an unreadable table alone, and what needs it", async () => {
    await test.sql(
      "CREATE CATALOG worn",
      "CREATE SCHEMA worn.s",
      "CREATE TABLE worn.s.broken (id BIGINT)",
      "CREATE TABLE worn.s.fine (id BIGINT)",
      "CREATE VIEW worn.s.over_broken AS SELECT * FROM worn.s.broken",
    );
    const broken = await test.workspace.unity.table({ catalog: "worn", schema: "s", name: "broken" });
    const location = (broken?.storageLocation ?? "").replace(/^file:\/\//u, "");
    await writeFile(join(location, "_delta_log", `${"0".repeat(20)}.json`), "{not json\n");
    const { summary } = await run(test.workspace, {
      source_catalog: "worn",
      destination_catalog: "worn_copy",
    });
    expect(summary).toMatchObject({
      status: "partial",
      tables: { success: 1, failed: 1, skipped: 0 },
      views: { success: 0, failed: 0, skipped: 1 },
    });
    expect(summary.errors.map(({ object, operation }) => [object, operation])).toEqual([
      ["worn_copy.s.broken", "clone_table"],
      ["worn_copy.s.over_broken", "create_view"],
    ]);
    expect(exitCodeOf(summary)).toBe(1);
    await rm(location, { recursive: true });
  });

  it("stops when it is cancelled, claims nothing more, and can be run again", async () => {
    const stop = new AbortController();
    const cancelled = await run(test.workspace, to("stopped", { max_parallel_queries: 1 }), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "step" && event.step.kind === "table" && event.step.state === "succeeded")
          stop.abort();
      },
    });
    expect(cancelled.summary).toMatchObject({
      status: "cancelled",
      errors: [],
      tables: { success: 1, skipped: 3 },
    });
    expect(exitCodeOf(cancelled.summary)).toBe(130);
    const succeeded = cancelled.events.filter(
      (event) => event.type === "step" && event.step.state === "succeeded",
    );
    expect(cancelled.lines.at(-1)).toBe(
      `Cancelled: ${succeeded.length} of 14 steps were done, and what they made stays.`,
    );
    const progress = cancelled.events.flatMap((event) => (event.type === "progress" ? event.progress : []));
    expect(progress.at(-1)).toMatchObject({ objectsDone: succeeded.length, running: [] });
    expect(cancelled.ledger.at(-1)).toMatchObject({ type: "end", status: "cancelled" });
    const again = await run(test.workspace, to("stopped"));
    expect(again.summary).toMatchObject({ status: "success", tables: { success: 4 }, views: { success: 2 } });
  });
});

/** The workspace with another way to execute statements. */
function executing(execute: Workspace["statements"]["execute"]): Workspace {
  return withExecute(test.workspace, execute);
}

/** A workspace in which clones run until they are cancelled, as long ones do. */
function endlessClones(): Workspace {
  return executing((statement, options) =>
    statement.kind === "clone"
      ? new Promise((_, reject) => {
          const cancel = () => reject(new WorkspaceError("CANCELED", "cancelled at the warehouse"));
          options?.signal?.addEventListener("abort", cancel);
        })
      : test.workspace.statements.execute(statement, options),
  );
}

describe("when clones are under way", () => {
  it("cancels them at the warehouse and ends", async () => {
    const stop = new AbortController();
    const underWay = new Set<string>();
    const { summary } = await run(endlessClones(), to("endless"), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "log" && event.line.includes("DEEP CLONE")) underWay.add(event.line);
        if (underWay.size === 4) setImmediate(() => stop.abort());
      },
    });
    expect(summary).toMatchObject({
      status: "cancelled",
      errors: [],
      tables: { success: 0, failed: 0, skipped: 4 },
      functions: { success: 1 },
    });
    expect(await test.workspace.unity.tables("endless", "bronze")).toEqual([]);
  });

  it("calls a clone that somebody else cancelled failed", async () => {
    const cancelled = executing(async (statement, options) => {
      if (statement.kind === "clone") throw new WorkspaceError("CANCELED", "cancelled by an administrator");
      return test.workspace.statements.execute(statement, options);
    });
    const { summary } = await run(cancelled, to("stopped_by_others"));
    expect(summary.tables).toEqual({ success: 0, failed: 4, skipped: 0 });
    expect(summary.errors[0]).toMatchObject({ code: "CANCELED", message: "cancelled by an administrator" });
  });
});

/** A workspace whose answers to writes are lost once each, before or after they have run. */
function losingAnswers(when: "before" | "after"): Workspace {
  const lost = new Set<string>();
  return executing(async (statement, options) => {
    const losing = statement.effect === "write" && !lost.has(statement.text);
    lost.add(statement.text);
    if (losing && when === "before") throw new WorkspaceError("UNKNOWN_RESULT", "connection reset");
    const result = await test.workspace.statements.execute(statement, options);
    if (losing) throw new WorkspaceError("UNKNOWN_RESULT", "connection reset");
    return result;
  });
}

describe("when every answer is lost once", () => {
  it.each(["before", "after"] as const)("does each thing once (lost %s it ran)", async (when) => {
    const { summary, lines } = await run(losingAnswers(when), to(`lost_${when}`));
    expect([summary.status, summary.errors]).toEqual(["success", []]);
    expect(summary.tables.success).toBe(4);
    expect(lines.filter((line) => line.includes("DEEP CLONE"))).toHaveLength(4);
    expect(await clonesOf(`lost_${when}.bronze.events`)).toBe(1);
    expect(summary.bytes_copied).toBe(summary.source_table_size);
  });
});
