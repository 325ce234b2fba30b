/** A file of `_delta_log` that matters, from its name. Protocol: "Delta Log Entries", "Checkpoints". */
export type LogFile =
  | { readonly kind: "commit"; readonly version: number; readonly name: string }
  | {
      readonly kind: "checkpoint";
      readonly version: number;
      readonly name: string;
      readonly part?: CheckpointPart;
    }
  /** The actions of the commits `from` to `version`, reconciled. Protocol: "Log Compaction Files". */
  | { readonly kind: "compacted"; readonly from: number; readonly version: number; readonly name: string };

/** Piece `index` (from 1) of `count`. */
interface CheckpointPart {
  readonly index: number;
  readonly count: number;
}

/** Recognises a name; everything else in the directory (temporary files, checksums, folders) is `undefined`. */
export function logFile(name: string): LogFile | undefined {
  const match = LOG_FILE.exec(name);
  if (match === null) return compactedFile(name);
  const version = Number(match[1]);
  if (!Number.isSafeInteger(version)) return undefined;
  if (match[2] === "json") return { kind: "commit", version, name };
  const [index, count] = [Number(match[3]), Number(match[4])];
  return match[3] === undefined
    ? { kind: "checkpoint", version, name }
    : { kind: "checkpoint", version, name, part: { index, count } };
}

function compactedFile(name: string): LogFile | undefined {
  const match = COMPACTED.exec(name);
  const [from, version] = [Number(match?.[1]), Number(match?.[2])];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(version) || from >= version) return undefined;
  return { kind: "compacted", from, version, name };
}

/** `00000000000000000007.json` */
export function commitName(version: number): string {
  return `${padded(version)}.json`;
}

/** `00000000000000000010.checkpoint.parquet` */
export function checkpointName(version: number): string {
  return `${padded(version)}.checkpoint.parquet`;
}

/** The top file of a V2 checkpoint, as JSON. */
export function v2CheckpointName(version: number, uuid: string): string {
  return `${padded(version)}.checkpoint.${uuid}.json`;
}

/** The one sidecar of a V2 checkpoint, named as Spark does. */
export function sidecarName(version: number, uuid: string): string {
  return `${padded(version)}.checkpoint.0000000001.0000000001.${uuid}.parquet`;
}

function padded(version: number): string {
  return String(version).padStart(20, "0");
}

/** Commit; or checkpoint: classic, one part of several, or named by a uuid (V2, parquet or JSON). */
const LOG_FILE =
  /^(\d{20})\.(?:(json)|checkpoint\.(?:(\d{10})\.(\d{10})\.)?parquet|checkpoint\.[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\.(?:json|parquet))$/;
const COMPACTED = /^(\d{20})\.(\d{20})\.compacted\.json$/;
