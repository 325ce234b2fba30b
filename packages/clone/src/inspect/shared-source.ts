import type { ObjectName, Table } from "@clone-xs/unity";
import type { DefinitionRead } from "./definitions.ts";
import { type FingerprintRead, type HistoryRead, type Inventory, localKey } from "./inventory.ts";
import type { Histories, ReadHistories } from "./read-back.ts";

/**
 * A source that several targets are cloned from: it is looked at once, and what is read of its tables is read once for all of them. No
 * table is seen newer than it was seen first, so that all targets get the same version of it.
 */
export interface SharedSource {
  readonly inventory: Inventory;
  readonly histories: ReadHistories;
  readonly fingerprints: ReadTables<FingerprintRead>;
  readonly definitions: ReadTables<DefinitionRead>;
}

/** Reads something of tables; by `localKey`. */
type ReadTables<Read> = (tables: readonly Table[]) => Promise<Readonly<Record<string, Read>>>;

export interface SourceReaders {
  readonly histories: ReadHistories;
  readonly fingerprints: ReadTables<FingerprintRead>;
  readonly definitions: ReadTables<DefinitionRead>;
}

export function sharedSource(inventory: Inventory, readers: SourceReaders): SharedSource {
  return {
    inventory,
    histories: neverNewer(readers.histories),
    fingerprints: readOnce(readers.fingerprints),
    definitions: readOnce(readers.definitions),
  };
}

interface KnownHistory {
  readonly limit: number;
  readonly read: Promise<HistoryRead>;
}

/** A history that is known as far back is not read again; what is read later is cut to what was the newest at first. */
function neverNewer(read: ReadHistories): ReadHistories {
  const known = new Map<string, KnownHistory>();
  const newest = new Map<string, bigint>();
  const cut = (key: string, history: HistoryRead | undefined): HistoryRead => {
    if (history === undefined) return NOT_READ;
    if (!history.ok) return history;
    const top = newest.get(key);
    if (top !== undefined)
      return { ...history, entries: history.entries.filter(({ version }) => BigInt(version) <= top) };
    const [first] = history.entries;
    if (first !== undefined) newest.set(key, BigInt(first.version));
    return history;
  };
  return async (names, limit) => {
    const missing = names.filter((name) => (known.get(localKey(name))?.limit ?? 0) < limit);
    const batch = missing.length === 0 ? Promise.resolve<Histories>({}) : read(missing, limit);
    for (const name of missing) {
      const key = localKey(name);
      const before = known.get(key)?.read.catch(() => undefined);
      const entry = {
        limit,
        read: batch.then((found) => before?.then(() => cut(key, found[key])) ?? cut(key, found[key])),
      };
      known.set(key, entry);
      forgetWhenFailed(known, key, entry);
    }
    return collected(names, (key) => known.get(key)?.read);
  };
}

const NOT_READ: HistoryRead = {
  ok: false,
  failure: { code: "INSPECTION_FAILED", message: "The history was not answered." },
};

/** What was read of a table is not read again. */
function readOnce<Read>(read: ReadTables<Read>): ReadTables<Read> {
  const known = new Map<string, { readonly read: Promise<Read | undefined> }>();
  return async (tables) => {
    const missing = tables.filter((table) => !known.has(localKey(table)));
    const batch = missing.length === 0 ? Promise.resolve<Readonly<Record<string, Read>>>({}) : read(missing);
    for (const table of missing) {
      const key = localKey(table);
      const entry = { read: batch.then((found) => found[key]) };
      known.set(key, entry);
      forgetWhenFailed(known, key, entry);
    }
    return collected(tables, (key) => known.get(key)?.read);
  };
}

/** The next target asks again for what could not be asked now. */
function forgetWhenFailed<Entry extends { readonly read: Promise<unknown> }>(
  known: Map<string, Entry>,
  key: string,
  entry: Entry,
): void {
  void entry.read.catch(() => {
    if (known.get(key) === entry) known.delete(key);
  });
}

async function collected<Read>(
  names: readonly Pick<ObjectName, "schema" | "name">[],
  find: (key: string) => Promise<Read | undefined> | undefined,
): Promise<Readonly<Record<string, Read>>> {
  const keys = names.map(localKey);
  const reads = await Promise.all(keys.map(async (key) => find(key)));
  return Object.fromEntries(
    keys.flatMap((key, at) => {
      const read = reads[at];
      return read === undefined ? [] : [[key, read] as const];
    }),
  );
}
