/** How a quiesce of the source stands. `held`: writers are stopped by so many revokes. */
export type QuiesceState =
  | { readonly state: "held"; readonly revokes: number }
  | { readonly state: "restored"; readonly line: string }
  | { readonly state: "failed"; readonly lines: readonly string[] };

/** The state that the log tells of; `undefined` when nothing was ever revoked. A run that was gone on with may have quiesced twice. */
export function quiesceOf(lines: readonly string[]): QuiesceState | undefined {
  let revokes = 0;
  let failed: readonly string[] = [];
  let last: QuiesceState | undefined;
  for (const line of lines) {
    if (line.startsWith("Quiesce: revoked [")) {
      revokes += 1;
      last = { state: "held", revokes };
    }
    if (line.startsWith("Restore: could not re-grant")) {
      failed = [...failed, line];
      last = { state: "failed", lines: failed };
    }
    if (line.startsWith("Quiesce restore complete:")) {
      last = failed.length === 0 ? { state: "restored", line } : { state: "failed", lines: failed };
      revokes = 0;
      failed = [];
    }
  }
  return last;
}
