import { commitTime } from "../log/times.ts";
import { listLog, logDirectory, type LogSource, sidecarNames, topRows } from "../log/read.ts";
import { completeCheckpoints } from "../log/segment.ts";
import type { TableState } from "../log/state.ts";
import { logRetention } from "../retention.ts";

const DAY = 86_400_000;
/** Whole days only, so that a log is not cleaned with every checkpoint. Source: Delta, metadata clean-up. */
const dayOf = (time: number) => Math.floor(time / DAY) * DAY;

/**
 * Removes what the log no longer has to keep: everything before the newest checkpoint whose commit is older than the retention
 * (`delta.logRetentionDuration`). That version and all after it can still be read; earlier ones cannot be travelled to any more. Oldest
 * first, so that a kill leaves a log without gaps. Nothing happens under `delta.enableExpiredLogCleanup = false`.
 */
export async function cleanUpLog(source: LogSource, state: TableState, now: number): Promise<void> {
  const configuration = state.metaData?.configuration ?? {};
  if (configuration["delta.enableExpiredLogCleanup"]?.toLowerCase() === "false") return;
  if (Number(configuration["delta.requireCheckpointProtectionBeforeVersion"] ?? "0") > 0) return;
  const start = await firstToKeep(source, state, dayOf(now - logRetention(configuration)));
  if (start === undefined) return;
  const entries = await source.storage.list(logDirectory(source.root));
  const expired = entries
    .flatMap(({ name, kind }) => (kind === "file" && versionOf(name) < start ? [name] : []))
    .sort((a, b) => (a < b ? -1 : 1));
  for (const name of expired) await source.storage.remove(`${logDirectory(source.root)}/${name}`);
  await removeSidecars(source, now - DAY);
}

/** Those that no checkpoint refers to any more; young ones may belong to a checkpoint that is being written. */
async function removeSidecars(source: LogSource, oldest: number): Promise<void> {
  const { storage } = source;
  const directory = `${logDirectory(source.root)}/_sidecars`;
  const old: string[] = [];
  for (const { name } of await storage.list(directory))
    if (((await storage.stat(`${directory}/${name}`))?.modificationTime ?? oldest) < oldest) old.push(name);
  if (old.length === 0) return;
  const needed = new Set<string>();
  for (const checkpoint of completeCheckpoints(await listLog(source)))
    for (const name of sidecarNames(await topRows(source, checkpoint))) needed.add(name);
  for (const name of old) if (!needed.has(name)) await storage.remove(`${directory}/${name}`);
}

/** The newest checkpoint older than the cutoff. Oldest first: as a rule the first one looked at is too young. */
async function firstToKeep(
  source: LogSource,
  state: TableState,
  cutoff: number,
): Promise<number | undefined> {
  const { inCommitTimestamp: _, ...older } = state;
  const checkpoints = completeCheckpoints(await listLog(source)).toReversed();
  let start: number | undefined;
  for (const { version } of checkpoints) {
    if ((await commitTime(source, version, older)) >= cutoff) break;
    start = version;
  }
  return start;
}

/** Commits, checkpoints, checksums and compacted commits; a compacted one counts by its last version. Others are never old. */
function versionOf(name: string): number {
  const match = /^(\d{20})\.(?:(\d{20})\.compacted\.)?(?:json|crc|checkpoint\..+)$/.exec(name);
  return match === null ? Number.POSITIVE_INFINITY : Number(match[2] ?? match[1]);
}
