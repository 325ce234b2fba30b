import { type AddFile, fileUri, printJson } from "@clone-xs/delta";
import type { ExecutionResult } from "../execution/execution.ts";
import { DOUBLE, LONG, STRING, struct, type Type } from "../execution/types/types.ts";
import { table } from "../execution/work.ts";
import { bytesOf, texts } from "./metrics.ts";
import type { RowTarget, TargetFile } from "./target.ts";

/** As Databricks writes them into the commit of an OPTIMIZE. */
export function optimizeMetrics(
  removed: readonly TargetFile[],
  added: readonly AddFile[],
): Readonly<Record<string, string>> {
  const sizes = added.map(({ size }) => size).toSorted((a, b) => a - b);
  const quantile = (q: number) => sizes[Math.min(sizes.length - 1, Math.floor(q * sizes.length))] ?? 0;
  return texts({
    numAddedFiles: added.length,
    numAddedBytes: bytesOf(added),
    numRemovedFiles: removed.length,
    numRemovedBytes: bytesOf(removed.map(({ live }) => live)),
    numDeletionVectorsRemoved: removed.filter(({ live }) => live.deletionVector).length,
    minFileSize: quantile(0),
    p25FileSize: quantile(0.25),
    p50FileSize: quantile(0.5),
    p75FileSize: quantile(0.75),
    maxFileSize: sizes.at(-1) ?? 0,
  });
}

export interface Optimized {
  readonly target: RowTarget;
  readonly considered: number;
  readonly removed: readonly TargetFile[];
  readonly added: readonly AddFile[];
  readonly partitions: number;
}

const FILES: readonly (readonly [string, Type])[] = [
  ["min", LONG],
  ["max", LONG],
  ["avg", DOUBLE],
  ["totalFiles", LONG],
  ["totalSize", LONG],
];

const named = (fields: readonly (readonly [string, Type])[]) =>
  struct(fields.map(([name, type]) => ({ name, type })));

const METRICS = named([
  ["numFilesAdded", LONG],
  ["numFilesRemoved", LONG],
  ["filesAdded", named(FILES)],
  ["filesRemoved", named(FILES)],
  ["partitionsOptimized", LONG],
  ["numBatches", LONG],
  ["totalConsideredFiles", LONG],
  ["totalFilesSkipped", LONG],
]);

/** The row that OPTIMIZE answers: where, and what became of the files. */
export function optimizeResult({
  target,
  considered,
  removed,
  added,
  partitions,
}: Optimized): ExecutionResult {
  const metrics = {
    numFilesAdded: added.length,
    numFilesRemoved: removed.length,
    filesAdded: summary(added),
    filesRemoved: summary(removed.map(({ live }) => live)),
    partitionsOptimized: partitions,
    numBatches: removed.length > 0 ? 1 : 0,
    totalConsideredFiles: considered,
    totalFilesSkipped: considered - removed.length,
  };
  return table(
    [
      ["path", STRING],
      ["metrics", METRICS],
    ],
    [[target.record?.locationUri ?? fileUri(target.base.root), printJson(metrics)]],
  );
}

function summary(files: readonly Pick<AddFile, "size">[]) {
  const sizes = files.map(({ size }) => size);
  const total = bytesOf(files);
  return {
    min: sizes.length === 0 ? null : Math.min(...sizes),
    max: sizes.length === 0 ? null : Math.max(...sizes),
    avg: sizes.length === 0 ? 0 : total / sizes.length,
    totalFiles: sizes.length,
    totalSize: total,
  };
}
