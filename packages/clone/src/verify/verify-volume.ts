import { createHash } from "node:crypto";
import type { Files, ObjectName, Volume } from "@clone-xs/unity";
import type { InspectPorts } from "../inspect/ends.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { listVolume, type VolumeTree, volumeRoot } from "../volumes/tree.ts";
import type { Finding, VerifyRequest } from "./certificate.ts";

/** Differing files that are named; the others are counted. */
const NAMED = 10;

/** Directories listed and files read at the same time. */
const AT_ONCE = 4;

/** Compares the files of two volumes: names, sizes and, where that is asked, bytes. Throws what the workspace throws. */
export async function verifyVolume(
  source: Volume,
  target: ObjectName,
  { content }: Pick<VerifyRequest, "content">,
  ports: InspectPorts,
): Promise<Finding> {
  const options = { parallel: AT_ONCE, ...(ports.signal ? { signal: ports.signal } : {}) };
  const [one, other] = await Promise.all([
    listVolume(ports.source.files, source, options),
    listVolume(ports.target.files, target, options),
  ]);
  const listed = listedDifferences(one, other);
  const same = [...one.files.keys()].filter((path) => !listed.has(path)).sort();
  const bytes = content ? await differingBytes(same, { source, target }, ports) : [];
  const differing = [...listed.values(), ...bytes.map((path) => `${path} has other bytes`)].sort();
  return {
    differs: worded(differing),
    unknown: [],
    facts: {
      files: one.files.size,
      notes:
        content || one.files.size === 0
          ? []
          : ["files are compared by name and size; their bytes are not read"],
    },
  };
}

/** By path, what a listing alone tells apart. */
function listedDifferences(source: VolumeTree, target: VolumeTree): ReadonlyMap<string, string> {
  const paths = [...new Set([...source.files.keys(), ...target.files.keys()])];
  return new Map(
    paths.flatMap((path): readonly (readonly [string, string])[] => {
      const [one, other] = [source.files.get(path), target.files.get(path)];
      if (other === undefined) return [[path, `${path} is missing`]];
      if (one === undefined) return [[path, `${path} is not on the source`]];
      return one.size === other.size
        ? []
        : [[path, `${path} has ${other.size} bytes instead of ${one.size}`]];
    }),
  );
}

async function differingBytes(
  paths: readonly string[],
  { source, target }: { readonly source: ObjectName; readonly target: ObjectName },
  ports: InspectPorts,
): Promise<readonly string[]> {
  const differing = await inParallel(paths, AT_ONCE, async (path) => {
    ports.signal?.throwIfAborted();
    const [one, other] = await Promise.all([
      digestOf(ports.source.files, `${volumeRoot(source)}/${path}`, ports.signal),
      digestOf(ports.target.files, `${volumeRoot(target)}/${path}`, ports.signal),
    ]);
    return one === other ? [] : [path];
  });
  return differing.flat();
}

async function digestOf(files: Files, path: string, signal: AbortSignal | undefined): Promise<string> {
  const digest = createHash("sha256");
  for await (const piece of files.read(path, signal ? { signal } : {})) digest.update(piece);
  return digest.digest("hex");
}

function worded(differing: readonly string[]): readonly string[] {
  if (differing.length <= NAMED) return differing;
  return [...differing.slice(0, NAMED), `and ${differing.length - NAMED} more files`];
}
