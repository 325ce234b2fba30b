/** One place of two lists side by side; at least one side is there. */
export interface Aligned<T> {
  readonly source?: T;
  readonly target?: T;
  /** It stands elsewhere among those that both lists have. */
  readonly moved?: true;
}

/**
 * Two lists side by side by the keys of their items, each key once in a list: the order is the source's, and what only the target has comes
 * after what is before it there. As few as possible of those that both have count as moved.
 */
export function align<T>(
  source: readonly T[],
  target: readonly T[],
  keyOf: (item: T) => string,
): readonly Aligned<T>[] {
  const places = new Map(target.map((item, place) => [keyOf(item), place]));
  const known = new Set(source.map(keyOf));
  const both = source.flatMap((item) => places.get(keyOf(item)) ?? []);
  const inPlace = new Set(longestRising(both));
  const after = (place: number): readonly Aligned<T>[] =>
    runAfter(target, place, (item) => known.has(keyOf(item)));
  return [
    ...after(-1),
    ...source.flatMap((item): readonly Aligned<T>[] => {
      const place = places.get(keyOf(item));
      if (place === undefined) return [{ source: item }];
      const other = target[place] as T;
      const moved = inPlace.has(place) ? {} : { moved: true as const };
      return [{ source: item, target: other, ...moved }, ...after(place)];
    }),
  ];
}

/** What the target has directly after a place, up to the next item that the source has too. */
function runAfter<T>(
  target: readonly T[],
  place: number,
  isKnown: (item: T) => boolean,
): readonly Aligned<T>[] {
  const rest = target.slice(place + 1);
  const end = rest.findIndex(isKnown);
  return (end === -1 ? rest : rest.slice(0, end)).map((item) => ({ target: item }));
}

/** A longest rising subsequence of numbers that are all different. Patience sorting: each pile keeps the smallest end of its length. */
function longestRising(numbers: readonly number[]): readonly number[] {
  const piles: { readonly value: number; readonly before: Link | undefined }[] = [];
  for (const value of numbers) {
    const at = piles.findIndex((pile) => pile.value > value);
    const place = at === -1 ? piles.length : at;
    piles[place] = { value, before: piles[place - 1] };
  }
  const rising: number[] = [];
  for (let link: Link | undefined = piles.at(-1); link !== undefined; link = link.before)
    rising.push(link.value);
  return rising;
}

interface Link {
  readonly value: number;
  readonly before: Link | undefined;
}
