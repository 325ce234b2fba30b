/** SHOW's patterns: `*` any characters, `|` alternatives, no regard to case. `%` counts as `*`. */
export function patternOf(like: string | undefined): (name: string) => boolean {
  if (like === undefined) return () => true;
  const source = like
    .split("|")
    .map((part) =>
      part
        .trim()
        .replace(/[.+?^${}()[\]\\]/g, "\\$&")
        .replace(/[*%]/g, ".*"),
    )
    .join("|");
  const pattern = new RegExp(`^(?:${source})$`, "i");
  return (name) => pattern.test(name);
}
