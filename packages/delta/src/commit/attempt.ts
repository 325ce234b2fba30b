import { type Action, actionsOf } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { parseLine, printAction } from "../log/action-text.ts";
import { commitName } from "../log/names.ts";
import { type LogSource, listLog, logDirectory, readCommit } from "../log/read.ts";
import { completeCheckpoints, newestVersion } from "../log/segment.ts";
import type { CommitText } from "../log/state.ts";
import { inCommitTimestampOf } from "../log/in-commit-timestamp.ts";
import { fileTime } from "../log/times.ts";
import { hasInCommitTimestamps, withEnablement } from "../protocol/in-commit-timestamps.ts";
import type { Snapshot } from "../snapshot.ts";
import type { TableEnvironment } from "../table.ts";
import { checkActions } from "./check.ts";
import { commitInfo } from "./commit-info.ts";
import { checkConflict } from "./conflicts.ts";
import type { CommitRequest } from "./request.ts";
import { hasRowTracking, rowIdMark, withRowIds } from "./row-ids.ts";

/** A commit that was accepted. */
interface Accepted {
  readonly version: number;
  readonly timestamp: number;
  readonly rebasedOver: number;
}

/** Where the next attempt stands: the version it wants, and what the versions before it left behind. */
interface Place {
  readonly version: number;
  readonly previousTimestamp: number;
  readonly rowIdMark: bigint;
}

/**
 * Writes the commit at the first free version after the base, checking each winner met on the way. The claim
 * is one atomic `writeNew`: a version is ours or somebody else's.
 */
export async function commitActions(
  environment: TableEnvironment,
  root: string,
  request: CommitRequest,
): Promise<Accepted> {
  const source = { ...environment, root };
  const { base } = request;
  checkActions(request);
  await checkPlace(source, request);
  const first = (base?.version ?? -1) + 1;
  const marks = base?.domainMetadata.values() ?? [];
  let place: Place = { version: first, previousTimestamp: base?.timestamp ?? 0, rowIdMark: rowIdMark(marks) };
  for (;;) {
    const { version } = place;
    const { text, timestamp } = attempt(environment, request, place);
    if (await environment.storage.writeNew(`${logDirectory(root)}/${commitName(version)}`, text)) {
      await checkStillInLog(source, version);
      return {
        version,
        timestamp: timestamp ?? (await fileTime(source, version)),
        rebasedOver: version - first,
      };
    }
    if (base === undefined) throw taken(request, root);
    place = after(request, place, await readCommit(source, version), root);
  }
}

/**
 * The name was free because nobody had it yet, or because log clean-up took it from an older commit: then ours stands where no reader
 * looks any more, and is withdrawn. Clean-up goes from old to new, so that the commit before ours tells.
 */
async function checkStillInLog(source: LogSource, version: number): Promise<void> {
  const log = logDirectory(source.root);
  if (version === 0 || (await source.storage.stat(`${log}/${commitName(version - 1)}`)) !== undefined) return;
  const checkpoints = completeCheckpoints(await listLog(source));
  if (checkpoints.every((checkpoint) => checkpoint.version < version)) return;
  await source.storage.remove(`${log}/${commitName(version)}`);
  throw new DeltaError(
    "DELTA_CONCURRENT_WRITE",
    `The log of ${source.root} was cleaned up past version ${version} since the current transaction read the table. Please try the operation again.`,
    { context: { path: source.root, version } },
  );
}

function attempt(
  environment: TableEnvironment,
  request: CommitRequest,
  place: Place,
): { text: string; timestamp: number | undefined } {
  const now = environment.now();
  const exact = hasInCommitTimestamps(request) ? Math.max(now, place.previousTimestamp + 1) : undefined;
  const stamp = { timestamp: exact ?? now, engineInfo: environment.engineInfo, txnId: environment.uuid() };
  const info = commitInfo(request, exact === undefined ? stamp : { ...stamp, inCommitTimestamp: exact });
  const placed =
    exact === undefined
      ? request.actions
      : request.actions.map((action) =>
          enabledAt(action, request.base, { version: place.version, timestamp: exact }),
        );
  const actions = hasRowTracking(request) ? withRowIds(placed, place.rowIdMark, place.version) : placed;
  const lines = [{ commitInfo: info }, ...actions].map(printAction);
  return { text: `${lines.join("\n")}\n`, timestamp: exact };
}

/** The commit that turns in-commit timestamps on says so of itself, wherever it ends up. */
function enabledAt(
  action: Action,
  base: Snapshot | undefined,
  at: Parameters<typeof withEnablement>[2],
): Action {
  if (base === undefined || !("metaData" in action)) return action;
  const { metaData } = action;
  const configuration = withEnablement(base.metadata.configuration, metaData.configuration, at);
  return { metaData: { ...metaData, configuration } };
}

/** The place after a winner, once it is clear that we may follow it. */
function after(
  request: CommitRequest,
  { version, previousTimestamp, rowIdMark: mark }: Place,
  winner: CommitText,
  root: string,
): Place {
  const actions = winner.lines.flatMap((line) => parseLine(line)?.action ?? []);
  checkConflict(request, root, actions);
  return {
    version: version + 1,
    previousTimestamp: inCommitTimestampOf(winner) ?? previousTimestamp,
    rowIdMark: rowIdMark(actionsOf(actions, "domainMetadata"), mark),
  };
}

/**
 * A new table needs an empty log; a commit on a table needs the table to be there still, or it would begin
 * another one in the middle.
 */
async function checkPlace(source: LogSource, request: CommitRequest): Promise<void> {
  const { base } = request;
  if (base === undefined) return refuseExisting(source, request);
  if ((await source.storage.stat(`${logDirectory(source.root)}/${commitName(base.version)}`)) !== undefined)
    return;
  if (newestVersion(await listLog(source)) !== undefined) return;
  throw new DeltaError("DELTA_TABLE_NOT_FOUND", `Delta table ${source.root} doesn't exist.`, {
    context: { path: source.root },
  });
}

async function refuseExisting(source: LogSource, request: CommitRequest): Promise<void> {
  if (newestVersion(await listLog(source)) !== undefined) throw taken(request, source.root);
}

function taken({ operation }: CommitRequest, root: string): DeltaError {
  const code = operation === "CLONE" ? "DELTA_CONCURRENT_WRITE" : "DELTA_TABLE_ALREADY_EXISTS";
  return new DeltaError(code, `${root} holds a Delta table already`, { context: { path: root } });
}
