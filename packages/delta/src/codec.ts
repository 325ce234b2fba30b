/**
 * Reads and writes parquet checkpoint files. A row is the JSON text of one action, `{"add":{…}}`, with
 * columns that are null left out and 64-bit integers as exact literals.
 */
export interface CheckpointCodec {
  /**
   * The actions of a checkpoint file, multi-part piece or sidecar, in file order. Rows that hold none of the
   * kinds in `kinds` may be left out. Statistics that the file holds as columns only (`stats_parsed`) are given as the text `stats`; other
   * columns ending in `_parsed` need not be read. Throws when the file cannot be decoded.
   */
  read(path: string): Promise<readonly string[]>;
  /**
   * Writes a classic V1 checkpoint: one struct column per action kind (txn, add, remove, metaData, protocol,
   * domainMetadata), maps as map<string,string>, absent structs null; or a sidecar, with the columns `kinds` alone.
   * The file need not be durable on return. Replaces `path`.
   */
  write(
    path: string,
    actions: readonly string[],
    kinds?: readonly ("add" | "remove")[],
  ): Promise<{ readonly sizeInBytes: number }>;
}
