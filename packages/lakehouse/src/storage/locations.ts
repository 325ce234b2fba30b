/** Where tables and volumes live, and which paths SQL may touch at all. */
export interface Locations {
  /** Every directory that SQL may touch, links followed: the workspace's own, the allowed and the mapped ones. */
  readonly roots: readonly string[];
  /** A fresh directory for a managed table: `<workspace>/tables/<uuid>`. */
  newTableDirectory(uuid: string): string;
  /** A fresh directory for a managed volume. */
  newVolumeDirectory(uuid: string): string;
  /**
   * Turns what a user wrote (`/path`, `file:/path`, `s3://bucket/x` under a mapped prefix) into an absolute local path.
   * Throws ExecutionError INVALID_PARAMETER_VALUE.LOCATION… naming the path and `--allow-path` / `--map` when it lies outside the allowed ones.
   */
  resolve(uri: string): string;
  /** Whether the directory belongs to the workspace (managed) and may be deleted with its table. */
  isManaged(path: string): boolean;
}
