/** A file of `_delta_log` that matters, from its name. Protocol: "Delta Log Entries", "Checkpoints". */
export type LogFile =
  | { readonly kind: "commit"; readonly version: number; readonly name: string }
  | {
      readonly kind: "checkpoint";
      readonly version: number;
      readonly name: string;
      readonly part?: CheckpointPart;
    };

/** Piece `index` (from 1) of `count`. */
interface CheckpointPart {
  readonly index: number;
  readonly count: number;
}

/** Recognises a name; everything else in the directory (temporary files, checksums, folders) is `undefined`. */
export function logFile(name: string): LogFile | undefined {
  const match = LOG_FILE.exec(name);
  if (match === null) return undefined;
  const version = Number(match[1]);
  if (!Number.isSafeInteger(version)) return undefined;
  if (match[2] === "json") return { kind: "commit", version, name };
  const [index, count] = [Number(match[3]), Number(match[4])];
  return match[3] === undefined
    ? { kind: "checkpoint", version, name }
    : { kind: "checkpoint", version, name, part: { index, count } };
}

/** `00000000000000000007.json` */
export function commitName(version: number): string {
  return `${padded(version)}.json`;
}

/** `00000000000000000010.checkpoint.parquet` */
export function checkpointName(version: number): string {
  return `${padded(version)}.checkpoint.parquet`;
}

function padded(version: number): string {
  return String(version).padStart(20, "0");
}

/** Commit; or checkpoint: classic, one part of several, or named by a uuid (V2, parquet or JSON). */
const LOG_FILE =
  /^(\d{20})\.(?:(json)|checkpoint\.(?:(\d{10})\.(\d{10})\.)?parquet|checkpoint\.[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\.(?:json|parquet))$/;
