import { fullName, type Table } from "@clone-xs/unity";
import { isShallowClone } from "../decide/cloneable.ts";
import { judgeTable } from "../decide/judge.ts";
import { ALL_ROWS, sameExtent } from "../decide/extent.ts";
import { isCloneOf, readStamp } from "../decide/provenance.ts";
import type { Ends } from "../inspect/ends.ts";
import { type HistoryRead, localKey } from "../inspect/inventory.ts";
import { sameFunction, sameText } from "../plan/definition-steps.ts";
import type { CloneTableOperation, ClonePlan, Step } from "../plan/plan.ts";
import { type Planning, planningOf, stepId, targetFunction, targetTable } from "../plan/planning.ts";
import { planClone } from "../plan/plan-clone.ts";
import type { CloneRequest } from "../request/request.ts";
import type { ObjectError } from "../summarize/summary.ts";
import type { PlannedWork } from "./apply-document.ts";
import { isMaking, sameStanding, type Standing, standingOf } from "./apply-standing.ts";

/** Histories of source tables, by `localKey`, that reach back to the versions a plan pinned. */
export type PinHistories = Readonly<Record<string, HistoryRead>>;

/**
 * The plan as it can be carried out over what stands at both ends now. What it wanted and is there already is kept, not done again;
 * where an end moved in a way that matters, the plan is refused with PLAN_STALE for each such object. That a source was written
 * since does not matter: the plan clones the versions it pinned, and says so in its notes. Pure.
 */
export function planToApply(
  work: PlannedWork,
  request: CloneRequest,
  ends: Ends,
  pins: PinHistories,
): ClonePlan {
  const { plan } = work;
  const planning = planningOf(request, ends.source, ends.target);
  const settled = new Set(
    plan.steps.filter((step) => isMaking(step) && isSettled(step, work, planning)).map(({ id }) => id),
  );
  const open = plan.steps.filter(({ id }) => !settled.has(id));
  const now = { planning, sources: sourceTables(ends), pins };
  const moved = open.filter(isMaking).map((step) => ({ id: step.id, errors: movedBy(step, work, now) }));
  const stale = new Set(moved.filter(({ errors }) => errors.length > 0).map(({ id }) => id));
  const steps = withoutWhatIsDone(open, request, ends);
  return {
    ...plan,
    request: { ...plan.request, dry_run: false },
    decisions: plan.decisions.map((decision) => {
      const id = stepId(decision.kind, decision);
      if (settled.has(id)) return { ...decision, action: "keep", reason: "in_sync" };
      return stale.has(id) ? { ...decision, action: "refuse" } : decision;
    }),
    steps,
    refused: [...plan.refused, ...moved.flatMap(({ errors }) => errors)],
    notes: [...plan.notes, ...alreadyThere(settled.size), ...newerSources(steps, pins)],
  };
}

/** What both ends hold now. */
interface Now {
  readonly planning: Planning;
  /** By `localKey`. */
  readonly sources: ReadonlyMap<string, Table>;
  readonly pins: PinHistories;
}

/** The target moved since the plan was made, to where the plan wanted it. */
function isSettled(step: Step, { against }: PlannedWork, planning: Planning): boolean {
  const now = standingOf(step, planning);
  const then = against[step.id];
  return now !== undefined && then !== undefined && !sameStanding(now, then) && isMade(step, planning);
}

/** What a step makes stands on the target as the step would make it. */
export function isMade(step: Step, planning: Planning): boolean {
  const { operation } = step;
  switch (operation.kind) {
    case "create_catalog":
      return planning.target !== undefined;
    case "create_schema": {
      const there = planning.targetSchemas.get(operation.schema.toLowerCase())?.schema;
      const stamp = there && readStamp(there.properties, there);
      return stamp?.source.toLowerCase() === operation.source.toLowerCase();
    }
    case "create_volume":
      return false;
    case "create_view":
    case "alter_view":
      return sameText(targetTable(operation.target, planning)?.view?.text ?? "", operation.text);
    case "create_function": {
      const there = targetFunction(operation.routine, planning);
      return there !== undefined && sameFunction(there, operation.routine);
    }
    case "clone_table":
      return isClonedAsPlanned(operation, planning);
    default:
      return false;
  }
}

/** The clone stands at the planned version of the same source table, in the planned depth, and nobody wrote to it since. */
function isClonedAsPlanned(operation: CloneTableOperation, planning: Planning): boolean {
  const target = targetTable(operation.target, planning);
  const stamp = readStamp(target?.properties ?? {}, operation.target);
  if (target === undefined || !isCloneOf(stamp, operation.source)) return false;
  const extent = stamp.extent ?? ALL_ROWS;
  const same =
    stamp.sourceId === operation.sourceTableId &&
    extent.rows !== "unfinished" &&
    sameExtent(extent, operation.extent) &&
    stamp.version === operation.version &&
    stamp.fingerprint === operation.fingerprint &&
    (stamp.version !== null || stamp.fingerprint !== null || extent.rows === "none");
  return (
    same &&
    isShallowClone(target) === (operation.depth === "SHALLOW") &&
    !isWritten(operation, target, planning)
  );
}

function isWritten(operation: CloneTableOperation, target: Table, planning: Planning): boolean {
  const { reason } = judgeTable({
    // Of the source no more than its name is looked at here.
    source: { ...target, ...operation.source },
    target,
    targetName: operation.target,
    sourceHistory: undefined,
    sourceFingerprint: undefined,
    targetHistory: planning.target?.histories[localKey(operation.target)],
  });
  return reason === "target_modified";
}

/** What comes on top of an object, or is the way to it, stays in the plan while the object is to be made; else only what is not there yet. */
function withoutWhatIsDone(
  open: readonly Step[],
  request: CloneRequest,
  { source, target }: Ends,
): readonly Step[] {
  const underMade = dependents(open.filter(isMaking), open);
  const needed = new Set(open.filter(isMaking).flatMap(({ dependsOn }) => dependsOn));
  const others = open.filter((step) => !isMaking(step) && !underMade.has(step.id) && !needed.has(step.id));
  if (others.length === 0) return open;
  const missing = planClone({ ...request, loadType: "SELECTIVE", forceReclone: false }, source, target);
  const wanted = new Set(missing.steps.map(({ id }) => id));
  const done = new Set(others.filter(({ id }) => !wanted.has(id)).map(({ id }) => id));
  return open.filter(({ id }) => !done.has(id));
}

/** The steps that need one of `roots`, directly or through others, and the roots. */
function dependents(roots: readonly Step[], steps: readonly Step[]): ReadonlySet<string> {
  const found = new Set(roots.map(({ id }) => id));
  let size = -1;
  while (size !== found.size) {
    size = found.size;
    for (const { id, dependsOn } of steps) if (dependsOn.some((needed) => found.has(needed))) found.add(id);
  }
  return found;
}

/** Why a step cannot be done as it was planned; none when it can. */
function movedBy(step: Step, work: PlannedWork, now: Now): readonly ObjectError[] {
  const reason = sourceMoved(step, now) ?? targetMoved(step, work, now.planning);
  if (reason === undefined) return [];
  return [{ object: step.object, operation: step.operation.kind, code: "PLAN_STALE", message: reason }];
}

function targetMoved(step: Step, { against }: PlannedWork, planning: Planning): string | undefined {
  const [then, now] = [against[step.id], standingOf(step, planning)];
  if (then === undefined || now === undefined || sameStanding(then, now)) return undefined;
  const since = "since the plan was made, so it was not applied. Make the plan again.";
  if (then.kind === "absent") return `${step.object} appeared on the target ${since}`;
  if (now.kind === "absent") return `${step.object} vanished from the target ${since}`;
  return `${step.object} changed on the target${versions(then, now)} ${since}`;
}

function versions(then: Standing, now: Standing): string {
  if (then.kind !== "table" || now.kind !== "table" || then.version === null || now.version === null)
    return "";
  return then.version === now.version ? "" : ` (version ${then.version} then, ${now.version} now)`;
}

function sourceMoved({ operation }: Step, { planning, sources, pins }: Now): string | undefined {
  if (operation.kind !== "clone_table") return undefined;
  const name = fullName(operation.source);
  const again = "Make the plan again.";
  const table = sources.get(localKey(operation.source));
  if (table === undefined) return `Its source ${name} is gone. ${again}`;
  if (operation.sourceTableId !== null && table.tableId !== operation.sourceTableId)
    return `Its source ${name} was dropped and made again since the plan was made. ${again}`;
  if (operation.version === null) {
    const files = planning.source.fingerprints[localKey(table)];
    if (operation.fingerprint === null || (files?.ok && files.fingerprint === operation.fingerprint))
      return undefined;
    return `The files of its source ${name}, which has no versions, changed since the plan was made. ${again}`;
  }
  const history = pins[localKey(table)];
  if (history?.ok !== true)
    return `The history of its source ${name} cannot be read (${history?.failure.message ?? "nobody asked"}).`;
  if (history.entries.some(({ version }) => version === operation.version)) return undefined;
  return `Version ${operation.version} of its source ${name}, which the plan pinned, is no longer in its history. ${again}`;
}

function alreadyThere(count: number): readonly string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? "1 object is as planned already, and stays as it is."
      : `${count} objects are as planned already, and stay as they are.`,
  ];
}

const SHOWN = 10;

/** One note for all tables whose source goes on without the copy. */
function newerSources(steps: readonly Step[], pins: PinHistories): readonly string[] {
  const newer = steps.flatMap(({ operation }) => {
    if (operation.kind !== "clone_table" || operation.version === null) return [];
    const history = pins[localKey(operation.source)];
    const newest = history?.ok ? history.entries[0]?.version : undefined;
    if (newest === undefined || newest === operation.version) return [];
    return [`${fullName(operation.source)} (version ${operation.version}, now ${newest})`];
  });
  if (newer.length === 0) return [];
  const more = newer.length > SHOWN ? `, and ${newer.length - SHOWN} more` : "";
  return [
    `${newer.length} source ${newer.length === 1 ? "table was" : "tables were"} written since the plan was made; the versions that it pinned are copied: ${newer.slice(0, SHOWN).join(", ")}${more}.`,
  ];
}

function sourceTables({ source }: Ends): ReadonlyMap<string, Table> {
  const tables = source.schemas.flatMap((schema) => schema.tables);
  return new Map(tables.map((table) => [localKey(table), table]));
}
