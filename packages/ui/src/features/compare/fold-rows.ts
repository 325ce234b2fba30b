/** Rows that are shown, or a run of unchanged ones that is folded away until somebody asks. */
export type Folded<Row> =
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "fold"; readonly rows: readonly Row[] };

/** Folding fewer rows than this would save nothing. */
const WORTH_IT = 3;

/** Unchanged rows are folded, but for `context` of them beside each that changed. Where nothing changed, nothing is folded. */
export function foldRows<Row>(
  rows: readonly Row[],
  isChanged: (row: Row) => boolean,
  context = 1,
): readonly Folded<Row>[] {
  const changed = rows.flatMap((row, place) => (isChanged(row) ? [place] : []));
  if (changed.length === 0) return rows.map((row) => ({ kind: "row", row }));
  const near = new Set(
    changed.flatMap((place) => Array.from({ length: 2 * context + 1 }, (_, step) => place - context + step)),
  );
  const folded: Folded<Row>[] = [];
  let run: Row[] = [];
  const close = () => {
    if (run.length >= WORTH_IT) folded.push({ kind: "fold", rows: run });
    else folded.push(...run.map((row) => ({ kind: "row", row }) as const));
    run = [];
  };
  rows.forEach((row, place) => {
    if (!near.has(place)) return run.push(row);
    close();
    return folded.push({ kind: "row", row });
  });
  close();
  return folded;
}
