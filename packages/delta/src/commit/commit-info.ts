import type { CommitInfo } from "../actions.ts";
import type { CommitRequest } from "./request.ts";

/**
 * The first line of a commit. `readVersion` is the version the operation read, kept when the commit is
 * rebased; CREATE has none, a first CLONE has -1. Protocol: "Commit Provenance Information".
 */
export function commitInfo(request: CommitRequest, stamp: CommitStamp): CommitInfo {
  const { base, operation, operationParameters = {}, operationMetrics = {}, reads } = request;
  const readVersion = base?.version ?? (operation === "CLONE" ? -1 : undefined);
  return {
    ...request.commitInfo,
    ...(stamp.inCommitTimestamp !== undefined && { inCommitTimestamp: stamp.inCommitTimestamp }),
    timestamp: stamp.timestamp,
    ...(request.userId !== undefined && { userId: request.userId }),
    ...(request.userName !== undefined && { userName: request.userName }),
    operation,
    operationParameters,
    ...(readVersion !== undefined && { readVersion }),
    isolationLevel: request.isolationLevel ?? "WriteSerializable",
    isBlindAppend: reads.kind === "nothing",
    operationMetrics,
    ...(request.userMetadata !== undefined && { userMetadata: request.userMetadata }),
    engineInfo: stamp.engineInfo,
    txnId: stamp.txnId,
  };
}

/** What an attempt to commit adds. */
export interface CommitStamp {
  readonly timestamp: number;
  /** Present exactly when the table has in-commit timestamps. */
  readonly inCommitTimestamp?: number;
  readonly engineInfo: string;
  readonly txnId: string;
}
