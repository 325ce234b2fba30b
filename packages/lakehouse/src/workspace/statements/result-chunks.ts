/** How much text one chunk of a result carries, about. */
const CHUNK_BYTES = 1 << 20;

/** Text of an INLINE result at most. Source: Statement Execution API, "disposition". */
export const INLINE_BYTES = 25 * (1 << 20);

export type Row = readonly (string | null)[];

export interface Chunk {
  readonly index: number;
  readonly rowOffset: number;
  readonly rowCount: number;
}

/** Cuts rows into chunks of about {@link CHUNK_BYTES}; no rows, no chunks. */
export function chunksOf(rows: readonly Row[], chunkBytes: number = CHUNK_BYTES): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let rowOffset = 0;
  let bytes = 0;
  rows.forEach((row, index) => {
    bytes += bytesOf(row);
    if (bytes < chunkBytes && index < rows.length - 1) return;
    chunks.push({ index: chunks.length, rowOffset, rowCount: index + 1 - rowOffset });
    rowOffset = index + 1;
    bytes = 0;
  });
  return chunks;
}

/** Text of a row as it goes over the wire, about: quotes and commas count, escapes and wide characters do not. */
export function bytesOf(row: Row): number {
  return row.reduce((sum, cell) => sum + (cell === null ? 5 : cell.length + 3), 2);
}
