import type { ObjectName } from "@clone-xs/unity";
import { type HistoryEntry, type HistoryRead, localKey } from "./inventory.ts";

export type Histories = Readonly<Record<string, HistoryRead>>;
/** Reads the newest `limit` entries of each table. */
export type ReadHistories = (names: readonly ObjectName[], limit: number) => Promise<Histories>;

export interface ReadBack<Item> {
  readonly nameOf: (item: Item) => ObjectName;
  /** Whether these entries, newest first, tell all that is needed of the item. */
  readonly reaches: (entries: readonly HistoryEntry[], item: Item) => boolean;
  /** Entries to read at first, then of those tables where that did not reach far enough. */
  readonly limits: readonly number[];
}

/** Reads histories as far back as each item needs, and no further than the last limit. */
export async function readBack<Item>(
  read: ReadHistories,
  items: readonly Item[],
  { nameOf, reaches, limits }: ReadBack<Item>,
): Promise<Histories> {
  let found: Histories = {};
  let short = items;
  for (const limit of limits) {
    if (short.length === 0) break;
    found = { ...found, ...(await read(short.map(nameOf), limit)) };
    short = short.filter((item) => {
      const history = found[localKey(nameOf(item))];
      return history?.ok === true && !history.complete && !reaches(history.entries, item);
    });
  }
  return found;
}
