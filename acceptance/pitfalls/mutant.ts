/** The engine with one mistake in it: a text of one source file, and what would stand there if the mistake were made. */
export interface Mutant {
  /** Number in `acceptance/pitfalls/README.md`. */
  readonly pitfall: number;
  /** What is wrong with the mutant, in one sentence. */
  readonly mistake: string;
  /** Source file, from the root of the repository. */
  readonly file: string;
  /** Stands in that file exactly once. */
  readonly right: string;
  readonly wrong: string;
  readonly killedBy: {
    /** Test file, from the root of the repository. */
    readonly file: string;
    /** What its name, or that of a group of tests, begins with; itself begins with `pitfall <n>: `. */
    readonly test: string;
  };
}

/** How a mutant is called on command lines and in the environment: `5`, or `5.2` when a pitfall has several. */
export function mutantId(mutant: Mutant, all: readonly Mutant[]): string {
  const same = all.filter(({ pitfall }) => pitfall === mutant.pitfall);
  const place = same.indexOf(mutant);
  return place === 0 ? String(mutant.pitfall) : `${mutant.pitfall}.${place + 1}`;
}

/** The source with the mistake in it. Throws when the right text does not stand there exactly once: the mutant is stale. */
export function plant({ file, right, wrong }: Mutant, source: string): string {
  const parts = source.split(right);
  if (parts.length !== 2)
    throw new Error(`${file}: the text to replace stands there ${parts.length - 1} times: ${right}`);
  return parts.join(wrong);
}
