import { parseAction, printAction } from "../log/action-text.ts";
import { checkpointName } from "../log/names.ts";
import { logDirectory } from "../log/read.ts";
import type { TableState } from "../log/state.ts";
import { printJson } from "../json.ts";
import { deletedFileRetention } from "../retention.ts";
import type { TableEnvironment } from "../table.ts";

/** Whether a checkpoint is due after this version. Property `delta.checkpointInterval`, 10 by default. */
export function checkpointDue(version: number, configuration: Readonly<Record<string, string>>): boolean {
  const interval = Number(configuration["delta.checkpointInterval"] ?? "10");
  return version > 0 && Number.isInteger(interval) && interval > 0 && version % interval === 0;
}

/**
 * Writes a classic checkpoint of the state under a temporary name, moves it into place, then points
 * `_last_checkpoint` at it. Killed anywhere it leaves a readable log. Protocol: "Checkpoints", "Last
 * Checkpoint File".
 */
export async function writeCheckpoint(
  environment: TableEnvironment,
  root: string,
  version: number,
  state: TableState,
): Promise<void> {
  const { storage, codec, uuid, now } = environment;
  const directory = logDirectory(root);
  const temporary = `${directory}/.${checkpointName(version)}.${uuid()}.tmp`;
  const rows = checkpointRows(state, now());
  const { sizeInBytes } = await codec.write(temporary, rows);
  await storage.move(temporary, `${directory}/${checkpointName(version)}`);
  const hint = { version, size: rows.length, sizeInBytes, numOfAddFiles: state.live.texts.length };
  await storage.write(`${directory}/_last_checkpoint`, printJson(hint));
}

/** Everything but commitInfo and cdc; removes only while readers of older versions may need to know of them. */
function checkpointRows(state: TableState, now: number): readonly string[] {
  const { protocol, metaData, transactions, domains, live, tombstones } = state;
  const oldest = now - deletedFileRetention(metaData?.configuration ?? {});
  return [
    ...(protocol ? [printAction({ protocol })] : []),
    ...(metaData ? [printAction({ metaData })] : []),
    ...[...transactions.values()].map((txn) => printAction({ txn })),
    ...[...domains.values()].map((domainMetadata) => printAction({ domainMetadata })),
    ...live.texts,
    ...tombstones.texts.filter((text) => deletedAt(text) > oldest),
  ];
}

function deletedAt(text: string): number {
  const action = parseAction(text);
  return action !== undefined && "remove" in action ? (action.remove.deletionTimestamp ?? 0) : 0;
}
