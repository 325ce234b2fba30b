import { type Action, actionsOf, type MetadataAction } from "../actions.ts";
import { DeltaError, type DeltaErrorCode } from "../errors.ts";
import { printJson } from "../json.ts";
import { locate } from "../paths.ts";
import type { CommitRequest } from "./request.ts";

/**
 * Throws when our commit may not follow the winner's, which took the version we wanted. Rules of
 * WriteSerializable isolation, as Delta's documentation on concurrency control states them: a changed
 * protocol contradicts everything, changed metadata everything but appends whose rows it does not bear on; a removed
 * file contradicts whoever read or removes it, whatever its deletion vector; added data contradicts whoever read where it
 * was added, unless its writer looked at nothing: then it may count as coming after ours (with
 * `delta.isolationLevel` = Serializable it may not); one application id or metadata domain may be written once.
 * Commits without data change (OPTIMIZE) contradict by removed files only. `root` is that of the table: files are
 * known by where they lie, however the log spells it.
 */
export function checkConflict(ours: CommitRequest, root: string, winner: readonly Action[]): void {
  const clash = (code: DeltaErrorCode, path?: string) => conflict(code, winner, path);
  if (ours.reads.kind === "exclusive") throw clash("DELTA_CONCURRENT_WRITE");
  const mayFollow = !isSerializable(ours) && winner.some(isBlind);
  const removed = new Set(actionsOf(ours.actions, "remove").map(({ path }) => locate(root, path)));
  const read = readBy(ours, root);
  const apps = new Set(actionsOf(ours.actions, "txn").map(({ appId }) => appId));
  const domains = new Set(actionsOf(ours.actions, "domainMetadata").map(({ domain }) => domain));
  for (const action of winner) {
    if ("protocol" in action) throw clash("DELTA_PROTOCOL_CHANGED");
    if ("metaData" in action && !mayAppendUnder(ours, action.metaData)) throw clash("DELTA_METADATA_CHANGED");
    if ("txn" in action && apps.has(action.txn.appId)) throw clash("DELTA_CONCURRENT_TRANSACTION");
    if ("domainMetadata" in action && domains.has(action.domainMetadata.domain))
      throw clash("DELTA_CONCURRENT_WRITE");
    if ("remove" in action) {
      const { path } = action.remove;
      if (removed.has(locate(root, path))) throw clash("DELTA_CONCURRENT_DELETE_DELETE", path);
      if (read.file(action.remove)) throw clash("DELTA_CONCURRENT_DELETE_READ", path);
    }
    if ("add" in action && action.add.dataChange && !mayFollow && read.place(action.add))
      throw clash("DELTA_CONCURRENT_APPEND", action.add.path);
  }
}

type Place = { readonly path: string; readonly partitionValues?: Readonly<Record<string, string | null>> };

/** Whether we have read a file that was there, and whether we looked where a new one was put. */
function readBy({ reads }: CommitRequest, root: string) {
  const [none, all] = [() => false, () => true];
  switch (reads.kind) {
    case "nothing":
      return { file: none, place: none };
    case "files": {
      const paths = new Set([...reads.paths].map((path) => locate(root, path)));
      return { file: ({ path }: Place) => paths.has(locate(root, path)), place: none };
    }
    case "where": {
      // A remove need not say where its file was.
      const inside = ({ partitionValues }: Place) =>
        partitionValues === undefined || reads.matches(partitionValues);
      return { file: inside, place: inside };
    }
    case "table":
    case "exclusive":
      return { file: all, place: all };
  }
}

/** Properties that bear neither on rows nor on how a commit is written. */
const HARMLESS =
  /^(?!delta\.)|^delta\.(?:logRetentionDuration|deletedFileRetentionDuration|setTransactionRetentionDuration|enableExpiredLogCleanup|checkpointInterval|checkpointPolicy|checkpoint\..*|checkpointRetentionDuration|sampleRetentionDuration|enableChangeDataFeed|appendOnly|dataSkipping.*|autoOptimize\..*|targetFileSize|tuneFileSizesForRewrites|enableDeletionVectors|isolationLevel|randomizeFilePrefixes|randomPrefixLength)$/;

/** A blind append of ours stands under the winner's metadata when the rows would have been made the same under it. */
function mayAppendUnder({ base, actions, reads }: CommitRequest, metaData: MetadataAction): boolean {
  const isAppend = actions.every((action) => "add" in action || "txn" in action);
  const bearsOn = (name: string) =>
    actions.length === 0 ? /^delta\.(?:enableI|i)nCommitTimestamp/.test(name) : !HARMLESS.test(name);
  if (base === undefined || reads.kind !== "nothing" || !isAppend) return false;
  const { metadata } = base;
  const names = new Set([...Object.keys(metadata.configuration), ...Object.keys(metaData.configuration)]);
  return (
    metaData.id === metadata.id &&
    metaData.schemaString === metadata.schemaString &&
    printJson([...metaData.partitionColumns]) === printJson([...metadata.partitionColumns]) &&
    [...names].every(
      (name) => metaData.configuration[name] === metadata.configuration[name] || !bearsOn(name),
    )
  );
}

function isBlind(action: Action): boolean {
  return "commitInfo" in action && action.commitInfo["isBlindAppend"] === true;
}

function isSerializable({ base, isolationLevel }: CommitRequest): boolean {
  const level = isolationLevel ?? base?.metadata.configuration["delta.isolationLevel"];
  return level?.toLowerCase() === "serializable";
}

/** What Databricks says, with the winner's own account of itself. */
function conflict(code: DeltaErrorCode, winner: readonly Action[], path = ""): DeltaError {
  const info = actionsOf(winner, "commitInfo")[0];
  const told = info === undefined ? "" : `\nConflicting commit: ${printJson(pick(info))}`;
  return new DeltaError(code, `${WORDS[code]?.(path, winner) ?? ""} Please try the operation again.${told}`, {
    context: path === "" ? {} : { path },
  });
}

const WORDS: Partial<Record<DeltaErrorCode, (path: string, winner: readonly Action[]) => string>> = {
  DELTA_CONCURRENT_WRITE: () =>
    "A concurrent transaction has written new data since the current transaction read the table.",
  DELTA_PROTOCOL_CHANGED: () =>
    "The protocol version of the Delta table has been changed by a concurrent update.",
  DELTA_METADATA_CHANGED: () => "The metadata of the Delta table has been changed by a concurrent update.",
  DELTA_CONCURRENT_TRANSACTION: () =>
    "This error occurs when multiple streaming queries are using the same checkpoint to write into this table. Did you run multiple instances of the same streaming query at the same time?",
  DELTA_CONCURRENT_DELETE_DELETE: (path) =>
    `This transaction attempted to delete one or more files that were deleted (for example ${path}) by a concurrent update.`,
  DELTA_CONCURRENT_DELETE_READ: (path) =>
    `This transaction attempted to read one or more files that were deleted (for example ${path}) by a concurrent update.`,
  DELTA_CONCURRENT_APPEND: (path, winner) =>
    `Files were added to ${partitionOf(path, winner)} by a concurrent update.`,
};

function partitionOf(path: string, winner: readonly Action[]): string {
  const add = actionsOf(winner, "add").find((file) => file.path === path);
  const values = Object.entries(add?.partitionValues ?? {}).map(([column, value]) => `${column}=${value}`);
  return values.length === 0 ? "the root of the table" : `partition [${values.join(", ")}]`;
}

const TOLD = [
  "timestamp",
  "userId",
  "userName",
  "operation",
  "operationParameters",
  "readVersion",
  "isolationLevel",
  "isBlindAppend",
  "operationMetrics",
  "engineInfo",
  "txnId",
] as const;

function pick(info: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(TOLD.flatMap((key) => (info[key] === undefined ? [] : [[key, info[key]]])));
}
