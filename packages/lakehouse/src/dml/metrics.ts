import { type AddFile, type JsonObject, printJson } from "@clone-xs/delta";
import type { Expression, Merge, MergeClause } from "@clone-xs/sql";
import type { MergeStep } from "./merge-actions.ts";
import type { Rewritten } from "./rewrite.ts";

/** How many rows a MERGE did what with. */
export interface MergeRows {
  readonly inserted: bigint;
  readonly updated: bigint;
  readonly deleted: bigint;
  readonly matchedUpdated: bigint;
  readonly matchedDeleted: bigint;
}

export function rowsOfMerge(steps: readonly MergeStep[], counts: ReadonlyMap<number, bigint>): MergeRows {
  const sum = (change: MergeStep["action"]["change"], when?: MergeStep["when"]) =>
    steps.reduce(
      (total, step, i) =>
        step.action.change === change && (when ?? step.when) === step.when
          ? total + (counts.get(i) ?? 0n)
          : total,
      0n,
    );
  return {
    inserted: sum("insert"),
    updated: sum("update"),
    deleted: sum("delete"),
    matchedUpdated: sum("update", "MATCHED"),
    matchedDeleted: sum("delete", "MATCHED"),
  };
}

/** As Databricks writes them into the commit of a MERGE; times are left out, nobody is to rely on them. */
export function mergeMetrics(
  rewritten: Rewritten,
  { inserted, updated, deleted, matchedUpdated, matchedDeleted }: MergeRows,
): Readonly<Record<string, string>> {
  const { cdc, copied, sourceRows } = rewritten;
  const { added, removed, vectors } = filesOfCommit(rewritten);
  return texts({
    numSourceRows: sourceRows,
    numTargetRowsInserted: inserted,
    numTargetRowsUpdated: updated,
    numTargetRowsMatchedUpdated: matchedUpdated,
    numTargetRowsNotMatchedBySourceUpdated: updated - matchedUpdated,
    numTargetRowsDeleted: deleted,
    numTargetRowsMatchedDeleted: matchedDeleted,
    numTargetRowsNotMatchedBySourceDeleted: deleted - matchedDeleted,
    numTargetRowsCopied: copied,
    numOutputRows: copied + inserted + updated,
    numTargetFilesAdded: added.length,
    numTargetFilesRemoved: removed.length,
    numTargetBytesAdded: bytesOf(added),
    numTargetBytesRemoved: bytesOf(removed.map(({ live }) => live)),
    numTargetChangeFilesAdded: cdc.length,
    numTargetDeletionVectorsAdded: vectors.added,
    numTargetDeletionVectorsRemoved: vectors.removed,
    numTargetDeletionVectorsUpdated: vectors.updated,
  });
}

/** Files that are new and that are gone, and what became of deletion vectors. A file that only got another vector is neither. */
function filesOfCommit({ touched, added, masked }: Rewritten) {
  const stays = new Set(masked.map(({ path }) => path));
  const before = touched.filter(({ live }) => live.deletionVector !== undefined);
  return {
    added: added.filter(({ path }) => !stays.has(path)),
    removed: touched.filter(({ live }) => !stays.has(live.path)),
    vectors: {
      added: masked.length,
      removed: before.length,
      updated: before.filter(({ live }) => stays.has(live.path)).length,
    },
  };
}

/** As Databricks writes them into the commit of an UPDATE or DELETE. */
export function rewriteMetrics(
  rewritten: Rewritten,
  rows: Readonly<Record<string, bigint>>,
): Readonly<Record<string, string>> {
  const { cdc, copied } = rewritten;
  const { added, removed, vectors } = filesOfCommit(rewritten);
  return texts({
    numRemovedFiles: removed.length,
    numRemovedBytes: bytesOf(removed.map(({ live }) => live)),
    numAddedFiles: added.length,
    numAddedBytes: bytesOf(added),
    numCopiedRows: copied,
    ...rows,
    numAddedChangeFiles: cdc.length,
    numDeletionVectorsAdded: vectors.added,
    numDeletionVectorsRemoved: vectors.removed,
    numDeletionVectorsUpdated: vectors.updated,
  });
}

/** Sources of the predicates: the statement's own words. */
export function mergeParameters(text: string, { on, clauses }: Merge): JsonObject {
  const words = ({ start, end }: Expression) => text.slice(start, end);
  const predicates = (when: MergeClause["when"]) =>
    printJson(
      clauses
        .filter((clause) => clause.when === when)
        .map(({ condition, action }) => ({
          ...(condition !== undefined && { predicate: words(condition) }),
          actionType: action.kind.replace("All", ""),
        })),
    );
  return {
    predicate: printJson([words(on)]),
    matchedPredicates: predicates("MATCHED"),
    notMatchedPredicates: predicates("NOT MATCHED"),
    notMatchedBySourcePredicates: predicates("NOT MATCHED BY SOURCE"),
  };
}

export function bytesOf(files: readonly Pick<AddFile, "size">[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

export function texts(values: Readonly<Record<string, number | bigint>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
