export interface EngineSettings {
  /** Where large queries spill; made by the caller. */
  readonly tempDirectory: string;
  /** Directories that queries may read and write, beside the temporary one. */
  readonly directories: readonly string[];
  /** DuckDB's spelling: `2GB`. */
  readonly memoryLimit: string;
  readonly threads?: number;
}

/**
 * What the child opens DuckDB with, and the statement that closes the door behind it. The temporary directory is among the allowed
 * ones: otherwise the process aborts at its end after a spill.
 */
export function childSettings({ tempDirectory, directories, memoryLimit, threads }: EngineSettings): {
  readonly settings: Readonly<Record<string, string>>;
  readonly lockDown: string;
} {
  const allowed = [tempDirectory, ...directories].map((path) =>
    quoted(path.endsWith("/") ? path : `${path}/`),
  );
  return {
    settings: {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      memory_limit: memoryLimit,
      temp_directory: tempDirectory,
      preserve_insertion_order: "true",
      ...(threads === undefined ? {} : { threads: String(threads) }),
    },
    lockDown: [
      "SET GLOBAL TimeZone = 'UTC'",
      `SET GLOBAL allowed_directories = [${allowed.join(", ")}]`,
      "SET GLOBAL enable_external_access = false",
      "SET GLOBAL lock_configuration = true",
    ].join("; "),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
