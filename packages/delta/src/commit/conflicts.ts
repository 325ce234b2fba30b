import { type Action, actionsOf } from "../actions.ts";
import { DeltaError, type DeltaErrorCode } from "../errors.ts";
import type { CommitRequest } from "./request.ts";

/**
 * Throws when our commit may not follow the winner's, which took the version we wanted. Rules of
 * WriteSerializable isolation, as Delta's documentation on concurrency control states them: a changed
 * protocol or metadata contradicts everything; a removed file contradicts whoever read or removes it; added
 * data contradicts whoever read the whole table, unless its writer looked at nothing: then it may count as
 * coming after ours (with `delta.isolationLevel` = Serializable it may not); one application id or metadata
 * domain may be written once.
 * Commits without data change (OPTIMIZE) contradict by removed files only.
 */
export function checkConflict(ours: CommitRequest, version: number, winner: readonly Action[]): void {
  const clash = (code: DeltaErrorCode, what: string) =>
    new DeltaError(code, `A concurrent commit (version ${version}) ${what}`, { context: { version } });
  const mayFollow = !isSerializable(ours) && winner.some(isBlind);
  if (ours.reads.kind === "exclusive") throw clash("DELTA_CONCURRENT_WRITE", "was written meanwhile");
  const removed = new Set(actionsOf(ours.actions, "remove").map((r) => r.path));
  const apps = new Set(actionsOf(ours.actions, "txn").map((t) => t.appId));
  const domains = new Set(actionsOf(ours.actions, "domainMetadata").map((d) => d.domain));
  for (const action of winner) {
    if ("protocol" in action) throw clash("DELTA_PROTOCOL_CHANGED", "changed the protocol");
    if ("metaData" in action) throw clash("DELTA_METADATA_CHANGED", "changed the metadata");
    if ("txn" in action && apps.has(action.txn.appId))
      throw clash("DELTA_CONCURRENT_TRANSACTION", `wrote for application ${action.txn.appId}`);
    if ("domainMetadata" in action && domains.has(action.domainMetadata.domain)) {
      throw clash("DELTA_CONCURRENT_WRITE", `wrote the metadata domain ${action.domainMetadata.domain}`);
    }
    if ("remove" in action) {
      const { path } = action.remove;
      if (removed.has(path))
        throw clash("DELTA_CONCURRENT_DELETE_DELETE", `deleted ${path}, which this one deletes`);
      if (hasRead(ours, path))
        throw clash("DELTA_CONCURRENT_DELETE_READ", `deleted ${path}, which this one read`);
    }
    if ("add" in action && action.add.dataChange && !mayFollow && ours.reads.kind === "table") {
      throw clash("DELTA_CONCURRENT_APPEND", `added ${action.add.path} to what this one read`);
    }
  }
}

function isBlind(action: Action): boolean {
  return "commitInfo" in action && action.commitInfo["isBlindAppend"] === true;
}

function isSerializable({ base, isolationLevel }: CommitRequest): boolean {
  const level = isolationLevel ?? base?.metadata.configuration["delta.isolationLevel"];
  return level?.toLowerCase() === "serializable";
}

function hasRead({ reads }: CommitRequest, path: string): boolean {
  return reads.kind === "table" || (reads.kind === "files" && reads.paths.has(path));
}
