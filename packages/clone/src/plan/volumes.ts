import { fullName, type Volume } from "@clone-xs/unity";
import type { Decision } from "../decide/decision.ts";
import { exclusionReason } from "../decide/scope.ts";
import { type Planned, type Planning, schemaDependency, stepId, targetNameOf } from "./planning.ts";

/** Plans one volume as an object; its files are not copied yet and stand in the residue. */
export function planVolume(volume: Volume, planning: Planning): Planned {
  const { schema, name } = volume;
  const base = { kind: "volume", schema, name } as const;
  const excluded = exclusionReason({ schema, name, type: "volume" }, planning.request);
  if (excluded !== undefined) {
    return { decision: { ...base, action: "leave", reason: "excluded", detail: excluded } };
  }
  if (onTarget(volume, planning)) return { decision: { ...base, action: "keep", reason: "in_sync" } };
  if (volume.volumeType === "EXTERNAL") {
    const detail = "an external volume needs a location of its own; it would show the source's files";
    return {
      decision: { ...base, action: "impossible", reason: "excluded", detail },
      residue: { object: `${schema}.${name}`, what: "volume", reason: detail },
    };
  }
  return createVolume(volume, { ...base, action: "clone", reason: "never_cloned" }, planning);
}

function createVolume(volume: Volume, decision: Decision, planning: Planning): Planned {
  const target = targetNameOf(volume, planning);
  const step = {
    id: stepId("volume", volume),
    stage: "volumes",
    kind: "volume",
    object: fullName(target),
    reason: decision.reason,
    dependsOn: schemaDependency(volume.schema, planning),
    operation: {
      kind: "create_volume",
      target,
      comment: planning.request.copy.comments ? (volume.comment ?? null) : null,
    },
  } as const;
  return { decision, step };
}

function onTarget(volume: Volume, { targetSchemas }: Planning): boolean {
  const there = targetSchemas.get(volume.schema.toLowerCase())?.volumes ?? [];
  return there.some(({ name }) => name.toLowerCase() === volume.name.toLowerCase());
}
