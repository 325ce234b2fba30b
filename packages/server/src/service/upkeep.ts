/** Something that is done now and then while the server runs. */
export interface Chore {
  readonly what: string;
  readonly everyMs: number;
  /** Whether it is also done when the server starts, where a failure ends the start. */
  readonly atStart?: boolean;
  readonly work: () => unknown;
}

export interface Upkeep {
  begin(): void;
  /** Waits for what is under way. */
  end(): Promise<void>;
}

/** Does chores. One that fails is told to `failed`, and tried again the next time: with a store that cannot be read for a moment, all that runs goes on. */
export function upkeep(chores: readonly Chore[], failed: (what: string, error: unknown) => void): Upkeep {
  const timers: NodeJS.Timeout[] = [];
  const underWay = new Map<Chore, Promise<unknown>>();

  function settle(chore: Chore, result: unknown): void {
    if (!(result instanceof Promise)) return;
    const done = result
      .catch((error: unknown) => failed(chore.what, error))
      .finally(() => underWay.delete(chore));
    underWay.set(chore, done);
  }

  function again(chore: Chore): void {
    if (underWay.has(chore)) return;
    try {
      settle(chore, chore.work());
    } catch (error) {
      failed(chore.what, error);
    }
  }

  return {
    begin() {
      for (const chore of chores) {
        if (chore.atStart === true) settle(chore, chore.work());
        timers.push(setInterval(again, chore.everyMs, chore));
      }
    },
    async end() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay.values());
    },
  };
}
