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
export async function readCommit({ storage, root }: LogSource, version: number): Promise<CommitText> {
  const path = `${logDirectory(root)}/${commitName(version)}`;
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
 * Replays the first of `segments` whose checkpoint can be read; a broken checkpoint is passed over when an
 * older start reaches the same version. Throws DELTA_LOG_CORRUPT naming the file and its cause when none can.
 */
export async function readState(source: LogSource, segments: readonly LogSegment[]): Promise<TableState> {
  let failure: unknown;
  for (const { checkpoint, commits } of segments) {
    let base: TableState;
    try {
      base = checkpoint === undefined ? EMPTY_STATE : await readCheckpoint(source, checkpoint);
    } catch (cause) {
      failure ??= cause;
      continue;
    }
    return advance(source.root, base, await readCommits(source, commits));
  }
  throw failure;
}

async function readCheckpoint(source: LogSource, { names }: CheckpointFiles): Promise<TableState> {
  const directory = logDirectory(source.root);
  const top = await Promise.all(names.map((name) => readRows(source, `${directory}/${name}`)));
  const rows = top.flat();
  const sidecars = await Promise.all(sidecarPaths(rows, directory).map((path) => readRows(source, path)));
  return checkpointState(source.root, { path: `${directory}/${names[0]}`, lines: rows.concat(...sidecars) });
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

/** Protocol: "Sidecar Files"; a path is a bare name in `_sidecars` (or an absolute one). */
function sidecarPaths(rows: readonly string[], directory: string): readonly string[] {
  return rows
    .filter((row) => row.includes('"sidecar"'))
    .flatMap((row) => (parseJson(row) as { sidecar?: { path: string } | null }).sidecar?.path ?? [])
    .map(decodePath)
    .map((path) => (path.startsWith("/") ? path : `${directory}/_sidecars/${path}`));
}
