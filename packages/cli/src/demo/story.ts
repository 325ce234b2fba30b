import type { CloneRequestWire, ObjectCounts, RunSummary } from "@clone-xs/clone";
import { id, lit, selectCount, sql, statement } from "@clone-xs/sql";
import type { ObjectName, Workspace } from "@clone-xs/unity";
import { demoQuick } from "./catalogs.ts";
import { type Comparison, compareRows, tablesOf } from "./compare.ts";
import { seed } from "./seed.ts";
import type { DemoSize } from "./table.ts";

/** One thing the demo showed to be true, or not. */
export interface Check {
  readonly passed: boolean;
  readonly text: string;
  /** What was seen instead, line by line. */
  readonly details: readonly string[];
}

export interface StoryPorts {
  readonly workspace: Workspace;
  readonly clone: (wire: CloneRequestWire) => Promise<RunSummary>;
  readonly signal: AbortSignal;
  readonly size: DemoSize;
}

const SOURCE = demoQuick.name;
export const COPY = "demo_copy";
const DRIFTING: ObjectName = { catalog: SOURCE, schema: "bronze", name: "events" };

/**
 * The whole demo: seed, clone, compare, drift one table, clone again what drifted, compare. Every claim is checked against
 * the workspace itself; gives each check when it is made, and goes on after a failed one.
 */
export async function* story(ports: StoryPorts): AsyncGenerator<Check> {
  const { workspace, clone, signal, size } = ports;
  const compare = () => compareRows(workspace, SOURCE, COPY, signal);
  const ends = {
    source_catalog: SOURCE,
    destination_catalog: COPY,
    on_target_modified: "overwrite",
  } as const;

  const seeded = await seed(workspace, demoQuick, size, signal);
  const tables = (await tablesOf(workspace, SOURCE)).length;
  yield held(
    tables > 0,
    `${SOURCE} ${seeded === "made" ? "is made" : "is there from before"}: ${tables} tables`,
  );

  yield allCloned(await clone(ends), tables);
  yield equal("Row by row, the copy equals the source", await compare());

  await insertOne(ports);
  yield differsOnlyIn("bronze.events", await compare());

  yield onlyDriftedCloned(await clone({ ...ends, load_type: "SELECTIVE" }));
  yield equal("Row by row, the copy equals the source again", await compare());
  yield nothingDrifted(await clone({ ...ends, load_type: "SELECTIVE" }));
}

function allCloned(summary: RunSummary, tables: number): Check {
  const { status, tables: counts, views, functions } = summary;
  const there = ({ success, skipped }: ObjectCounts) => success + skipped;
  return held(
    status === "success" && counts.success === tables && counts.failed === 0,
    `Cloned into ${COPY}: ${counts.success} tables, with ${there(views)} views and ${there(functions)} functions, in ${summary.duration_seconds.toFixed(1)} s`,
    problems(summary),
  );
}

function equal(claim: string, { tables, rows, differences }: Comparison): Check {
  return held(differences.length === 0, `${claim} (${tables.length} tables, ${rows} rows)`, differences);
}

async function insertOne({ workspace, signal }: StoryPorts): Promise<void> {
  const count = await workspace.statements.execute(selectCount(DRIFTING), { signal });
  const key = lit(BigInt(count.rows[0]?.[0] ?? "0") + 1_000_000n);
  const insert = sql`INSERT INTO ${id(DRIFTING)} VALUES (${key}, ${lit("demo-drift")})`;
  await workspace.statements.execute(statement("write", insert), { signal });
}

function differsOnlyIn(table: string, { differences }: Comparison): Check {
  const only = differences.length === 1 && differences[0]?.startsWith(`${table}:`) === true;
  return held(only, `One row inserted into ${table}: the comparison finds exactly that table`, differences);
}

function onlyDriftedCloned(summary: RunSummary): Check {
  const { total_drifted_tables: drifted, drift = [], tables } = summary;
  const named = drift.map(({ schema, table, reason }) => `${schema}.${table} (${reason})`);
  return held(
    summary.status === "success" &&
      drifted === 1 &&
      tables.success === 1 &&
      named[0] === "bronze.events (version_drift)",
    `A SELECTIVE clone copies what drifted and nothing else: ${named.join(", ") || "nothing"}`,
    [...problems(summary), ...named],
  );
}

function nothingDrifted(summary: RunSummary): Check {
  const { total_drifted_tables: drifted, tables } = summary;
  return held(
    summary.status === "success" && drifted === 0 && tables.success === 0,
    "Once more: everything is in sync, nothing is copied",
    [...problems(summary), `${drifted} drifted, ${tables.success} cloned`],
  );
}

function problems({ status, errors }: RunSummary): readonly string[] {
  return [
    `status ${status}`,
    ...errors.map(({ object, code, message }) => `${object}: ${message} [${code}]`),
  ];
}

function held(passed: boolean, text: string, details: readonly string[] = []): Check {
  return { passed, text, details: passed ? [] : details };
}
