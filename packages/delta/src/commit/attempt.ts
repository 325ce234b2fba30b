import type { Action } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { parseLine, printAction } from "../log/action-text.ts";
import { commitName } from "../log/names.ts";
import { type LogSource, listLog, logDirectory, readCommit } from "../log/read.ts";
import { newestVersion } from "../log/segment.ts";
import type { CommitText } from "../log/state.ts";
import { fileTime, inCommitTimestampOf } from "../log/times.ts";
import { hasInCommitTimestamps } from "../protocol/in-commit-timestamps.ts";
import type { TableEnvironment } from "../table.ts";
import { checkActions } from "./check.ts";
import { commitInfo } from "./commit-info.ts";
import { checkConflict } from "./conflicts.ts";
import type { CommitRequest } from "./request.ts";

/** A commit that was accepted. */
export interface Accepted {
  readonly version: number;
  readonly timestamp: number;
  readonly rebasedOver: number;
  readonly text: CommitText;
}

/**
 * Writes the commit at the first free version after the base, checking each winner met on the way. The claim is one atomic
 * `writeNew`; a lost answer is found out by our txnId in the file.
 */
export async function commitActions(
  environment: TableEnvironment,
  root: string,
  request: CommitRequest,
): Promise<Accepted> {
  const source = { ...environment, root };
  checkActions(request);
  if (request.base === undefined) await refuseExisting(source, request);
  const first = (request.base?.version ?? -1) + 1;
  let previous = request.base?.timestamp ?? 0;
  for (let version = first; ; version++) {
    const attempt = attemptAt(environment, request, previous);
    const path = `${logDirectory(root)}/${commitName(version)}`;
    if (await environment.storage.writeNew(path, `${attempt.lines.join("\n")}\n`)) {
      return {
        version,
        timestamp: attempt.timestamp ?? (await fileTime(source, version)),
        rebasedOver: version - first,
        text: { path, lines: attempt.lines },
      };
    }
    if (request.base === undefined) throw taken(request, root);
    const winner = await readCommit(source, version);
    checkConflict(
      request,
      version,
      winner.lines.flatMap((line) => parseLine(line)?.action ?? []),
    );
    previous = inCommitTimestampOf(winner) ?? previous;
  }
}

function attemptAt(
  environment: TableEnvironment,
  request: CommitRequest,
  previous: number,
): { lines: readonly string[]; timestamp?: number } {
  const now = environment.now();
  const exact = hasInCommitTimestamps(request) ? Math.max(now, previous + 1) : undefined;
  const stamp = { timestamp: exact ?? now, engineInfo: environment.engineInfo, txnId: environment.uuid() };
  const info = commitInfo(request, exact === undefined ? stamp : { ...stamp, inCommitTimestamp: exact });
  const actions: readonly Action[] = [{ commitInfo: info }, ...request.actions];
  const lines = actions.map(printAction);
  return exact === undefined ? { lines } : { lines, timestamp: exact };
}

async function refuseExisting(source: LogSource, request: CommitRequest): Promise<void> {
  if (newestVersion(await listLog(source)) !== undefined) throw taken(request, source.root);
}

function taken({ operation }: CommitRequest, root: string): DeltaError {
  const code = operation === "CLONE" ? "DELTA_CONCURRENT_WRITE" : "DELTA_TABLE_ALREADY_EXISTS";
  return new DeltaError(code, `${root} holds a Delta table already`, { context: { path: root } });
}
