/** Lets at most so many pieces of work go on at once, whoever asks for them; the rest wait in the order they came. */
export interface Slots {
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export function openSlots(limit: number): Slots {
  let free = limit;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
    return undefined;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async run(work) {
      const turn = enter();
      if (turn) await turn;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
