import type { Clock } from "../run/run.ts";
import type { Ledger, LedgerRecord } from "../ledger/ledger.ts";
import { ledgerStop, type Stop } from "./stop.ts";

/** How steps write into the ledger: a full disk stops the run instead of breaking it. */
export interface Ledgering {
  /** Resolves when the record is on the disk; `false` when the disk did not take it. */
  readonly durably: (record: Untimed) => Promise<boolean>;
  /** Writes in the background: what is lost of it can be seen on the target. */
  readonly soon: (record: Untimed) => void;
  /** Resolves when nothing is on its way to the disk any more. */
  readonly written: () => Promise<void>;
  /** The same; rejects with what is no answer of the disk: a defect. */
  readonly settled: () => Promise<void>;
}

type Untimed = LedgerRecord extends infer Each ? (Each extends unknown ? Omit<Each, "at"> : never) : never;

export function ledgeringOn(
  ledger: Ledger,
  { clock, stop }: { readonly clock: Clock; readonly stop: (stop: Stop) => void },
): Ledgering {
  const pending = new Set<Promise<boolean>>();
  const defects: unknown[] = [];
  const durably = async (record: Untimed): Promise<boolean> => {
    try {
      await ledger.append({ ...record, at: clock.now() } as LedgerRecord);
      return true;
    } catch (error) {
      const failed = ledgerStop(error);
      if (failed === undefined) throw error;
      stop(failed);
      return false;
    }
  };
  return {
    durably,
    soon: (record) => {
      const written = durably(record)
        .catch((defect: unknown) => {
          defects.push(defect);
          return false;
        })
        .finally(() => pending.delete(written));
      pending.add(written);
    },
    written: async () => {
      await Promise.all(pending);
    },
    settled: async () => {
      await Promise.all(pending);
      if (defects.length > 0) throw defects[0];
    },
  };
}
