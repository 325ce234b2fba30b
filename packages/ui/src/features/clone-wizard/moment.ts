/** Times as the engine reads them; without a zone they are UTC. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?$/iu;

/** What is wrong with a time as typed, if anything. */
export function momentProblem(text: string): string | undefined {
  return MOMENT.test(text.trim()) ? undefined : "Write it as 2026-01-31T12:00:00Z.";
}
