import { fullName, type Volume, type Workspace } from "@clone-xs/unity";
import { exclusionReason, schemasInScope } from "../decide/scope.ts";
import { type Planning, targetNameOf, targetVolume } from "../plan/planning.ts";
import { filePolicy } from "../plan/volumes.ts";
import { compareFiles, comparisonOf, type VolumeComparison } from "../volumes/compare.ts";
import { openManifest } from "../volumes/manifest.ts";
import { EMPTY_TREE, listVolume } from "../volumes/tree.ts";
import type { InspectPorts } from "./ends.ts";
import { failureOf } from "./failure.ts";
import { inParallel } from "./in-parallel.ts";
import { type Failure, localKey } from "./inventory.ts";

/** How the files of a volume stand to those of its copy, or why that cannot be told. */
export type VolumeRead =
  | { readonly ok: true; readonly comparison: VolumeComparison }
  | { readonly ok: false; readonly failure: Failure };

/** Volumes compared at the same time, and directories listed at the same time in each. */
const VOLUMES = 4;
const DIRECTORIES = 4;

/** The files of all volumes that the request asks for, compared with those of their copies; by `localKey`. */
export async function readVolumes(
  planning: Planning,
  ports: InspectPorts,
): Promise<Readonly<Record<string, VolumeRead>>> {
  const volumes = schemasInScope(planning.source.schemas, planning.request)
    .flatMap((schema) => schema.volumes)
    .filter((volume) => isWanted(volume, planning));
  const reads = await inParallel(
    volumes,
    VOLUMES,
    async (volume): Promise<[string, VolumeRead]> => [
      localKey(volume),
      await readVolume(volume, planning, ports),
    ],
  );
  return Object.fromEntries(reads);
}

function isWanted(volume: Volume, planning: Planning): boolean {
  const { schema, name } = volume;
  const { request } = planning;
  if (exclusionReason({ schema, name, type: "volume" }, request) !== undefined) return false;
  const exists = targetVolume(volume, planning) !== undefined;
  if (exists) return request.loadType !== "INCREMENTAL" || request.forceReclone;
  return volume.volumeType === "MANAGED" || request.location !== undefined;
}

async function readVolume(volume: Volume, planning: Planning, ports: InspectPorts): Promise<VolumeRead> {
  const options = { parallel: DIRECTORIES, ...(ports.signal ? { signal: ports.signal } : {}) };
  try {
    const source = await listVolume(ports.source.files, volume, options);
    const exists = targetVolume(volume, planning) !== undefined;
    const { target, records } = exists
      ? await readCopy(volume, planning, ports.target)
      : { target: EMPTY_TREE, records: new Map() };
    const fates = compareFiles(source, target, records, filePolicy(planning.request));
    return { ok: true, comparison: comparisonOf(fates, source, records) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, `The files of ${fullName(volume)} could not be compared`) };
  }
}

async function readCopy(volume: Volume, planning: Planning, { files }: Pick<Workspace, "files">) {
  const copy = targetNameOf(volume, planning);
  const { records } = await openManifest(files, volume, copy);
  return { target: await listVolume(files, copy, { parallel: DIRECTORIES }), records };
}
