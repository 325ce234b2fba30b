export { bytes, counted, seconds } from "@clone-xs/clone";

/** How often each word occurs, most frequent first, ties by name: `tags 12, grants 3`. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`)
    .join(", ");
}

/** The first line of a server's message: what follows is the statement's text again. */
export function firstLine(message: string): string {
  const [first = "", second = ""] = message.trim().split("\n");
  return first.endsWith(":") ? `${first} ${second.trim()}`.trim() : first;
}
