import type { AddFile, RemoveFile } from "./actions.ts";
import { DeltaError } from "./errors.ts";
import { parseAction } from "./log/action-text.ts";
import type { FileColumns, TableState } from "./log/state.ts";
import { locate } from "./paths.ts";
import { checkReadable } from "./protocol/read-support.ts";
import { checkTypeChanges } from "./protocol/type-changes.ts";
import { parseSchema } from "./schema/parse.ts";
import type { StructType } from "./schema/types.ts";
import type { LiveFile, Snapshot } from "./snapshot.ts";

/**
 * A snapshot over reconciled actions. Throws DELTA_STATE_RECOVER_ERROR when the log has no protocol or no
 * metadata, and what {@link checkReadable} throws.
 */
export function snapshotOf({ root, version, timestamp, state }: SnapshotParts): Snapshot {
  const { protocol, metaData } = state;
  if (protocol === undefined) throw unrecoverable(root, version, "protocol");
  checkReadable(protocol);
  if (metaData === undefined) throw unrecoverable(root, version, "metadata");
  const schema = schemaOf(root, metaData.schemaString);
  checkTypeChanges(schema);
  return {
    root,
    version,
    timestamp,
    protocol,
    metadata: { ...metaData, schema },
    numFiles: state.live.texts.length,
    sizeInBytes: state.live.sizes.reduce((sum, size) => sum + size, 0),
    files: () => decode(state.live, (text) => liveFile(root, text)),
    removedFiles: () => decode(state.tombstones, removedFile),
    transactions: state.transactions,
    domainMetadata: state.domains,
  };
}

interface SnapshotParts {
  readonly root: string;
  readonly version: number;
  readonly timestamp: number;
  readonly state: TableState;
}

function schemaOf(root: string, text: string): StructType {
  try {
    return parseSchema(text);
  } catch (cause) {
    if (cause instanceof DeltaError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeltaError("DELTA_LOG_CORRUPT", `The schema in the log of ${root} cannot be read: ${why}`, {
      cause,
      context: { path: root },
    });
  }
}

function* decode<T>({ texts }: FileColumns, one: (text: string) => T): Generator<T> {
  for (const text of texts) yield one(text);
}

function liveFile(root: string, text: string): LiveFile {
  const { add } = parseAction(text) as { add: AddFile };
  return { ...add, location: locate(root, add.path) };
}

function removedFile(text: string): RemoveFile {
  return (parseAction(text) as { remove: RemoveFile }).remove;
}

function unrecoverable(root: string, version: number, what: string): DeltaError {
  return new DeltaError(
    "DELTA_STATE_RECOVER_ERROR",
    `The ${what} of the table ${root} at version ${version} is missing from its log`,
    {
      context: { path: root, version },
    },
  );
}
