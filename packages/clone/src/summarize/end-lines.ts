import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan, Operation, Step } from "../plan/plan.ts";

/** What a dry run tells: a line for each thing that a run would make or change, with its reason, and what they come to. */
export function dryRunLines(plan: ClonePlan): readonly string[] {
  if (plan.refused.length > 0) return ["Dry run: nothing was changed. A run would be refused."];
  const lines = plan.steps.map((step) => `Would ${deed(step)} (${step.reason})`);
  const kept = plan.decisions.filter(({ action }) => action === "keep" || action === "leave").length;
  const left = kept === 0 ? "" : ` and leave ${kept} as they are`;
  return [
    ...lines,
    `Dry run: nothing was changed. A run would make or change ${kindsOf(plan.steps)}${left}.`,
  ];
}

/** What a cancelled run tells at its end: how far it came, and what it was stopped in. */
export function cancelLine(plan: ClonePlan | undefined, outcomes: ReadonlyMap<string, StepOutcome>): string {
  const steps = plan?.steps ?? [];
  const done = steps.filter(({ id }) => outcomes.get(id)?.state === "succeeded").length;
  const stopped = steps.filter(({ id }) => wasStopped(outcomes.get(id))).map(({ object }) => object);
  if (plan === undefined) return "Cancelled while the catalogs were inspected: nothing was changed.";
  if (done === 0 && stopped.length === 0) return "Cancelled before anything was begun: nothing was changed.";
  const inWhat =
    stopped.length === 0 ? "" : ` Stopped in ${stopped.slice(0, SHOWN).join(", ")}${more(stopped)}.`;
  return `Cancelled: ${done} of ${steps.length} steps were done, and what they made stays.${inWhat}`;
}

const SHOWN = 10;

function more({ length }: readonly string[]): string {
  return length > SHOWN ? ` and ${length - SHOWN} more` : "";
}

/** Begun, and cancelled under way; what was never begun took no time. */
function wasStopped(outcome: StepOutcome | undefined): boolean {
  return outcome?.state === "skipped" && outcome.code === "CANCELLED" && outcome.endedAt > outcome.startedAt;
}

function deed({ kind, object, operation }: Step): string {
  const what = kind === "governance" ? object : `${kind} ${object}`;
  return `${verb(operation)} ${what}${origin(operation)}`;
}

function verb(operation: Operation): string {
  switch (operation.kind) {
    case "clone_table":
      return TABLE_VERBS[operation.existing];
    case "alter_view":
      return "change the text of";
    case "create_function":
      return operation.replace ? "replace" : "create";
    case "create_catalog":
    case "create_schema":
    case "create_view":
      return "create";
    case "create_volume":
      return operation.exists ? "bring up to date the files of" : "create and fill";
    case "drop_orphan":
      return "drop";
    case "open_route":
      return "open the";
    case "close_route":
      return "close the";
    case "set_mask":
      return `mask the column ${operation.column} of`;
    case "add_constraint":
      return `add the constraint ${operation.constraint.name} to`;
    case "grant":
      return `grant ${operation.principal} ${operation.privileges.join(", ")} on`;
    case "set_owner":
      return `hand over to ${operation.owner}`;
    default:
      return GOVERNANCE_VERBS[operation.kind];
  }
}

const GOVERNANCE_VERBS = {
  set_row_filter: "filter the rows of",
  set_comment: "comment on",
  set_properties: "set properties of",
  set_tags: "tag",
} as const;

const TABLE_VERBS = {
  create: "clone",
  replace: "replace by a new clone",
  drop_and_create: "drop and clone again",
} as const;

function origin(operation: Operation): string {
  if (operation.kind !== "clone_table") return "";
  const { catalog, schema, name } = operation.source;
  return ` from ${catalog}.${schema}.${name}`;
}

/** `1 catalog, 2 schemas, 3 tables`; `nothing` when there is none. */
function kindsOf(steps: readonly Step[]): string {
  const counts = new Map<Step["kind"], number>();
  for (const { kind } of steps) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (counts.size === 0) return "nothing";
  return [...counts].map(([kind, count]) => `${count} ${named(kind)}${count === 1 ? "" : "s"}`).join(", ");
}

function named(kind: Step["kind"]): string {
  return kind === "governance" ? "governance setting" : kind;
}
