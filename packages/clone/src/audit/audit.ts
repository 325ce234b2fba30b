import { countWhere } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import type { StepOutcome } from "../execute/outcome.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import { readHistories } from "../inspect/history.ts";
import { type HistoryRead, localKey } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { RunPorts } from "../run/run.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { type Cloned, clonedTables, metricRows, runRow } from "./rows.ts";
import {
  type AuditRow,
  type AuditTable,
  type Insert,
  clonedAlready,
  deleteRows,
  insertsOf,
  makeCatalog,
  makeSchema,
  makeTable,
  metricsTable,
  runTable,
} from "./tables.ts";

/** A finished run, as far as it came. */
export interface AuditedRun {
  readonly summary: RunSummary;
  readonly loadType: string;
  /** Absent when the run ended before there was one. */
  readonly plan?: ClonePlan;
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** An earlier process may have written rows of it, which these replace. */
  readonly resumed: boolean;
  /** It is one target of several: its rows stand beside those of the others. */
  readonly ofFanout: boolean;
}

/** Written also after a cancel: there is no signal. */
export type AuditPorts = Pick<RunPorts, "source" | "target" | "settings" | "documents" | "clock" | "random">;

/**
 * Writes a run's rows into the audit tables of the source workspace, which are made when they are not there: but not by a dry run, nor by
 * one that came to no plan, as these change nothing. When the tables cannot be had the rows are kept in the run's directory.
 * Gives what the user should be told, if anything; never throws, as the run is over and its outcome stands.
 */
export async function writeAudit(run: AuditedRun, ports: AuditPorts): Promise<string | undefined> {
  const rows = await rowsOf(run, ports);
  try {
    if (ports.target === ports.source && run.summary.errors.some(isLostSource))
      throw new Error("the workspace does not answer");
    return (await written(rows, run, ports)) ? undefined : await keepLocally(rows, ports);
  } catch (error) {
    const kept = await keepLocally(rows, ports);
    return `The audit tables could not be written: ${firstLine(error)}. ${kept ?? "What would stand in them is in audit.json in the run's directory."}`;
  }
}

/** What cannot be reached is the source's workspace, and not the target that it should have been copied to. */
function isLostSource({ code, operation }: ObjectError): boolean {
  return code === "UNAVAILABLE" && operation !== "connect";
}

async function keepLocally(rows: Rows, { documents }: AuditPorts): Promise<string | undefined> {
  try {
    await documents.write("audit", rows);
    return undefined;
  } catch (error) {
    return `Nor could audit.json be written in the run's directory: ${firstLine(error)}.`;
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace(/\.$/u, "");
}

interface Rows {
  readonly run: readonly AuditRow[];
  readonly metrics: readonly AuditRow[];
}

/** False when there is no table and this run makes none. */
async function written({ run: ofRun, metrics }: Rows, run: AuditedRun, ports: AuditPorts): Promise<boolean> {
  const { audit } = ports.settings;
  const isWork = run.plan !== undefined || run.ofFanout;
  const mayMake = isWork && !run.summary.dry_run;
  const parts = [
    { table: runTable(audit), rows: ofRun },
    { table: metricsTable(audit), rows: metrics },
  ].filter(({ rows }) => rows.length > 0);
  for (const { table, rows } of parts) {
    if (!(await isReady(table, mayMake, ports))) return false;
    const fresh = run.resumed ? await instead(rows, table, run, ports) : rows;
    for (const insert of insertsOf(table, fresh)) await sendRows(insert, table, ports);
  }
  return true;
}

/**
 * Takes what an earlier process wrote out again, and gives the rows to write. In the rows of tables nothing tells the targets of a run
 * apart but when each was cloned: what stands there stays, and is not written again.
 */
async function instead(
  rows: readonly AuditRow[],
  table: AuditTable,
  { summary, ofFanout }: AuditedRun,
  ports: AuditPorts,
): Promise<readonly AuditRow[]> {
  const { run_id: run, target_name: target = "" } = summary;
  if (ofFanout && table.name.name !== ports.settings.audit.runTable) {
    const { rows: there } = await ports.source.statements.execute(clonedAlready(table, run));
    const known = new Set(there.map((row) => row.join(" ")));
    return rows.filter(
      ({ target_table, timestamp }) => !known.has(`${target_table} ${Date.parse(String(timestamp))}`),
    );
  }
  await send(deleteRows(table, ofFanout ? { run, target } : { run }), ports);
  return rows;
}

async function rowsOf(run: AuditedRun, ports: AuditPorts): Promise<Rows> {
  const { plan, loadType, outcomes } = run;
  const summary = run.ofFanout ? { ...run.summary, mode: "fanout" as const } : run.summary;
  const { userName, host } = ports.source.identity;
  const cloned = plan === undefined ? [] : clonedTables(plan, outcomes);
  const versions = await targetVersions(cloned, ports);
  return {
    run: [runRow(summary, { loadType, userName, host, ...targetOf(summary) })],
    metrics: metricRows(summary.run_id, cloned, outcomes, versions),
  };
}

function targetOf({ target_name: target }: RunSummary): { readonly target?: string } {
  return target === undefined ? {} : { target };
}

/** The version that each clone made, from the targets' histories: one statement for each 25 tables. Those that cannot be read are left out. */
async function targetVersions(
  cloned: readonly Cloned[],
  { target }: AuditPorts,
): Promise<ReadonlyMap<string, string>> {
  const names = cloned.map(({ operation }) => operation.target);
  const unread: Readonly<Record<string, HistoryRead>> = {};
  const histories = await readHistories(target.statements, names, { limit: 5, parallel: 4 }).catch(
    () => unread,
  );
  return new Map(
    names.flatMap((name): readonly [string, string][] => {
      const read = histories[localKey(name)];
      const entries = read?.ok ? read.entries : [];
      const version = entries.find(({ operation }) => operation.toUpperCase() === "CLONE")?.version;
      return version === undefined ? [] : [[fullName(name), version]];
    }),
  );
}

/** Looks before it makes: IF NOT EXISTS asks for the right to make also where there is nothing to be made. */
async function isReady(table: AuditTable, mayMake: boolean, ports: AuditPorts): Promise<boolean> {
  const { unity } = ports.source;
  const { catalog, schema } = table.name;
  if ((await unity.table(table.name)) !== undefined) return true;
  if (!mayMake) return false;
  if ((await unity.catalog(catalog)) === undefined) await send(makeCatalog(table), ports);
  const schemas = await unity.schemas(catalog);
  if (!schemas.some((one) => one.schema.toLowerCase() === schema.toLowerCase()))
    await send(makeSchema(table), ports);
  await send(makeTable(table), ports);
  return true;
}

/** When the answer is lost, the rows are looked for before they are sent again. */
async function sendRows(
  { statement, first }: Insert,
  { name }: AuditTable,
  ports: AuditPorts,
): Promise<void> {
  const { statements } = ports.source;
  const observe = async () => {
    const { rows } = await statements.execute(countWhere(name, first));
    return rows[0]?.[0] === "0" ? undefined : true;
  };
  await send(statement, ports, observe);
}

async function send(
  statement: Insert["statement"],
  { source, clock, random }: AuditPorts,
  observe: () => Promise<true | undefined> = () => Promise.resolve(undefined),
): Promise<void> {
  const execute = async (): Promise<true> => {
    await source.statements.execute(statement);
    return true;
  };
  await sendUntilKnown({ send: execute, observe }, { clock, random });
}
