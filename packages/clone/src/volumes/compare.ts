import type { CloneRequest } from "../request/request.ts";
import type { FileRecord, Records } from "./manifest.ts";
import type { FileFacts, VolumeTree } from "./tree.ts";

/** What a request says about files that are there already. */
export interface FilePolicy {
  /** Copy also what is in sync. */
  readonly force: boolean;
  readonly replaceForeign: boolean;
  readonly onTargetModified: CloneRequest["onTargetModified"];
}

/**
 * What becomes of one file. `keep`: both ends are as they were when it was copied. `foreign`: the target has a file of that name that we
 * did not write. `modified`: somebody changed the copy. `left`: so, and the user said to leave it. `orphaned`: its source is gone.
 * `other`: a file of the target alone, none of ours. `gone`: only the record is left.
 */
export type FileFate = "copy" | "keep" | "foreign" | "modified" | "left" | "orphaned" | "other" | "gone";

interface FileEnds {
  readonly source: FileFacts | undefined;
  readonly target: FileFacts | undefined;
  readonly record: FileRecord | undefined;
}

export function fateOf({ source, target, record }: FileEnds, policy: FilePolicy): FileFate {
  if (source === undefined)
    return record === undefined ? "other" : target === undefined ? "gone" : "orphaned";
  if (target === undefined) return "copy";
  if (record === undefined) return policy.replaceForeign ? "copy" : "foreign";
  // Written by a run that did not come to record it; files come whole or not at all.
  if (record.state === "begun") return "copy";
  if (isTouched(target, record)) return TOUCHED[policy.onTargetModified];
  const changed = source.size !== record.size || source.modifiedAt !== record.modifiedAt;
  return changed || policy.force ? "copy" : "keep";
}

const TOUCHED = { fail: "modified", skip: "left", overwrite: "copy" } as const;

/** A listing has milliseconds, the headers of a single file seconds. */
export function isTouched(target: FileFacts, record: Extract<FileRecord, { state: "copied" }>): boolean {
  return target.size !== record.size || seconds(target.modifiedAt) !== seconds(record.copiedAt);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** The files of two volumes by their fate, each list in the order of paths. */
export type Fates = Readonly<Record<FileFate, readonly string[]>>;

export function compareFiles(
  source: VolumeTree,
  target: VolumeTree,
  records: Records,
  policy: FilePolicy,
): Fates {
  const fates: Record<FileFate, string[]> = {
    copy: [],
    keep: [],
    foreign: [],
    modified: [],
    left: [],
    orphaned: [],
    other: [],
    gone: [],
  };
  const paths = new Set([...source.files.keys(), ...target.files.keys(), ...records.keys()]);
  for (const path of [...paths].sort()) {
    const ends = {
      source: source.files.get(path),
      target: target.files.get(path),
      record: records.get(path),
    };
    fates[fateOf(ends, policy)].push(path);
  }
  return fates;
}

/** What the comparison of two volumes comes to: enough to plan by, however many files there are. */
export interface VolumeComparison {
  readonly copy: number;
  /** Bytes of the files to copy. */
  readonly bytes: number;
  readonly keep: number;
  /** The target knows of files that were copied from here before. */
  readonly known: boolean;
  readonly foreign: Sample;
  readonly modified: Sample;
  readonly left: Sample;
  readonly orphaned: Sample;
}

/** How many, and a few of them by name. */
export interface Sample {
  readonly count: number;
  readonly names: readonly string[];
}

const NAMED = 5;

export function comparisonOf(fates: Fates, source: VolumeTree, records: Records): VolumeComparison {
  return {
    copy: fates.copy.length,
    bytes: fates.copy.reduce((sum, path) => sum + (source.files.get(path)?.size ?? 0), 0),
    keep: fates.keep.length,
    known: records.size > 0,
    foreign: sampleOf(fates.foreign),
    modified: sampleOf(fates.modified),
    left: sampleOf(fates.left),
    orphaned: sampleOf(fates.orphaned),
  };
}

export function sampleOf(paths: readonly string[]): Sample {
  return { count: paths.length, names: paths.slice(0, NAMED) };
}

/** `3 files (a, b, c)`, `7 files (a, b, c, d, e and 2 more)` */
export function sampleWords({ count, names }: Sample): string {
  const more = count > names.length ? ` and ${count - names.length} more` : "";
  return `${count} ${count === 1 ? "file" : "files"} (${names.join(", ")}${more})`;
}
