import { DeltaError } from "../errors.ts";
import { listLog } from "../log/read.ts";
import { commitClock } from "../log/times.ts";
import { deletedFileRetention } from "../retention.ts";
import type { Snapshot } from "../snapshot.ts";
import type { DeltaTable } from "../table.ts";

const HOUR = 3_600_000;

/**
 * For RESTORE and CLONE … AS OF: refuses a version that was succeeded by another longer ago than removed files are kept, whether or not
 * VACUUM has been by. The newest version is never too old. Throws DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION.
 */
export async function checkWithinRetention(table: DeltaTable, { version }: Snapshot): Promise<void> {
  const newest = await table.snapshot();
  if (version >= newest.version) return;
  const source = { ...table.environment, root: table.root };
  const { configuration } = newest.metadata;
  const succeeded = await commitClock(source, await listLog(source), configuration).timeOf(version + 1);
  const retention = deletedFileRetention(configuration);
  if (succeeded >= table.environment.now() - retention) return;
  throw new DeltaError(
    "DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION",
    `Cannot time travel beyond delta.deletedFileRetentionDuration (${Math.floor(retention / HOUR)} HOURS) set on the table.`,
    { context: { version, retention } },
  );
}
