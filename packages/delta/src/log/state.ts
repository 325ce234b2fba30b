import type {
  Action,
  DeletionVector,
  DomainMetadata,
  MetadataAction,
  Protocol,
  Transaction,
} from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { locate } from "../paths.ts";
import { parseLine } from "./action-text.ts";
import { checkInCommitTimestamps } from "./in-commit-timestamp.ts";

/**
 * A table's reconciled actions. Files are columns of the actions' own text, not objects: a hundred thousand
 * files are three arrays. Protocol: "Action Reconciliation".
 */
export interface TableState {
  readonly protocol?: Protocol;
  readonly metaData?: MetadataAction;
  readonly transactions: ReadonlyMap<string, Transaction>;
  /** Removed domains are kept out. */
  readonly domains: ReadonlyMap<string, DomainMetadata>;
  readonly live: FileColumns;
  /** Removes that no later add took back. */
  readonly tombstones: FileColumns;
  /** Of the newest commit, when its commitInfo has one. */
  readonly inCommitTimestamp?: number;
}

export interface FileColumns {
  /** {@link fileKey} of each. */
  readonly keys: readonly string[];
  /** `{"add":{…}}` or `{"remove":{…}}`, as read. */
  readonly texts: readonly string[];
  readonly sizes: readonly number[];
}

/** Lines of one commit and where they stand, for messages. */
export interface CommitText {
  readonly path: string;
  readonly lines: readonly string[];
  /** A log compaction file: several commits in one, without their commitInfo. */
  readonly isCompacted?: true;
}

export const EMPTY_STATE: TableState = {
  transactions: new Map(),
  domains: new Map(),
  live: { keys: [], texts: [], sizes: [] },
  tombstones: { keys: [], texts: [], sizes: [] },
};

/**
 * The state of a checkpoint: its rows need no reconciliation among each other. Throws DELTA_LOG_CORRUPT
 * naming `path`.
 */
export function checkpointState(root: string, { path, lines }: CommitText): TableState {
  return replay(root, [{ path, lines }]).onTopOf(EMPTY_STATE);
}

/**
 * The state after further commits, given oldest first. Reads newest to oldest: the first action seen of a key
 * wins, so that each is decided once. Throws DELTA_LOG_CORRUPT naming file and line, and what
 * {@link checkInCommitTimestamps} throws.
 */
export function advance(root: string, base: TableState, commits: readonly CommitText[]): TableState {
  const pass = replay(root, commits);
  checkInCommitTimestamps(base, commits);
  return pass.onTopOf(base);
}

function replay(root: string, commits: readonly CommitText[]): Pass {
  const pass = new Pass(root);
  for (let i = commits.length - 1; i >= 0; i--)
    pass.commit(commits[i] as CommitText, i === commits.length - 1);
  return pass;
}

/** Identifies a logical file: its place, relative to the root when inside it, and its deletion vector. */
export function fileKey(root: string, path: string, vector?: DeletionVector): string {
  const location = locate(root, path);
  const place = location.startsWith(`${root}/`) ? location.slice(root.length + 1) : location;
  return vector === undefined ? place : `${place}\u0000${vectorId(vector)}`;
}

/** Protocol: "Derived Fields", `uniqueId` of a deletion vector. */
function vectorId({ storageType, pathOrInlineDv, offset }: DeletionVector): string {
  return `${storageType}${pathOrInlineDv}${offset === undefined ? "" : `@${offset}`}`;
}

class Pass {
  readonly #root: string;
  readonly #seen = new Set<string>();
  readonly #live = new ReversedColumns();
  readonly #tombstones = new ReversedColumns();
  readonly #transactions = new Map<string, Transaction>();
  readonly #domains = new Map<string, DomainMetadata>();
  #protocol: Protocol | undefined;
  #metaData: MetadataAction | undefined;
  #inCommitTimestamp: number | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  commit({ path, lines }: CommitText, newest: boolean): void {
    for (let i = lines.length - 1; i >= 0; i--) {
      const text = lines[i] as string;
      const line = parsed(text, path, i + 1);
      if (line !== undefined) this.#take(line.action, line.text, newest);
    }
  }

  onTopOf(base: TableState): TableState {
    const protocol = this.#protocol ?? base.protocol;
    const metaData = this.#metaData ?? base.metaData;
    const domains = new Map(
      [...base.domains, ...this.#domains].filter(([domain]) => !this.#domains.get(domain)?.removed),
    );
    return {
      ...(protocol && { protocol }),
      ...(metaData && { metaData }),
      ...(this.#inCommitTimestamp !== undefined && { inCommitTimestamp: this.#inCommitTimestamp }),
      transactions: new Map([...base.transactions, ...this.#transactions]),
      domains,
      live: this.#live.after(base.live, this.#seen),
      tombstones: this.#tombstones.after(base.tombstones, this.#seen),
    };
  }

  #take(action: Action, text: string, newest: boolean): void {
    if ("add" in action) this.#file(action.add, this.#live, text);
    else if ("remove" in action) this.#file(action.remove, this.#tombstones, text);
    else if ("protocol" in action) this.#protocol ??= action.protocol;
    else if ("metaData" in action) this.#metaData ??= action.metaData;
    else if ("txn" in action) first(this.#transactions, action.txn.appId, action.txn);
    else if ("domainMetadata" in action)
      first(this.#domains, action.domainMetadata.domain, action.domainMetadata);
    else if ("commitInfo" in action && newest)
      this.#inCommitTimestamp = timestampOf(action.commitInfo["inCommitTimestamp"]);
  }

  #file(
    file: { path: string; size?: number; deletionVector?: DeletionVector },
    columns: ReversedColumns,
    text: string,
  ): void {
    const key = fileKey(this.#root, file.path, file.deletionVector);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    columns.push(key, text, file.size ?? 0);
  }
}

/** Columns filled newest first and handed out oldest first. */
class ReversedColumns {
  readonly #keys: string[] = [];
  readonly #texts: string[] = [];
  readonly #sizes: number[] = [];

  push(key: string, text: string, size: number): void {
    this.#keys.push(key);
    this.#texts.push(text);
    this.#sizes.push(size);
  }

  after(base: FileColumns, seen: ReadonlySet<string>): FileColumns {
    const kept = base.keys.flatMap((key, i) => (seen.has(key) ? [] : [i]));
    const pick = <T>(column: readonly T[], own: readonly T[]) =>
      kept.map((i) => column[i] as T).concat(own.toReversed());
    return {
      keys: pick(base.keys, this.#keys),
      texts: pick(base.texts, this.#texts),
      sizes: pick(base.sizes, this.#sizes),
    };
  }
}

function first<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

function timestampOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function parsed(text: string, path: string, line: number): ReturnType<typeof parseLine> {
  try {
    return parseLine(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeltaError("DELTA_LOG_CORRUPT", `${path}, line ${line}: ${why}`, {
      cause,
      context: { path, line },
    });
  }
}
