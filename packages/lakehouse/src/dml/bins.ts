/** What compaction weighs about a file. */
export interface Packable {
  readonly size: number;
  /** Text that is the same for files of one partition. */
  readonly partition: string;
  /** Part of its rows that are deleted, 0 to 1. */
  readonly deleted: number;
}

/** A file with more deleted rows than this is rewritten even alone. Source: Delta, `optimize.maxDeletedRowsRatio`. */
const MAX_DELETED = 0.05;

/**
 * Groups of files that become one file each: small ones of one partition together, up to `target` bytes. A file that would stay alone is
 * left as it is, unless many of its rows are deleted. With `all` every file takes part, whatever its size: rows are put in another order.
 */
export function packed<F extends Packable>(
  files: readonly F[],
  { target, all = false }: { readonly target: number; readonly all?: boolean },
): readonly (readonly F[])[] {
  const partitions = new Map<string, F[]>();
  for (const file of files) partitions.set(file.partition, [...(partitions.get(file.partition) ?? []), file]);
  return [...partitions.values()].flatMap((own) => (all ? [own] : binsOf(own, target)));
}

function binsOf<F extends Packable>(files: readonly F[], target: number): readonly (readonly F[])[] {
  const small = files.filter(({ size, deleted }) => size < target || deleted > MAX_DELETED);
  const bins: F[][] = [];
  let room = 0;
  for (const file of small.toSorted((a, b) => a.size - b.size)) {
    const last = bins.at(-1);
    if (last === undefined || file.size > room) {
      bins.push([file]);
      room = target - file.size;
    } else {
      last.push(file);
      room -= file.size;
    }
  }
  return bins.filter((bin) => bin.length > 1 || bin.some(({ deleted }) => deleted > MAX_DELETED));
}
