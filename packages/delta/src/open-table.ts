import { actionsOf } from "./actions.ts";
import { commitActions } from "./commit/attempt.ts";
import { cleanUpLog } from "./commit/clean-up.ts";
import { checkpointDue, writeCheckpoint } from "./commit/checkpoint.ts";
import type { CommitRequest, CommitResult } from "./commit/request.ts";
import { DeltaError } from "./errors.ts";
import { type HistoryEntry, readHistory } from "./log/history.ts";
import { type LogFile, commitName } from "./log/names.ts";
import { type LogSource, listLog, logDirectory, readCommits, readState } from "./log/read.ts";
import { newestVersion, segmentsFor } from "./log/segment.ts";
import { type TableState, advance } from "./log/state.ts";
import { commitClock, commitTime, versionAt } from "./log/times.ts";
import { tableRoot } from "./paths.ts";
import type { Snapshot } from "./snapshot.ts";
import { snapshotOf } from "./snapshot-of-state.ts";
import type { At, DeltaTable, TableEnvironment } from "./table.ts";

/**
 * A handle on the table in a directory (`/x/t`, `file:///x/t`), whether or not there is one yet. Throws
 * DELTA_UNSUPPORTED_PATH.
 */
export function openTable({
  root,
  ...environment
}: TableEnvironment & { readonly root: string }): DeltaTable {
  return new Table(tableRoot(root), environment);
}

/** A version that was read, with what is needed to go on from it. */
interface Loaded {
  readonly state: TableState;
  readonly snapshot: Snapshot;
  /** Size and modification time of its commit file: tells a table from another one created in its place. */
  readonly stamp: string;
}

class Table implements DeltaTable {
  readonly root: string;
  readonly environment: TableEnvironment;
  readonly #source: LogSource;
  #newest: Loaded | undefined;
  /** Tail of the queue of commits through this handle, so that they do not race each other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(root: string, environment: TableEnvironment) {
    this.root = root;
    this.environment = environment;
    this.#source = { ...environment, root };
  }

  async exists(): Promise<boolean> {
    return newestVersion(await listLog(this.#source)) !== undefined;
  }

  async latestVersion(): Promise<number> {
    const newest = newestVersion(await this.#files());
    if (newest === undefined) throw this.#notFound();
    return newest;
  }

  async snapshot(at?: At): Promise<Snapshot> {
    if (at === undefined) return (await this.#advanced()).snapshot;
    const files = await this.#files();
    const version = "version" in at ? at.version : await this.#versionAt(files, at.timestamp);
    return (await this.#load(files, version)).snapshot;
  }

  async history({
    limit = Number.POSITIVE_INFINITY,
  }: {
    readonly limit?: number;
  } = {}): Promise<readonly HistoryEntry[]> {
    const files = await this.#files();
    const commits = files.filter((f) => f.kind === "commit");
    const versions = commits.map((f) => f.version).sort((a, b) => b - a);
    return readHistory(this.#source, versions.slice(0, limit), async () => {
      const { protocol, metaData } = await this.#definition(files);
      const clock = commitClock(this.#source, files, metaData?.configuration ?? {});
      return { clock, ...(protocol && { protocol }), ...(metaData && { metaData }) };
    });
  }

  async #versionAt(files: readonly LogFile[], timestamp: number): Promise<number> {
    const { metaData } = await this.#definition(files);
    return versionAt(commitClock(this.#source, files, metaData?.configuration ?? {}), timestamp);
  }

  /** Of the newest version, whether or not we can read what it holds. */
  async #definition(files: readonly LogFile[]): Promise<Pick<TableState, "protocol" | "metaData">> {
    try {
      return (await this.#advanced()).state;
    } catch (error) {
      if (!(error instanceof DeltaError)) throw error;
      return readState(this.#source, segmentsFor(files));
    }
  }

  commit(request: CommitRequest): Promise<CommitResult> {
    const turn = this.#queue.then(() => this.#commit(request));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #commit(request: CommitRequest): Promise<CommitResult> {
    const { version, timestamp, rebasedOver } = await commitActions(this.environment, this.root, request);
    const result = { version, timestamp, rebasedOver };
    const { configuration = {} } = actionsOf(request.actions, "metaData")[0] ?? request.base?.metadata ?? {};
    if (!checkpointDue(version, request.operation, configuration)) return result;
    return this.#checkpoint(version).then(
      () => result,
      (checkpointFailure: unknown) => ({ ...result, checkpointFailure }),
    );
  }

  async #checkpoint(version: number): Promise<void> {
    const newest = await this.#advanced();
    const { state } =
      newest.snapshot.version === version ? newest : await this.#load(await this.#files(), version);
    await writeCheckpoint(this.environment, { root: this.root, version, state });
    await cleanUpLog(this.#source, state, this.environment.now());
  }

  /**
   * The newest version, from what was read last when the table is still that one and only commits were added.
   */
  async #advanced(): Promise<Loaded> {
    const known = this.#newest;
    const sameTable =
      known !== undefined &&
      known.stamp !== "" &&
      (await this.#stamp(known.snapshot.version)) === known.stamp;
    const loaded = sameTable ? await this.#advance(known) : await this.#load(await this.#files());
    this.#newest = loaded;
    return loaded;
  }

  async #advance(known: Loaded): Promise<Loaded> {
    const first = known.snapshot.version + 1;
    let next = first;
    while ((await this.environment.storage.stat(this.#commitPath(next))) !== undefined) next++;
    if (next === first) return known;
    const commits = await readCommits(
      this.#source,
      Array.from({ length: next - first }, (_, i) => first + i),
    );
    return this.#loaded(next - 1, advance(this.root, known.state, commits));
  }

  async #load(files: readonly LogFile[], version?: number): Promise<Loaded> {
    const segments = segmentsFor(files, version);
    return this.#loaded(segments[0]?.version ?? 0, await readState(this.#source, segments));
  }

  async #loaded(version: number, state: TableState): Promise<Loaded> {
    const timestamp = await commitTime(this.#source, version, state);
    return {
      state,
      snapshot: snapshotOf({ root: this.root, version, timestamp, state }),
      stamp: await this.#stamp(version),
    };
  }

  async #stamp(version: number): Promise<string> {
    const stat = await this.environment.storage.stat(this.#commitPath(version));
    return stat === undefined ? "" : `${stat.size}/${stat.modificationTime}`;
  }

  #commitPath(version: number): string {
    return `${logDirectory(this.root)}/${commitName(version)}`;
  }

  async #files(): Promise<readonly LogFile[]> {
    const files = await listLog(this.#source);
    if (files.length === 0) throw this.#notFound();
    return files;
  }

  #notFound(): DeltaError {
    return new DeltaError("DELTA_TABLE_NOT_FOUND", `Delta table ${this.root} doesn't exist.`, {
      context: { path: this.root },
    });
  }
}
