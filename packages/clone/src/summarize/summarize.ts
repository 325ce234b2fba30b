import type { Decision, Reason } from "../decide/decision.ts";
import type { CloneCounters, StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan, ObjectKind, Step } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import type { OpenedRoute } from "../route/route-operation.ts";
import { savingsOf, WORTH_IT } from "../estimate/savings.ts";
import type { Weights } from "../estimate/weigh-plan.ts";
import type { Verification } from "../verify/certificate.ts";
import { stepErrors } from "./errors.ts";
import type {
  DriftEntry,
  ObjectCounts,
  ObjectError,
  PlannedCounts,
  Residue,
  RunStatus,
  RunSummary,
  SelectiveFacts,
} from "./summary.ts";

/** Everything a finished run leaves behind. */
export interface RunRecord {
  readonly runId: string;
  readonly request: CloneRequest;
  /** Absent when the run ended before there was a plan. */
  readonly plan?: ClonePlan;
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** What went wrong with the run as a whole: refused, lost, not given back. */
  readonly problems?: readonly ObjectError[];
  /** What the plan's tables come to; absent when that is not known of each. */
  readonly weights?: Weights;
  /** What the target could have read the source through, where nothing had to be read. */
  readonly route?: OpenedRoute;
  /** What comparing the copies with their sources came to, where it was asked for. */
  readonly validation?: Verification;
  /** Where the copy went, when that is another workspace; without a host while it was not reached. */
  readonly target?: { readonly name: string; readonly host?: string };
  readonly cancelled: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly completedAt: number;
  readonly statements: Readonly<Record<string, number>>;
}

/** Folds a finished run into what it reports. Pure. */
export function summarize(record: RunRecord): RunSummary {
  const { request, plan, outcomes } = record;
  const errors = [
    ...(record.problems ?? []),
    ...(plan?.refused ?? []),
    ...(plan?.blocked ?? []),
    ...stepErrors(plan?.steps ?? [], outcomes),
  ];
  const counts = (kind: ObjectKind) => countsOf(kind, record);
  const totals = sumCounters(outcomes);
  return {
    run_id: record.runId,
    mode: MODES[request.loadType],
    status: statusOf(record, errors),
    clone_type: request.cloneType,
    dry_run: request.dryRun,
    source_catalog: request.sourceCatalog,
    destination_catalog: request.destinationCatalog,
    ...targetFacts(record),
    started_at: new Date(record.startedAt).toISOString(),
    completed_at: new Date(record.completedAt).toISOString(),
    duration_seconds: (record.completedAt - record.startedAt) / 1000,
    schemas_processed: plan?.schemas.length ?? 0,
    tables: counts("table"),
    views: counts("view"),
    functions: counts("function"),
    volumes: counts("volume"),
    errors,
    schema_durations: schemaDurations(plan, outcomes),
    formats: formatsOf(plan, outcomes),
    bytes_copied: totals.copied_files_size,
    files_copied: totals.num_copied_files,
    source_table_size: totals.source_table_size,
    source_num_of_files: totals.source_num_of_files,
    ...volumeSums(outcomes),
    statements: record.statements,
    residue: [...(plan?.residue ?? []), ...residueOf(outcomes)],
    ...(plan && request.dryRun ? { planned: plannedCounts(plan, record.weights) } : {}),
    ...(plan ? { orphaned: orphansOf(plan).map(({ schema, name }) => `${schema}.${name}`) } : {}),
    ...(record.validation ? { validation: record.validation } : {}),
    ...routeFacts(record),
    ...(plan && request.loadType === "SELECTIVE" ? selective(plan, record, totals) : {}),
  };
}

function targetFacts({ target }: RunRecord): Pick<RunSummary, "target_name" | "target_host"> {
  if (target === undefined) return {};
  return { target_name: target.name, ...(target.host === undefined ? {} : { target_host: target.host }) };
}

function volumeSums(
  outcomes: ReadonlyMap<string, StepOutcome>,
): Pick<RunSummary, "volume_files_copied" | "volume_bytes_copied"> {
  const copied = [...outcomes.values()].flatMap((outcome) =>
    outcome.state === "succeeded" ? (outcome.volumeFiles ?? []) : [],
  );
  return {
    volume_files_copied: copied.reduce((sum, { files }) => sum + files, 0),
    volume_bytes_copied: copied.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function residueOf(outcomes: ReadonlyMap<string, StepOutcome>): readonly Residue[] {
  return [...outcomes.values()].flatMap((outcome) =>
    outcome.state === "failed" ? [] : (outcome.residue ?? []),
  );
}

function routeFacts({ outcomes, route: found }: RunRecord): Partial<RunSummary> {
  const opened = [...outcomes.values()].find((outcome) => outcome.state === "succeeded" && outcome.route);
  const route = opened?.state === "succeeded" ? opened.route : found;
  if (route === undefined) return {};
  const { share, recipient, catalog } = route;
  return {
    share_name: share.name,
    share_status: share.state,
    recipient_name: recipient.name,
    recipient_status: recipient.state,
    shared_catalog_name: catalog.name,
    shared_catalog_status: catalog.state,
  };
}

const MODES = { FULL: "full", INCREMENTAL: "incremental", SELECTIVE: "selective" } as const;

const OBJECTS: ReadonlySet<Step["kind"]> = new Set<ObjectKind>(["table", "view", "function", "volume"]);

/** Refused or nothing achieved: failed. Some failed: partial. */
function statusOf({ plan, outcomes, cancelled }: RunRecord, errors: readonly ObjectError[]): RunStatus {
  if (cancelled) return "cancelled";
  if (errors.length === 0) return "success";
  if (plan === undefined || plan.refused.length > 0) return "failed";
  const made = plan.steps.some(
    ({ id, kind }) => OBJECTS.has(kind) && outcomes.get(id)?.state === "succeeded",
  );
  return made || plan.decisions.some(({ action }) => action === "keep") ? "partial" : "failed";
}

/** Every object of the kind that the source has in scope is counted once; orphans are not the source's. */
function countsOf(kind: ObjectKind, { request, plan, outcomes }: RunRecord): ObjectCounts {
  const decisions = (plan?.decisions ?? []).filter((d) => d.kind === kind && d.reason !== "orphaned");
  const steps = (plan?.steps ?? []).filter((step) => step.kind === kind);
  const states = steps.map(({ id }) => outcomes.get(id)?.state);
  const hopeless = plan?.blocked.filter(({ code }) => code === "DEPENDENCY_FAILED") ?? [];
  const blocked = decisions.filter(({ action }) => action === "block" || action === "refuse").length;
  const unattempted = hopeless.filter(({ operation }) => operation === `create ${kind}`).length;
  const success = states.filter((state) => state === "succeeded").length;
  const failed = states.filter((state) => state === "failed").length + blocked - unattempted;
  const planned = request.dryRun && plan ? plannedOf(kind, plan) : 0;
  return { success, failed, skipped: decisions.length - success - failed - planned };
}

function plannedCounts(plan: ClonePlan, weights: Weights | undefined): PlannedCounts {
  return {
    ...(weights ? { bytes: weights.toCopy } : {}),
    tables: plannedOf("table", plan),
    views: plannedOf("view", plan),
    functions: plannedOf("function", plan),
    volumes: plannedOf("volume", plan),
  };
}

/** What a run would make or change; nothing when it would be refused. */
function plannedOf(kind: ObjectKind, { steps, refused }: ClonePlan): number {
  return refused.length > 0 ? 0 : steps.filter((step) => step.kind === kind).length;
}

function sumCounters(outcomes: ReadonlyMap<string, StepOutcome>): CloneCounters {
  const total = {
    source_table_size: 0,
    source_num_of_files: 0,
    num_removed_files: 0,
    num_copied_files: 0,
    removed_files_size: 0,
    copied_files_size: 0,
  };
  for (const outcome of outcomes.values()) {
    const counters = outcome.state === "succeeded" ? outcome.counters : undefined;
    for (const name of Object.keys(total) as (keyof CloneCounters)[]) total[name] += counters?.[name] ?? 0;
  }
  return total;
}

function formatsOf(
  plan: ClonePlan | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): Readonly<Record<string, number>> {
  const formats: Record<string, number> = {};
  for (const { id, operation } of plan?.steps ?? []) {
    if (operation.kind !== "clone_table" || outcomes.get(id)?.state !== "succeeded") continue;
    formats[operation.format] = (formats[operation.format] ?? 0) + 1;
  }
  return formats;
}

/** Seconds from the first step of a schema to the end of its last. */
function schemaDurations(
  plan: ClonePlan | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): Readonly<Record<string, number>> {
  const spans = new Map<string, { from: number; to: number }>();
  for (const step of plan?.steps ?? []) {
    const schema = schemaOf(step);
    const outcome = outcomes.get(step.id);
    if (schema === undefined || outcome === undefined || outcome.state === "skipped") continue;
    const span = spans.get(schema) ?? { from: outcome.startedAt, to: outcome.endedAt };
    const { from, to } = span;
    spans.set(schema, { from: Math.min(from, outcome.startedAt), to: Math.max(to, outcome.endedAt) });
  }
  return Object.fromEntries([...spans].map(([schema, { from, to }]) => [schema, (to - from) / 1000]));
}

function schemaOf({ operation }: Step): string | undefined {
  switch (operation.kind) {
    case "create_catalog":
    case "open_route":
    case "close_route":
      return undefined;
    case "create_schema":
      return operation.schema;
    case "create_function":
      return operation.routine.schema;
    default:
      return "schema" in operation.target ? operation.target.schema : undefined;
  }
}

const NO_DRIFT: ReadonlySet<Reason> = new Set(["in_sync", "excluded", "orphaned"]);

/** Tables that do not stand as the source does, whatever the plan makes of them; foreign ones only when they are replaced. */
export function driftedTables(plan: ClonePlan): readonly Decision[] {
  return plan.decisions.filter(
    ({ kind, action, reason }) =>
      kind === "table" &&
      action !== "impossible" &&
      !NO_DRIFT.has(reason) &&
      (reason !== "foreign" || action === "clone"),
  );
}

/** Clones on the target whose source is gone. */
export function orphansOf(plan: ClonePlan): readonly Decision[] {
  return plan.decisions.filter(({ reason }) => reason === "orphaned");
}

function selective(plan: ClonePlan, { request, weights }: RunRecord, totals: CloneCounters) {
  const drifted = driftedTables(plan);
  const tables = plan.decisions.filter(({ kind }) => kind === "table");
  const toClone = tables.filter(({ action }) => action === "clone").length;
  const inSync = tables.filter(({ action }) => action === "keep").length;
  const size = request.dryRun ? weights?.toCopy : totals.copied_files_size;
  const savings = weights
    ? savingsOf({ size: size ?? 0, total: weights.total, nothingToDo: toClone === 0 })
    : savingsOf({ size: toClone, total: toClone + inSync, nothingToDo: toClone === 0 });
  const facts: SelectiveFacts = {
    target_exists: plan.targetExists,
    tables_to_clone: toClone,
    tables_in_sync: inSync,
    ...(size !== undefined && plan.refused.length === 0 ? { size_bytes: size } : {}),
    savings_pct: savings,
    recommended: savings >= WORTH_IT,
  };
  return { total_drifted_tables: drifted.length, drift: drifted.map(driftEntry), selective: facts };
}

function driftEntry({ schema, name, reason, sourceVersion, clonedVersion }: Decision): DriftEntry {
  return {
    schema,
    table: name,
    reason,
    source_version: sourceVersion === undefined ? null : Number(sourceVersion),
    cloned_version: clonedVersion === undefined ? null : Number(clonedVersion),
  };
}
