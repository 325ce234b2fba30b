/** A CLONE statement as a line of the log has it. */
interface CloneLine {
  readonly text: string;
  /** Empty: the run has no other targets. */
  readonly target: string;
  /** Name of the table that it makes: `catalog.schema.name`, as steps have it. */
  readonly object: string;
}

/** What a line of the log says that is a CLONE statement; of a run with several targets each line begins with its target in brackets. */
export function cloneIn(line: string, several: boolean): CloneLine {
  const [, target = "", text = line] = (several && /^\[(.*?)\] (CREATE .*)$/su.exec(line)) || [];
  const [, name = ""] =
    /^CREATE (?:OR REPLACE )?TABLE (?:IF NOT EXISTS )?((?:`(?:[^`]|``)*`|[^\s`])+) /u.exec(text) ?? [];
  return { text, target, object: plainName(name) };
}

/** `` `a`.b `` without its quotes. */
function plainName(name: string): string {
  return name.replaceAll(/`((?:[^`]|``)*)`/gu, (_, inner: string) => inner.replaceAll("``", "`"));
}
