/** A word that begins with dashes and is no option: an SQL comment with a statement behind it. */
const COMMENTED = /^--(?=[^a-z])|^--[^\n]*\n/u;

/**
 * The command line as the parser understands it: a statement of `sql` may begin with a comment, whose dashes would be taken
 * for an option, so it goes behind the `--` that ends the options.
 */
export function readable(argv: readonly string[]): readonly string[] {
  if (argv[0] !== "sql" || argv.includes("--")) return argv;
  const statement = argv.find((word) => COMMENTED.test(word));
  return statement === undefined ? argv : [...argv.filter((word) => word !== statement), "--", statement];
}

/** Whether one JSON document was asked for, known also when the rest of the command line cannot be understood. */
export function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, at) =>
      /^(?:--output=|-o=?)json$/u.test(word) ||
      (word === "json" && (argv[at - 1] === "--output" || argv[at - 1] === "-o")),
  );
}
