import { fullName, type Volume } from "@clone-xs/unity";
import type { Decision } from "../decide/decision.ts";
import { exclusionReason } from "../decide/scope.ts";
import { localKey } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import { type FilePolicy, sampleWords, type VolumeComparison } from "../volumes/compare.ts";
import { placeUnder } from "./locations.ts";
import {
  type Planned,
  type Planning,
  schemaDependency,
  stepId,
  targetNameOf,
  targetVolume,
} from "./planning.ts";

/** What a request says about files that a target has already. */
export function filePolicy(request: CloneRequest): FilePolicy {
  const { forceReclone: force, replaceForeign, onTargetModified } = request;
  return { force, replaceForeign, onTargetModified };
}

/** Plans one volume with its files: what is to be copied was counted when both ends were listed. */
export function planVolume(volume: Volume, planning: Planning): Planned {
  const { schema, name } = volume;
  const { request, source } = planning;
  const excluded = exclusionReason({ schema, name, type: "volume" }, request);
  if (excluded !== undefined) return left(volume, excluded);
  const exists = targetVolume(volume, planning) !== undefined;
  if (exists && request.loadType === "INCREMENTAL" && !request.forceReclone) {
    const there = `${fullName(targetNameOf(volume, planning))} exists`;
    return left(volume, `${there}; an incremental load makes only what is missing`);
  }
  if (!exists && volume.volumeType === "EXTERNAL" && request.location === undefined) return homeless(volume);
  const read = source.volumes[localKey(volume)];
  if (read === undefined) return unread(volume, "Its files were not listed.", planning);
  if (!read.ok) return unread(volume, read.failure.message, planning);
  return planFiles(volume, read.comparison, planning);
}

function planFiles(volume: Volume, comparison: VolumeComparison, planning: Planning): Planned {
  const { request } = planning;
  const object = fullName(targetNameOf(volume, planning));
  const { foreign, modified, orphaned } = comparison;
  if (foreign.count > 0) {
    const decision = decided(volume, "refuse", "foreign", `it has ${sampleWords(foreign)} of its own`);
    const message = `${object} has ${sampleWords(foreign)} that no clone of this source wrote, so nothing was written. Choose another destination, exclude it, or say replace_foreign.`;
    return { decision, refused: { object, operation: "copy files", code: "FOREIGN_TARGET", message } };
  }
  if (modified.count > 0) {
    const decision = decided(
      volume,
      "block",
      "target_modified",
      `changed since they were copied: ${sampleWords(modified)}`,
    );
    const message = `${object} was changed since it was copied: ${sampleWords(modified)}. Say on_target_modified overwrite to replace them, or skip to leave them.`;
    return { decision, blocked: { object, operation: "copy files", code: "TARGET_MODIFIED", message } };
  }
  const exists = targetVolume(volume, planning) !== undefined;
  const prunes = request.prune === "drop" && orphaned.count > 0;
  if (exists && comparison.copy === 0 && !prunes) {
    return { decision: decided(volume, "keep", "in_sync"), ...remaining(volume, comparison, request) };
  }
  return { ...copyStep(volume, comparison, planning), ...remaining(volume, comparison, request) };
}

function copyStep(volume: Volume, comparison: VolumeComparison, planning: Planning): Planned {
  const { request } = planning;
  const { catalog, schema, name } = volume;
  const target = targetNameOf(volume, planning);
  const exists = targetVolume(volume, planning) !== undefined;
  const reason = exists && comparison.known ? "version_drift" : "never_cloned";
  const decision = decided(volume, "clone", reason, workWords(comparison, request));
  const isPlaced = volume.volumeType === "EXTERNAL" && !exists && request.location !== undefined;
  const step = {
    id: stepId("volume", volume),
    stage: "volumes",
    kind: "volume",
    object: fullName(target),
    reason,
    dependsOn: schemaDependency(schema, planning),
    operation: {
      kind: "create_volume",
      source: { catalog, schema, name },
      target,
      comment: request.copy.comments ? (volume.comment ?? null) : null,
      // No name begins with this sign once it is made part of a path.
      location: isPlaced
        ? `${placeUnder(request.location, schema)}/~volumes/${placeUnder("", name).slice(1)}`
        : null,
      exists,
      files: comparison.copy,
      bytes: comparison.bytes,
      policy: filePolicy(request),
      prune: request.prune === "drop",
      validate: request.validate,
    },
  } as const;
  return { decision, step };
}

function workWords({ copy, bytes, orphaned }: VolumeComparison, { prune }: CloneRequest): string {
  const removed = prune === "drop" && orphaned.count > 0 ? `, ${orphaned.count} to delete` : "";
  return `${copy} ${copy === 1 ? "file" : "files"} to copy, ${bytes} bytes${removed}`;
}

/** What stands on the copy and not on the source, or is not as the source has it, and stays so. */
function remaining(
  volume: Volume,
  { orphaned, left }: VolumeComparison,
  { prune }: CloneRequest,
): Pick<Planned, "residue"> {
  const reasons = [
    ...(orphaned.count > 0 && prune === "report"
      ? [`gone on the source and kept on the copy: ${sampleWords(orphaned)}`]
      : []),
    ...(left.count > 0 ? [`changed on the copy and left as they are: ${sampleWords(left)}`] : []),
  ];
  if (reasons.length === 0) return {};
  return {
    residue: { object: `${volume.schema}.${volume.name}`, what: "files", reason: reasons.join("; ") },
  };
}

function homeless(volume: Volume): Planned {
  const detail = "an external volume needs a location of its own; it would show the source's files";
  return {
    decision: decided(volume, "impossible", "excluded", detail),
    residue: { object: `${volume.schema}.${volume.name}`, what: "volume", reason: detail },
  };
}

/** A volume whose files are not known must not pass for an empty one. */
function unread(volume: Volume, message: string, planning: Planning): Planned {
  const object = fullName(targetNameOf(volume, planning));
  return {
    decision: decided(volume, "block", "unable_to_compare", message),
    blocked: { object, operation: "copy files", code: "INSPECTION_FAILED", message },
  };
}

function left(volume: Volume, detail: string): Planned {
  return { decision: decided(volume, "leave", "excluded", detail) };
}

function decided(
  { schema, name }: Volume,
  action: Decision["action"],
  reason: Decision["reason"],
  detail?: string,
): Decision {
  return { kind: "volume", schema, name, action, reason, ...(detail === undefined ? {} : { detail }) };
}
