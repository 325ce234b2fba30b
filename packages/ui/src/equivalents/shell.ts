/** A word for a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command, on lines of its own when it has many flags. `args` are words with their quotes; names come after the flags. */
export function command(name: string, flags: readonly string[] = [], ...names: readonly string[]): string {
  const last = names.length === 0 ? [] : [namesOf(names)];
  return [name, ...flags, ...last].join(flags.length > 3 ? " \\\n  " : " ");
}

/** What begins with a dash is no option after `--`. */
function namesOf(names: readonly string[]): string {
  const words = names.map(quoted).join(" ");
  return names.some((name) => name.startsWith("-")) ? `-- ${words}` : words;
}

export function flag(name: string, value: string | number): string {
  const text = String(value);
  return text.startsWith("-") ? `${name}=${quoted(text)}` : `${name} ${quoted(text)}`;
}

/** Lists of the command line are split at commas, and their parts trimmed. */
export function fitsList(names: readonly string[]): boolean {
  return (
    names.length > 0 && names.every((name) => name !== "" && !name.includes(",") && name === name.trim())
  );
}

export function listFlag(name: string, values: readonly string[] | null | undefined): readonly string[] {
  return values == null || values.length === 0 ? [] : [flag(name, values.join(","))];
}
