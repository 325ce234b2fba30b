import { posix } from "node:path";
import { DeltaError } from "../errors.ts";
import type { Storage } from "../storage/storage.ts";

/**
 * Throws DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION when a directory without a Delta table holds anything but
 * what a killed clone of the same files left there: some of the `copies` and temporary files for them.
 */
export async function refuseForeignFiles(
  storage: Storage,
  root: string,
  copies: ReadonlySet<string>,
): Promise<void> {
  for await (const path of filesBelow(storage, root)) {
    const final = withoutTemporaryMarks(path);
    const isOurs = copies.has(final) || (final !== path && posix.dirname(path) === `${root}/_delta_log`);
    if (!isOurs) throw occupied(root, "is not empty and also not a Delta table", { path: root, file: path });
  }
}

/** What a clone ends with that may not replace the table which is there. */
export function tableStands(root: string): DeltaError {
  return occupied(root, "is not empty: it holds a Delta table, which only REPLACE may replace", {
    path: root,
  });
}

function occupied(root: string, what: string, context: DeltaError["context"]): DeltaError {
  return new DeltaError(
    "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION",
    `Cannot create table ('${root}'). The associated location ('${root}') ${what}.`,
    { context },
  );
}

async function* filesBelow(storage: Storage, directory: string): AsyncGenerator<string> {
  for (const { name, kind } of await storage.list(directory)) {
    const path = `${directory}/${name}`;
    if (kind === "file") yield path;
    else yield* filesBelow(storage, path);
  }
}

const TEMPORARY = /^\.(.+)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** `/t/.a.parquet.<uuid>.tmp` is on its way to `/t/a.parquet`. */
function withoutTemporaryMarks(path: string): string {
  const name = TEMPORARY.exec(posix.basename(path))?.[1];
  return name === undefined ? path : posix.join(posix.dirname(path), name);
}
