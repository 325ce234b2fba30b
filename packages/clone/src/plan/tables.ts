import { fullName, type Table } from "@clone-xs/unity";
import { hasVersions, impossibleReason, isShallowClone, otherDepth } from "../decide/cloneable.ts";
import { decideTable } from "../decide/decide.ts";
import type { Decision } from "../decide/decision.ts";
import { exclusionReason } from "../decide/scope.ts";
import { localKey } from "../inspect/inventory.ts";
import type { CloneTableOperation } from "./plan.ts";
import {
  type Planned,
  type Planning,
  schemaDependency,
  stepId,
  targetNameOf,
  targetTable,
} from "./planning.ts";

/** Plans one table of the source (not a view). */
export function planTable(table: Table, planning: Planning): Planned {
  const decision = decide(table, planning);
  const object = fullName(targetNameOf(table, planning));
  switch (decision.action) {
    case "clone":
      return { decision, step: cloneStep(table, decision, planning) };
    case "impossible":
      return { decision, residue: { object: local(table), what: "table", reason: decision.detail ?? "" } };
    case "refuse":
      return { decision, refused: { object, operation: "clone", ...refusal(object, decision) } };
    case "block":
      return { decision, blocked: { object, operation: "clone", ...modified(object, decision) } };
    case "leave":
      return { decision, ...leftBehind(table, decision, planning) };
    default:
      return { decision };
  }
}

function decide(table: Table, planning: Planning): Decision {
  const { request, source, target } = planning;
  const common = { kind: "table", schema: table.schema, name: table.name, reason: "excluded" } as const;
  const excluded = exclusionReason({ schema: table.schema, name: table.name, type: "table" }, request);
  if (excluded !== undefined) return { ...common, action: "leave", detail: excluded };
  const impossible = impossibleReason(table, request.cloneType);
  if (impossible !== undefined) return { ...common, action: "impossible", detail: impossible };
  const targetName = targetNameOf(table, planning);
  return decideTable(
    {
      source: table,
      target: targetTable(table, planning),
      targetName,
      sourceHistory: source.histories[localKey(table)],
      sourceFingerprint: source.fingerprints[localKey(table)],
      targetHistory: target?.histories[localKey(table)],
      depth: request.cloneType,
    },
    request,
  );
}

function cloneStep(table: Table, decision: Decision, planning: Planning) {
  return {
    id: stepId("table", table),
    stage: "tables",
    kind: "table",
    object: fullName(targetNameOf(table, planning)),
    reason: decision.reason,
    dependsOn: schemaDependency(table.schema, planning),
    operation: cloneOperation(table, planning),
  } as const;
}

function cloneOperation(table: Table, planning: Planning): CloneTableOperation {
  const { request, source } = planning;
  const history = source.histories[localKey(table)];
  const newest = hasVersions(table) && history?.ok ? history.entries[0] : undefined;
  const files = source.fingerprints[localKey(table)];
  return {
    kind: "clone_table",
    source: { catalog: table.catalog, schema: table.schema, name: table.name },
    target: targetNameOf(table, planning),
    depth: request.cloneType,
    version: newest?.version ?? null,
    versionTimestamp: newest?.timestamp ?? null,
    fingerprint: files?.ok ? files.fingerprint : null,
    sourceTableId: table.tableId ?? null,
    format: (table.format ?? "").toUpperCase(),
    existing: existing(targetTable(table, planning), request.cloneType),
    properties: request.tableProperties,
  };
}

/** Unity Catalog replaces deep clones in place; a shallow clone on either side of the change has to go first. */
function existing(target: Table | undefined, depth: "DEEP" | "SHALLOW"): CloneTableOperation["existing"] {
  if (target === undefined) return "create";
  return depth === "SHALLOW" || isShallowClone(target) ? "drop_and_create" : "replace";
}

function refusal(object: string, decision: Decision) {
  return {
    code: "FOREIGN_TARGET",
    message: `${object} is no clone of this source (${decision.detail ?? ""}), so nothing was written. Choose another destination, exclude it, or say replace_foreign.`,
  };
}

function modified(object: string, decision: Decision) {
  return {
    code: "TARGET_MODIFIED",
    message: `${object} was written since it was cloned (${decision.detail ?? ""}). Say on_target_modified overwrite to replace it, or skip to leave it.`,
  };
}

/** What is left as it is and is not what was asked for. */
function leftBehind(table: Table, decision: Decision, planning: Planning): Pick<Planned, "residue"> {
  const { request } = planning;
  const missed = (reason: string) => ({ residue: { object: local(table), what: "table", reason } });
  if (decision.reason === "foreign") return missed(foreignReason(decision));
  const excluded = exclusionReason({ schema: table.schema, name: table.name, type: "table" }, request);
  const target = targetTable(table, planning);
  const depth = target && excluded === undefined ? otherDepth(target, request.cloneType) : undefined;
  return depth === undefined ? {} : missed(`${depth}; it is left as it is`);
}

function foreignReason(decision: Decision): string {
  return `the target has a table of that name that is no clone of this one (${decision.detail ?? ""})`;
}

function local(table: Table): string {
  return `${table.schema}.${table.name}`;
}
