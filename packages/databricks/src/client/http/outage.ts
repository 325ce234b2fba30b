/** What happens to the connection, as it happens, for people to read. */
export interface ConnectionNotice {
  readonly host: string;
  /** Epoch milliseconds: when trying again ends. */
  readonly until: number;
}

/** Whether a host answers, as all requests to it see it together. */
export interface Outage {
  /** Epoch milliseconds at which it was first missed; `undefined` while it answers. */
  since(): number | undefined;
  /** It did not answer, and is tried for `patienceMs` in all; gives the time at which this began. */
  missed(now: number, patienceMs: number): number;
  /** It answered. */
  ended(): void;
}

/** Tells `notice` once for each time that the host stops answering. Misses that lie further apart than the patience are two such times. */
export function outageOf(host: string, notice: (lost: ConnectionNotice) => void): Outage {
  let misses: { readonly first: number; readonly last: number } | undefined;
  return {
    since: () => misses?.first,
    missed: (now, patienceMs) => {
      const going = misses !== undefined && now - misses.last <= patienceMs ? misses : undefined;
      if (going === undefined) notice({ host, until: now + patienceMs });
      misses = { first: going?.first ?? now, last: now };
      return misses.first;
    },
    ended: () => {
      misses = undefined;
    },
  };
}
