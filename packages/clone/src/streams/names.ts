import { createHash } from "node:crypto";
import type { AuditNames } from "../run/settings.ts";

/** What all runs of streams are called by, and found again by. */
export const RUN_PREFIX = "clxs-continuous-sync-";

/** The file that runs a stream, as it is called wherever it lies. */
export const TASK_FILE = "continuous_sync.py";

/** The only task of a stream's run. */
export const TASK_KEY = "sync";

/** What makes two streams the same one. */
export interface StreamScope {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  /** All of a schema; absent when tables are named. */
  readonly schema: string | undefined;
  /** `schema.table`, as named. */
  readonly tables: readonly string[];
}

/** `sync-` and ten hexadecimal digits of sha1: the same source, destination and scope are the same stream. Names count without their case. */
export function streamIdOf({ sourceCatalog, destinationCatalog, schema, tables }: StreamScope): string {
  const sorted = tables.map((table) => table.toLowerCase()).sort();
  const scope = [sourceCatalog, destinationCatalog, schema ?? ""].map((part) => part.toLowerCase());
  const digest = createHash("sha1").update([...scope, sorted.join(",")].join("|"));
  return `sync-${digest.digest("hex").slice(0, 10)}`;
}

export function runNameOf(streamId: string): string {
  return `${RUN_PREFIX}${streamId}`;
}

/** The stream that a run carries; `undefined` for other runs. */
export function streamOfRun(runName: string): string | undefined {
  const id = runName.slice(RUN_PREFIX.length);
  return runName.startsWith(RUN_PREFIX) && /^sync-[0-9a-f]{10}$/u.test(id) ? id : undefined;
}

const VOLUME = "clxs_streams";

/** The volume in which programs of streams lie, with the file that runs them. */
export function programVolume({ catalog, logSchema }: AuditNames) {
  return { catalog, schema: logSchema, name: VOLUME };
}

export function programPath(names: AuditNames, streamId: string): string {
  return `${directory(names)}/${streamId}.json`;
}

export function taskFilePath(names: AuditNames): string {
  return `${directory(names)}/${TASK_FILE}`;
}

function directory({ catalog, logSchema }: AuditNames): string {
  return `/Volumes/${catalog}/${logSchema}/${VOLUME}`;
}
