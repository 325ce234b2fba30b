/** Flags of a command, beside its name. */
const OF_COMMAND: Readonly<Record<string, readonly string[]>> = {
  diff: ["--config"],
  sql: ["--config"],
  demo: ["--config"],
  "release-check": ["--config"],
  workspace: ["--config"],
};

/**
 * The first flag of a command line that belongs to the product's command line but not to this version, as one sentence; `undefined` when
 * there is none. Words that nobody knows are left to the parser, which suggests the nearest.
 */
export function notAvailable(argv: readonly string[]): string | undefined {
  const [verb = "", ...rest] = argv;
  const missing = OF_COMMAND[verb] ?? [];
  const end = rest.indexOf("--");
  const flag = (end < 0 ? rest : rest.slice(0, end))
    .map((text) => text.split("=", 1)[0] ?? "")
    .find((text) => missing.includes(text));
  return flag === undefined ? undefined : `${flag} is not available in this version.`;
}
