/** One row of DESCRIBE HISTORY, from the commitInfo of one commit. Parameters and metrics are text whatever the log holds. */
export interface HistoryEntry {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly userId?: string;
  readonly userName?: string;
  /** Absent when the commit has no commitInfo. */
  readonly operation?: string;
  readonly operationParameters: Readonly<Record<string, string>>;
  readonly job?: Readonly<Record<string, string>>;
  readonly notebook?: Readonly<Record<string, string>>;
  readonly clusterId?: string;
  readonly readVersion?: number;
  readonly isolationLevel?: string;
  readonly isBlindAppend?: boolean;
  readonly operationMetrics: Readonly<Record<string, string>>;
  readonly userMetadata?: string;
  readonly engineInfo?: string;
}
