import { createVolume } from "@clone-xs/sql";
import { localName } from "@clone-xs/unity";
import type { CopyVolumeOperation } from "../plan/plan.ts";
import { copyVolume } from "../volumes/copy-volume.ts";
import { ensure, optional, type Performed, type PerformPorts } from "./sending.ts";

/** Makes a volume where there is none, and copies its files. What is there since is listed anew: the plan only counted. */
export async function performVolume(operation: CopyVolumeOperation, ports: PerformPorts): Promise<Performed> {
  const { source, target, comment, location, exists, policy, prune, validate } = operation;
  if (!exists) {
    const place = location === null ? {} : { location };
    await ensure(createVolume({ ...target, ...optional({ comment }), ...place, ifNotExists: true }), ports);
  }
  const copied = await copyVolume({ source, target, policy, prune, validate }, ports);
  const { bytes, files, remarks } = copied;
  const residue = remarks.map((reason) => ({ object: localName(source), what: "files", reason }));
  return { volumeFiles: { bytes, files }, ...(residue.length > 0 ? { residue } : {}) };
}
