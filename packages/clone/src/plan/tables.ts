import { fullName, type Table } from "@clone-xs/unity";
import { impossibleReason, isBaseTable, isShallowClone, otherDepth } from "../decide/cloneable.ts";
import { decideTable } from "../decide/decide.ts";
import type { Decision } from "../decide/decision.ts";
import { extentOf } from "../decide/extent.ts";
import { type Pin, pinOf } from "../decide/pin.ts";
import { exclusionReason } from "../decide/scope.ts";
import { localKey } from "../inspect/inventory.ts";
import type { CloneTableOperation } from "./plan.ts";
import { contentOf, plainColumns } from "./content.ts";
import { barredReason, isLifted } from "./lifted.ts";
import { inTheWay } from "./in-the-way.ts";
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
  const pin = pinFor(table, planning);
  const decision = decide(table, pin, planning);
  const object = fullName(targetNameOf(table, planning));
  switch (decision.action) {
    case "clone":
      if (standsInTheWay(targetTable(table, planning))) return inTheWay(object, decision, "table");
      if (pin.kind === "unavailable") return unpinnable(object, decision, pin);
      if (pin.kind === "impossible")
        return uncopied(table, { ...decision, reason: "excluded", detail: pin.detail });
      return cloned(table, decision, { ...planning, pin });
    case "impossible":
      return uncopied(table, decision);
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

function cloned(table: Table, decision: Decision, planning: Pinned): Planned {
  const read = planning.source.definitions[localKey(table)];
  if (read?.ok === false) {
    const object = fullName(targetNameOf(table, planning));
    return unpinnable(object, decision, { code: "INSPECTION_FAILED", message: read.failure.message });
  }
  const lost =
    extentOf(table, planning.request).rows === "where" ? plainColumns(table, read?.definition) : [];
  return { decision, step: cloneStep(table, decision, planning), ...(lost[0] ? { residue: lost[0] } : {}) };
}

/** It would be cloned, and what was asked for cannot be had. */
function unpinnable(
  object: string,
  decision: Decision,
  { code, message }: Pick<Extract<Pin, { kind: "unavailable" }>, "code" | "message">,
): Planned {
  return {
    decision: { ...decision, action: "block", detail: message },
    blocked: { object, operation: "clone", code, message },
  };
}

function uncopied(table: Table, decision: Decision): Planned {
  const reason = decision.detail ?? "";
  return {
    decision: { ...decision, action: "impossible" },
    residue: { object: local(table), what: "table", reason },
  };
}

/** A table without rows is of no version: its columns are compared. */
function pinFor(table: Table, { request, source }: Planning): Pin {
  return request.schemaOnly
    ? { kind: "none" }
    : pinOf(table, source.histories[localKey(table)], request.asOf);
}

function decide(table: Table, pin: Pin, planning: Planning): Decision {
  const { request, source, target } = planning;
  const common = { kind: "table", schema: table.schema, name: table.name, reason: "excluded" } as const;
  const excluded = exclusionReason({ schema: table.schema, name: table.name, type: "table" }, request);
  if (excluded !== undefined) return { ...common, action: "leave", detail: excluded };
  const lifted = !request.schemaOnly && isLifted(table, planning);
  const impossible =
    impossibleReason(table, request.cloneType, request.schemaOnly || lifted) ??
    (lifted ? barredReason(table, planning) : undefined);
  if (impossible !== undefined) return { ...common, action: "impossible", detail: impossible };
  const targetName = targetNameOf(table, planning);
  return decideTable(
    {
      source: table,
      target: targetTable(table, planning),
      targetName,
      // What cannot be pinned as asked must not be found in sync with what it is now.
      sourceHistory: isMissing(pin) ? undefined : source.histories[localKey(table)],
      sourceFingerprint: source.fingerprints[localKey(table)],
      targetHistory: target?.histories[localKey(table)],
      depth: request.cloneType,
      extent: extentOf(table, request),
      ...(pin.kind === "version" && request.asOf.kind !== "latest" ? { pinned: pin.entry.version } : {}),
    },
    request,
  );
}

function isMissing({ kind }: Pin): boolean {
  return kind === "impossible" || kind === "unavailable";
}

interface Pinned extends Planning {
  readonly pin: Extract<Pin, { kind: "version" | "none" }>;
}

function cloneStep(table: Table, decision: Decision, planning: Pinned) {
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

function cloneOperation(table: Table, planning: Pinned): CloneTableOperation {
  const { request, source, pin } = planning;
  const entry = pin.kind === "version" ? pin.entry : undefined;
  const files = source.fingerprints[localKey(table)];
  return {
    kind: "clone_table",
    source: { catalog: table.catalog, schema: table.schema, name: table.name },
    target: targetNameOf(table, planning),
    depth: request.cloneType,
    version: entry?.version ?? null,
    pin: request.asOf.kind === "latest" ? "cut" : "request",
    versionTimestamp: entry?.timestamp ?? null,
    fingerprint: files?.ok ? files.fingerprint : null,
    sourceTableId: table.tableId ?? null,
    format: (table.format ?? "").toUpperCase(),
    existing: existing(targetTable(table, planning), request.cloneType),
    ...contentOf(table, planning),
  };
}

/** Unity Catalog replaces deep clones in place; a shallow clone on either side of the change has to go first. */
function existing(target: Table | undefined, depth: "DEEP" | "SHALLOW"): CloneTableOperation["existing"] {
  if (target === undefined) return "create";
  return depth === "SHALLOW" || isShallowClone(target) ? "drop_and_create" : "replace";
}

/** What no statement replaces by a table. */
function standsInTheWay(target: Table | undefined): boolean {
  return target !== undefined && !isBaseTable(target);
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
