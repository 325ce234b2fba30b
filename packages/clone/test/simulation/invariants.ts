/** What must hold, whatever happens. Numbers are those of the list in ARCHITECTURE.md. */
export const INVARIANTS = {
  honest: "I13: success only for what is there; whatever ended otherwise names its errors",
  accounted: "I5: every table of the source is cloned, left out by a rule, failed or in the residue",
  cut: "I8: a copy equals its source at the version that its stamp names, whoever writes meanwhile",
  transient: "I14: what passes by itself changes no outcome",
  settled: "I3: once undisturbed, whatever happened before, the target equals the source",
  resumed: "I3: a run that died and is resumed ends as if nothing had happened",
  empty: "I2: after that there is nothing left to do",
  untouched: "I4: the source has the rows and the grants that others gave it",
  exclusive: "I12: two runs never both write to one target",
  streamed:
    "I16: a stream has one run however often it is started, and its copies are their sources whatever befell its loops",
  routed:
    "I17: a metastore has one recipient, and a pair of catalogs one share, however many runs ask for them",
  readable: "I15: the ledger on the disk can always be read, and is complete up to what was acknowledged",
} as const;
export type Invariant = keyof typeof INVARIANTS;

export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken";
}

export interface Checks {
  /** Counts one check, and throws {@link InvariantBroken} when it does not hold. */
  readonly check: (invariant: Invariant, holds: boolean, what: () => string) => void;
  readonly counts: Readonly<Record<Invariant, number>>;
}

export function openChecks(seed: number): Checks {
  const counts = Object.fromEntries(Object.keys(INVARIANTS).map((name) => [name, 0])) as Record<
    Invariant,
    number
  >;
  return {
    counts,
    check(invariant, holds, what) {
      counts[invariant] += 1;
      if (!holds) throw new InvariantBroken(`seed ${seed}: ${INVARIANTS[invariant]} — ${what()}`);
    },
  };
}
