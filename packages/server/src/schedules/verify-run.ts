import {
  type CloneRequest,
  parseCloneRequest,
  type RunSummary,
  type Verification,
  verifyCatalogs,
  withTarget,
} from "@clone-xs/clone";
import { type CarrierOptions, withRunPorts } from "../runs/carry-out.ts";
import type { ExecuteRun } from "../runs/queue.ts";
import type { RunStore } from "../runs/store.ts";
import { invalidRequest } from "../validation.ts";

/** Carries out runs as `execute` does, but for those of schedules that verify: they compare the copy with its source, and change nothing. */
export function verifyingOr(
  execute: ExecuteRun,
  options: CarrierOptions & { readonly store: Pick<RunStore, "entry"> },
): ExecuteRun {
  return (run, control) =>
    options.store.entry(run.id)?.facts.schedule?.kind === "verify"
      ? verifyRun(run, control, options)
      : execute(run, control);
}

const LOOKING = { rows: "hash", content: false, governance: false } as const;

async function verifyRun(
  { id, request }: Parameters<ExecuteRun>[0],
  control: Parameters<ExecuteRun>[1],
  options: CarrierOptions,
): Promise<RunSummary> {
  const parsed = parseCloneRequest(request);
  if (!parsed.ok) throw invalidRequest(parsed.problems);
  const { clock } = options;
  const startedAt = clock.now();
  const found = await withRunPorts(id, options, control, (ports) =>
    withTarget(parsed.request, ports, (asked, ends) => verifyCatalogs(asked, LOOKING, ends)),
  );
  for (const { verdict, kind, object, reason } of found.objects) {
    if (verdict === "match") continue;
    const level = verdict === "differs" ? "error" : "warn";
    const line = `Verify: ${kind} ${object}: ${reason ?? verdict}`;
    control.emit({ at: clock.now(), type: "log", level, line });
  }
  const counted = `${found.matched} match, ${found.differing} differ, ${found.not_comparable} could not be compared.`;
  control.emit({ at: clock.now(), type: "log", level: "info", line: `Verify: ${counted}` });
  return summaryOf(id, parsed.request, found, { startedAt, completedAt: clock.now() });
}

const NONE = { success: 0, failed: 0, skipped: 0 };

/** A verification as runs are reported: it copies nothing, and fails where a copy is not what its source is. */
function summaryOf(
  id: string,
  request: CloneRequest,
  found: Verification,
  { startedAt, completedAt }: { readonly startedAt: number; readonly completedAt: number },
): RunSummary {
  const differing = found.objects.filter(({ verdict }) => verdict === "differs");
  return {
    run_id: id,
    mode: "full",
    status: differing.length === 0 ? "success" : "failed",
    clone_type: request.cloneType,
    dry_run: true,
    source_catalog: request.sourceCatalog,
    destination_catalog: request.destinationCatalog,
    started_at: new Date(startedAt).toISOString(),
    completed_at: new Date(completedAt).toISOString(),
    duration_seconds: (completedAt - startedAt) / 1000,
    schemas_processed: 0,
    tables: NONE,
    views: NONE,
    functions: NONE,
    volumes: NONE,
    errors: differing.map(({ object, reason }) => ({
      object,
      operation: "verify",
      code: "VALIDATION_FAILED",
      message: reason ?? "It differs from its source.",
    })),
    schema_durations: {},
    formats: {},
    bytes_copied: 0,
    files_copied: 0,
    source_table_size: 0,
    source_num_of_files: 0,
    volume_files_copied: 0,
    volume_bytes_copied: 0,
    statements: {},
    residue: [],
    validation: found,
  };
}
