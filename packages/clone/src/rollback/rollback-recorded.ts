import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CloneError } from "../errors.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import type { CloneRequest } from "../request/request.ts";
import type { TargetRequest } from "../request/targets.ts";
import { recordedState } from "../run/resume-state.ts";
import type { RunPorts } from "../run/run.ts";
import { documentsIn, hasDocument, runDirectory } from "../run/run-files.ts";
import { withTarget } from "../run/with-target.ts";
import { type RollbackOptions, type RollbackSummary, requestOf, rollbackRun } from "./rollback-run.ts";
import { isUndoRecord, type UndoRecord } from "./undo-record.ts";

/**
 * Takes a run back by what it recorded: in the workspace it was made in, at its target, or at each of its targets. One target that cannot
 * be reached does not keep the others from being taken back. Throws RUN_NOT_FOUND when there is no record to undo it by, what connecting
 * to the only target throws, and what `rollbackRun` throws.
 */
export async function rollbackRecorded(
  runId: string,
  ledger: readonly LedgerRecord[],
  options: RollbackOptions,
  ports: RunPorts,
): Promise<RollbackSummary> {
  const record = await ports.documents.read("undo");
  if (isUndoRecord(record)) return atItsTarget(record, ledger, options, ports);
  const request = ledger.length === 0 ? undefined : recordedState(ledger).request;
  if (request?.fanout === undefined) throw notUndoable(runId);
  const rows = await atEachTarget(request, options, ports);
  if (rows.length === 0) throw notUndoable(runId);
  const summary = together(runId, request, rows, options);
  if (!options.dryRun) await ports.documents.write("rollback", summary);
  return summary;
}

/** Whether a run recorded, at one of its targets at least, what it takes to undo it. */
export async function isUndoable(home: string, runId: string): Promise<boolean> {
  if (await hasDocument(home, runId, "undo")) return true;
  const targets = join(runDirectory(home, runId), "targets");
  const names = await readdir(targets).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const records = await Promise.all(names.map((name) => documentsIn(join(targets, name)).read("undo")));
  return records.some(isUndoRecord);
}

function atItsTarget(
  record: UndoRecord,
  ledger: readonly LedgerRecord[],
  options: RollbackOptions,
  ports: RunPorts,
): Promise<RollbackSummary> {
  return withTarget(requestOf(record), ports, (_, at) => rollbackRun(record, ledger, options, at));
}

interface TargetRow {
  readonly target: string;
  readonly summary: RollbackSummary;
}

/** How it went at every target that recorded something, in the order of the request. */
async function atEachTarget(
  { targets, fanout }: CloneRequest,
  options: RollbackOptions,
  ports: RunPorts,
): Promise<readonly TargetRow[]> {
  const limit = fanout?.maxParallel ?? targets.length;
  const rows = await inParallel(targets, limit, (target) => atTarget(target, options, ports));
  return rows.flatMap((row) => row ?? []);
}

async function atTarget(
  { name }: TargetRequest,
  options: RollbackOptions,
  ports: RunPorts,
): Promise<TargetRow | undefined> {
  const files = await ports.targetFiles?.(name);
  if (files === undefined) return undefined;
  try {
    const record = await files.documents.read("undo");
    if (!isUndoRecord(record)) return undefined;
    const { ledger, documents, records } = files;
    const at = { ...ports, ledger, documents };
    const summary = await atItsTarget(record, records, options, at).catch((error: unknown) =>
      unreached(error, record, options),
    );
    return { target: name, summary };
  } finally {
    await files.close();
  }
}

/** Whatever keeps a target from being taken back is what there is to say of it. */
function unreached(
  error: unknown,
  { runId, plan: { destinationCatalog } }: UndoRecord,
  { dryRun }: RollbackOptions,
): RollbackSummary {
  const code = error instanceof Error && "code" in error ? String(error.code) : "INTERNAL";
  const message = error instanceof Error ? error.message : String(error);
  return {
    run_id: runId,
    destination_catalog: destinationCatalog,
    status: "failed",
    dry_run: dryRun,
    undone: [],
    left: [],
    errors: [{ object: destinationCatalog, operation: "connect", code, message }],
  };
}

/** One summary of all targets; each object is called with the target that it is at. */
function together(
  runId: string,
  { destinationCatalog }: CloneRequest,
  rows: readonly TargetRow[],
  { dryRun }: RollbackOptions,
): RollbackSummary {
  const at =
    <Row extends { readonly object: string }>(target: string) =>
    (row: Row): Row => ({ ...row, object: `${target}: ${row.object}` });
  return {
    run_id: runId,
    destination_catalog: destinationCatalog,
    status: statusOf(rows.map(({ summary }) => summary.status)),
    dry_run: dryRun,
    undone: rows.flatMap(({ target, summary }) => summary.undone.map(at(target))),
    left: rows.flatMap(({ target, summary }) => summary.left.map(at(target))),
    errors: rows.flatMap(({ target, summary }) => summary.errors.map(at(target))),
  };
}

function statusOf(all: readonly RollbackSummary["status"][]): RollbackSummary["status"] {
  const [first = "success"] = all;
  if (all.includes("cancelled")) return "cancelled";
  return all.every((status) => status === first) ? first : "partial";
}

function notUndoable(runId: string): CloneError {
  return new CloneError(
    "RUN_NOT_FOUND",
    `There is nothing to undo run ${runId} by here: it is unknown to this machine, changed nothing, or was told not to record what it takes (enable_rollback).`,
    { object: runId },
  );
}
