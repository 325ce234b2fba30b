import type { Ledger, LedgerRecord } from "@clone-xs/clone";

/** Thrown by the ledger from the moment at which the process is to have died. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** A ledger in memory that dies with its record number `killAt`: that one and all later ones are never written. */
export function mortalLedger(killAt: number): Ledger & { readonly records: readonly LedgerRecord[] } {
  const records: LedgerRecord[] = [];
  return {
    records,
    append: async (record) => {
      if (records.length >= killAt) throw new Killed();
      records.push(record);
    },
    close: () => Promise.resolve(),
  };
}
