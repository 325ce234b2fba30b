/** One line of two texts side by side; one that is on one side only has no other. */
export interface LinePair {
  readonly state: "same" | "differs" | "only_source" | "only_target";
  readonly source?: string;
  readonly target?: string;
}

/** More pairs of lines than this are not compared one by one: what lies between equal beginnings and ends is then one change. */
const MOST = 4_000_000;

/** Two texts line by line: as many lines as possible stand beside their equals, and lines that changed beside each other. */
export function lineDiff(source: string, target: string): readonly LinePair[] {
  const [one, other] = [source.split(/\r?\n/u), target.split(/\r?\n/u)];
  const start = equalAtStart(one, other);
  const end = equalAtEnd(one, other, start);
  const middle = [one.slice(start, one.length - end), other.slice(start, other.length - end)] as const;
  const same = (line: string): LinePair => ({ state: "same", source: line, target: line });
  return [...one.slice(0, start).map(same), ...changes(...middle), ...one.slice(one.length - end).map(same)];
}

function equalAtStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count += 1;
  return count;
}

function equalAtEnd(one: readonly string[], other: readonly string[], start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let count = 0;
  while (count < most && one.at(-1 - count) === other.at(-1 - count)) count += 1;
  return count;
}

function changes(one: readonly string[], other: readonly string[]): readonly LinePair[] {
  if (one.length * other.length > MOST) return beside(one, other);
  const lengths = commonLengths(one, other);
  const pairs: LinePair[] = [];
  let [left, right]: [string[], string[]] = [[], []];
  const flush = () => {
    pairs.push(...beside(left, right));
    [left, right] = [[], []];
  };
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    const [line, counterpart] = [one[i], other[j]];
    if (line !== undefined && line === counterpart) {
      flush();
      pairs.push({ state: "same", source: line, target: line });
      i += 1;
      j += 1;
    } else if (counterpart === undefined || (line !== undefined && lengths(i + 1, j) >= lengths(i, j + 1))) {
      left.push(line ?? "");
      i += 1;
    } else {
      right.push(counterpart);
      j += 1;
    }
  }
  flush();
  return pairs;
}

/** The length of the longest common subsequence of what is left from two places on. */
function commonLengths(one: readonly string[], other: readonly string[]): (i: number, j: number) => number {
  const width = other.length + 1;
  const table = new Uint32Array((one.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}

/** Lines that went beside those that came. */
function beside(left: readonly string[], right: readonly string[]): readonly LinePair[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, place): LinePair => {
    const [source, target] = [left[place], right[place]];
    if (source === undefined) return { state: "only_target", target: target ?? "" };
    if (target === undefined) return { state: "only_source", source };
    return { state: "differs", source, target };
  });
}

/** What two texts have in common at both ends, and what differs between. */
export interface ChangedPart {
  readonly start: string;
  readonly source: string;
  readonly target: string;
  readonly end: string;
}

/** The part of a line that changed, by whole words. */
export function changedPart(source: string, target: string): ChangedPart {
  const [one, other] = [wordsOf(source), wordsOf(target)];
  const start = equalAtStart(one, other);
  const end = equalAtEnd(one, other, start);
  return {
    start: one.slice(0, start).join(""),
    source: one.slice(start, one.length - end).join(""),
    target: other.slice(start, other.length - end).join(""),
    end: one.slice(one.length - end).join(""),
  };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
