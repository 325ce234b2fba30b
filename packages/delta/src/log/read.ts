import { posix } from "node:path";
import type { CheckpointCodec } from "../codec.ts";
import { DeltaError } from "../errors.ts";
import { parseJson } from "../json.ts";
import { decodePath } from "../paths.ts";
import type { Storage } from "../storage/storage.ts";
import { type LogFile, commitName, logFile } from "./names.ts";
import type { CheckpointFiles, LogSegment } from "./segment.ts";
import { type CommitText, EMPTY_STATE, type TableState, advance, checkpointState } from "./state.ts";

/** What reading a log needs: where, and by what. */
export interface LogSource {
  readonly storage: Storage;
  readonly codec: CheckpointCodec;
  /** Absolute path of the table. */
  readonly root: string;
}

export function logDirectory(root: string): string {
  return `${root}/_delta_log`;
}

/**
 * Commits and checkpoints in the log; none when there is no table. `_last_checkpoint` is not needed where
 * listing is one call.
 */
export async function listLog({ storage, root }: LogSource): Promise<readonly LogFile[]> {
  const entries = await storage.list(logDirectory(root));
  return entries.flatMap(({ name, kind }) => (kind === "file" ? (logFile(name) ?? []) : []));
}

/**
 * The lines of one commit. Throws DELTA_FILE_NOT_FOUND, and DELTA_LOG_CORRUPT when the file holds no action:
 * it was cut off or emptied, and what the commit did is unknown.
 */
export function readCommit(source: LogSource, version: number): Promise<CommitText> {
  return readActions(source, commitName(version));
}

async function readActions({ storage, root }: LogSource, name: string): Promise<CommitText> {
  const path = `${logDirectory(root)}/${name}`;
  const lines = (await storage.readText(path)).split("\n");
  if (lines.every((line) => /^\s*(\{\s*\}\s*)?$/.test(line)))
    throw new DeltaError("DELTA_LOG_CORRUPT", `${path}: the commit file holds no action`, {
      context: { path },
    });
  return { path, lines };
}

/** Several commits, oldest first, a few read at a time. */
export async function readCommits(
  source: LogSource,
  versions: readonly number[],
): Promise<readonly CommitText[]> {
  return fewAtATime(versions, (version) => readCommit(source, version));
}

/** The results in order; at most {@link READ_AHEAD} files are open at once. */
export async function fewAtATime<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += READ_AHEAD)
    results.push(...(await Promise.all(items.slice(i, i + READ_AHEAD).map(act))));
  return results;
}

const READ_AHEAD = 16;

/**
 * Replays the first of `segments` that can be read; a broken checkpoint or compacted file is passed over when another way
 * leads to the same version. Throws DELTA_LOG_CORRUPT naming the file and its cause when none does.
 */
export async function readState(source: LogSource, segments: readonly LogSegment[]): Promise<TableState> {
  let failure: unknown;
  for (const segment of segments) {
    const { checkpoint, commits, compacted = [] } = segment;
    let base: TableState;
    try {
      base = checkpoint === undefined ? EMPTY_STATE : await readCheckpoint(source, checkpoint);
      if (compacted.length > 0) return advance(source.root, base, await readSteps(source, segment));
    } catch (cause) {
      failure ??= cause;
      continue;
    }
    return advance(source.root, base, await readCommits(source, commits));
  }
  throw failure;
}

/** Commits and compacted files, oldest first. */
async function readSteps(
  source: LogSource,
  { commits, compacted = [] }: LogSegment,
): Promise<readonly CommitText[]> {
  const steps = [
    ...commits.map((version) => ({ at: version, read: () => readCommit(source, version) })),
    ...compacted.map(({ from, name }) => ({ at: from, read: () => readCompacted(source, name) })),
  ].sort((a, b) => a.at - b.at);
  return fewAtATime(steps, ({ read }) => read());
}

async function readCompacted(source: LogSource, name: string): Promise<CommitText> {
  return { ...(await readActions(source, name)), isCompacted: true };
}

async function readCheckpoint(source: LogSource, checkpoint: CheckpointFiles): Promise<TableState> {
  const directory = logDirectory(source.root);
  const rows = await topRows(source, checkpoint);
  const sidecars = await Promise.all(
    sidecarNames(rows).map((name) => readRows(source, `${directory}/_sidecars/${name}`)),
  );
  const path = `${directory}/${checkpoint.names[0]}`;
  return checkpointState(source.root, { path, lines: rows.concat(...sidecars) });
}

/** What a checkpoint's own files say, sidecars not followed. */
export async function topRows(source: LogSource, { names }: CheckpointFiles): Promise<readonly string[]> {
  const directory = logDirectory(source.root);
  return (await Promise.all(names.map((name) => readRows(source, `${directory}/${name}`)))).flat();
}

async function readRows({ storage, codec }: LogSource, path: string): Promise<readonly string[]> {
  try {
    return path.endsWith(".json") ? (await storage.readText(path)).split("\n") : await codec.read(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeltaError("DELTA_LOG_CORRUPT", `Checkpoint ${path} cannot be read: ${why}`, {
      cause,
      context: { path },
    });
  }
}

/** Protocol: "Sidecar Files": they are in `_sidecars` of this log, wherever their paths say the log was. */
export function sidecarNames(rows: readonly string[]): readonly string[] {
  return rows
    .filter((row) => row.includes('"sidecar"'))
    .flatMap((row) => {
      const { sidecar } = parseJson(row) as { sidecar?: { path?: unknown } | null };
      return typeof sidecar?.path === "string" ? [posix.basename(decodePath(sidecar.path))] : [];
    });
}
