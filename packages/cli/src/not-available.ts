const VERBS: ReadonlySet<string> = new Set(["streams"]);

const CLONE_FLAGS: readonly string[] = ["--target"];

/** Flags and second words of a command, beside its name. */
const OF_COMMAND: Readonly<Record<string, readonly string[]>> = {
  clone: CLONE_FLAGS,
  plan: CLONE_FLAGS,
  diff: ["--config", "--include-schemas", "--exclude-schemas"],
  sql: ["--config"],
  demo: ["--config"],
  "release-check": ["--config"],
  workspace: ["--config"],
};

/**
 * The first verb or flag of a command line that belongs to the product's command line but not to this version, as one
 * sentence; `undefined` when there is none. Words that nobody knows are left to the parser, which suggests the nearest.
 */
export function notAvailable(argv: readonly string[]): string | undefined {
  const [verb = "", ...rest] = argv;
  if (VERBS.has(verb)) return `clxs ${verb} is not available in this version.`;
  const missing = OF_COMMAND[verb] ?? [];
  const end = rest.indexOf("--");
  const word = (end < 0 ? rest : rest.slice(0, end))
    .map((text) => text.split("=", 1)[0] ?? "")
    .find((text, at) => missing.includes(text) && (at === 0 || text.startsWith("--")));
  if (word === undefined) return undefined;
  return `${word.startsWith("--") ? word : `clxs ${verb} ${word}`} is not available in this version.`;
}
