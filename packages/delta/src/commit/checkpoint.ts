import type { Transaction } from "../actions.ts";
import { parseAction, printAction } from "../log/action-text.ts";
import { checkpointName, sidecarName, v2CheckpointName } from "../log/names.ts";
import { logDirectory } from "../log/read.ts";
import type { TableState } from "../log/state.ts";
import { printJson } from "../json.ts";
import { deletedFileRetention, transactionRetention } from "../retention.ts";
import { lastCheckpoint } from "./last-checkpoint.ts";
import type { TableEnvironment } from "../table.ts";

/**
 * Whether a checkpoint is due after this version: each tenth (property `delta.checkpointInterval`), and right after the first commit of
 * a clone, as Databricks and Spark write one.
 */
export function checkpointDue(
  version: number,
  operation: string,
  configuration: Readonly<Record<string, string>>,
): boolean {
  if (version === 0) return operation === "CLONE";
  const interval = Number(configuration["delta.checkpointInterval"] ?? "10");
  return Number.isInteger(interval) && interval > 0 && version % interval === 0;
}

/** A version as a checkpoint shall hold it. */
interface Checkpoint {
  readonly root: string;
  readonly version: number;
  readonly state: TableState;
}

/**
 * Writes a checkpoint of the state under temporary names, moves it into place, then points `_last_checkpoint` at it: a classic one, or
 * one of the second version where `delta.checkpointPolicy` asks for it. Killed anywhere it leaves a readable log. Protocol: "Checkpoints".
 */
export async function writeCheckpoint(environment: TableEnvironment, checkpoint: Checkpoint): Promise<void> {
  const { root, version, state } = checkpoint;
  const isV2 =
    state.metaData?.configuration["delta.checkpointPolicy"] === "v2" &&
    state.protocol?.readerFeatures?.includes("v2Checkpoint") === true;
  const written = await (isV2 ? writeV2 : writeClassic)(environment, checkpoint);
  const hint = { version, ...written, numOfAddFiles: state.live.texts.length };
  await environment.storage.write(`${logDirectory(root)}/_last_checkpoint`, lastCheckpoint(hint));
}

interface Written {
  /** How many actions. */
  readonly size: number;
  readonly sizeInBytes: number;
}

async function writeClassic(
  environment: TableEnvironment,
  { root, version, state }: Checkpoint,
): Promise<Written> {
  const now = environment.now();
  const rows = [...definitionRows(state, now), ...fileRows(state, now)];
  const to = `${logDirectory(root)}/${checkpointName(version)}`;
  return { size: rows.length, sizeInBytes: await writeParquet(environment, to, rows) };
}

/** The files in a sidecar, everything else in a top file of JSON. Protocol: "V2 Spec". */
async function writeV2(
  environment: TableEnvironment,
  { root, version, state }: Checkpoint,
): Promise<Written> {
  const { storage, uuid, now } = environment;
  const directory = logDirectory(root);
  const files = fileRows(state, now());
  const name = sidecarName(version, uuid());
  const sizeInBytes =
    files.length === 0 ? 0 : await writeParquet(environment, `${directory}/_sidecars/${name}`, files, FILES);
  const sidecar = { path: name, sizeInBytes, modificationTime: now() };
  const top = [
    printJson({ checkpointMetadata: { version } }),
    ...definitionRows(state, now()),
    ...(files.length === 0 ? [] : [printJson({ sidecar })]),
  ];
  const text = `${top.join("\n")}\n`;
  await storage.write(`${directory}/${v2CheckpointName(version, uuid())}`, text);
  return { size: top.length + files.length, sizeInBytes: sizeInBytes + Buffer.byteLength(text) };
}

const FILES = ["add", "remove"] as const;

async function writeParquet(
  { storage, codec, uuid }: TableEnvironment,
  to: string,
  rows: readonly string[],
  kinds?: typeof FILES,
): Promise<number> {
  const temporary = `${to.replace(/(?:_sidecars\/)?([^/]+)$/, ".$1")}.${uuid()}.tmp`;
  const { sizeInBytes } = await codec.write(temporary, rows, kinds);
  await storage.move(temporary, to);
  return sizeInBytes;
}

/** Everything but files, commitInfo and cdc. */
function definitionRows(
  { protocol, metaData, transactions, domains }: TableState,
  now: number,
): readonly string[] {
  const kept = transactionRetention(metaData?.configuration ?? {});
  const expired = ({ lastUpdated = 0 }: Transaction) => kept !== undefined && lastUpdated <= now - kept;
  return [
    ...(protocol ? [printAction({ protocol })] : []),
    ...(metaData ? [printAction({ metaData })] : []),
    ...[...transactions.values()].filter((txn) => !expired(txn)).map((txn) => printAction({ txn })),
    ...[...domains.values()].map((domainMetadata) => printAction({ domainMetadata })),
  ];
}

/** Removes only while readers of older versions may need to know of them. */
function fileRows({ metaData, live, tombstones }: TableState, now: number): readonly string[] {
  const oldest = now - deletedFileRetention(metaData?.configuration ?? {});
  return [...live.texts, ...tombstones.texts.filter((text) => deletedAt(text) > oldest)];
}

function deletedAt(text: string): number {
  const action = parseAction(text);
  return action !== undefined && "remove" in action ? (action.remove.deletionTimestamp ?? 0) : 0;
}
