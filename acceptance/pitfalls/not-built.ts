/** A part of a pitfall whose feature is not there yet, and what is mutated instead. */
export interface NotBuilt {
  readonly pitfall: number;
  readonly lacking: string;
  readonly nearest: string;
}

/** Leaves this list with the feature, which brings a mutant of its own. */
export const notBuilt: readonly NotBuilt[] = [
  {
    pitfall: 8,
    lacking: "copies whose values are masked",
    nearest: "that a masked table is never copied with its rows",
  },
  {
    pitfall: 25,
    lacking: "a cache of metadata in the engine, which lists anew for each run",
    nearest: "what the embedded workspace lists for several users",
  },
];
