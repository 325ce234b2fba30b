import { readdirSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Metastore } from "../metastore/metastore.ts";
import type { Locations } from "../storage/locations.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/**
 * Managed directories that nothing refers to: of dropped tables, and of tables whose making was interrupted before their name became
 * visible. Names are compared without their path: whatever became of the workspace's place, a directory that is called like a table's is
 * not garbage. Called when a workspace is opened, before the first statement: later, a directory without a name may be a table in the making.
 */
export function garbage(directory: string, metastore: Metastore, locations: Locations): readonly string[] {
  const named = new Set(
    metastore
      .catalogs()
      .flatMap(({ name: catalog }) => [
        ...metastore.tables({ catalog }).flatMap(({ location }) => location ?? []),
        ...metastore.volumes({ catalog }).map(({ location }) => location),
      ])
      .map((location) => basename(location)),
  );
  const unnamed = ["tables", "volumes"].flatMap((kind) =>
    readdirSync(join(directory, kind))
      .filter((name) => UUID.test(name))
      .map((name) => join(directory, kind, name)),
  );
  return [...new Set([...metastore.sweepable(), ...unnamed])].filter(
    (location) => !named.has(basename(location)) && locations.isManaged(location),
  );
}

/** Deletes directories one by one; an interrupted sweep goes on at the next opening. */
export async function sweep(
  metastore: Metastore,
  directories: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const directory of directories) {
    if (signal.aborted) return;
    await rm(directory, { recursive: true, force: true });
    if (!signal.aborted) metastore.swept(directory);
  }
}

/** Empties the directory where the engine spills and files are staged. */
export async function freshTemp(directory: string): Promise<string> {
  const temp = join(directory, "temp");
  await rm(temp, { recursive: true, force: true });
  await mkdir(temp, { mode: 0o700 });
  return temp;
}
