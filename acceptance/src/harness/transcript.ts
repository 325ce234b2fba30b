/** What a script did, for the report: one line each, in order, without secrets. */
export interface Transcript {
  readonly note: (line: string) => void;
  /** What was noted since this was last asked for. */
  readonly take: () => readonly string[];
}

export function transcript(): Transcript {
  let lines: string[] = [];
  return {
    note: (line) => void lines.push(line),
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}

const SECRET = /token|secret|password/iu;

/** JSON as it is sent, with what is secret left out. */
export function withoutSecrets(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) =>
    SECRET.test(key) && typeof value === "string" ? "…" : value,
  );
}

/** As people type it in a shell: words with anything unusual in them in quotes. */
export function typed(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:=,@-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");
}
