import type { Life } from "../testing/generated/lives.ts";

/** A feature that an engine refuses, known by the engine's own words. */
export interface Refusal {
  readonly feature: string;
  readonly says: RegExp;
}

/** Counts what an engine answered alike, what it refused by which feature, and what is wrong. */
export class Tally {
  readonly #engine: string;
  readonly #refusals: readonly Refusal[];
  readonly #refused = new Map<string, { count: number; words: string }>();
  readonly #wrong: string[] = [];
  #alike = 0;

  constructor(engine: string, refusals: readonly Refusal[] = []) {
    this.#engine = engine;
    this.#refusals = refusals;
  }

  /** `check` throws for an answer that differs, and with the engine's words when it gives none. */
  async compare(life: Life, what: string, check: () => Promise<void> | void): Promise<void> {
    try {
      await check();
      this.#alike += 1;
    } catch (error) {
      const words = wordsOf(error);
      const known = this.#refusals.find(({ says }) => says.test(words));
      if (known === undefined) this.#wrong.push(`${what} of ${this.#contextOf(life)}\n${words}`);
      else this.leaveOut(known.feature, words);
    }
  }

  /** Counts what the engine is not asked, because it is known to answer it wrong. */
  leaveOut(feature: string, words: string): void {
    this.#refused.set(feature, { count: (this.#refused.get(feature)?.count ?? 0) + 1, words });
  }

  /** Prints the counts. Throws with what is wrong, or when fewer answers than these were alike. */
  conclude(atLeast: number): void {
    const refused = [...this.#refused.values()].reduce((sum, { count }) => sum + count, 0);
    console.log(
      `${this.#engine}: ${this.#alike} answers alike, ${refused} refused, ${this.#wrong.length} wrong`,
    );
    for (const [feature, { count, words }] of this.#refused)
      console.log(`${this.#engine} refused ${count}: ${feature} (${words.slice(0, 160)})`);
    if (this.#wrong.length > 0)
      throw new Error(
        `${this.#wrong.length} wrong, the first of them:\n${this.#wrong.slice(0, 5).join("\n\n")}`,
      );
    if (this.#alike < atLeast) throw new Error(`${this.#engine} answered only ${this.#alike}`);
  }

  #contextOf({ name, kind, statements }: Life): string {
    return `${kind} ${name} (CLXS_SEED=${/\d+/u.exec(name)?.[0]} CLXS_RUNS=1):\n${statements.join("\n")}`;
  }
}

/** The message; of two lists that differ also what only one of them has. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as { actual?: unknown; expected?: unknown };
  if (!Array.isArray(actual) || !Array.isArray(expected)) return error.message;
  const only = (list: unknown[], other: unknown[]) =>
    list.filter((item) => !other.includes(item)).map((item) => JSON.stringify(item));
  return [error.message, "told:", ...only(actual, expected), "expected:", ...only(expected, actual)].join(
    "\n",
  );
}
