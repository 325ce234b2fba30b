import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { GuardJournal, GuardRecord } from "./journal.ts";

/** A journal in a directory, one file a guard: written aside, synced and renamed, so that readers see whole records only. */
export function openFileJournal(directory: string): GuardJournal {
  const fileOf = (id: string) => join(directory, `${id}.json`);
  return {
    async put(record) {
      await rename(await writeAside(directory, record), fileOf(record.id));
      await syncDirectory(directory);
    },
    async claim(record) {
      const aside = await writeAside(directory, record);
      try {
        await link(aside, fileOf(record.id));
        await syncDirectory(directory);
        return true;
      } catch (error) {
        if (hasCode(error, "EEXIST")) return false;
        throw error;
      } finally {
        await rm(aside, { force: true });
      }
    },
    drop: (id) => rm(fileOf(id), { force: true }),
    async open() {
      const names = await readdir(directory).catch(none);
      const whole = names.filter((name) => name.endsWith(".json")).sort();
      const records = await Promise.all(whole.map((name) => readIfThere(join(directory, name))));
      return records.flatMap((record) => record ?? []);
    },
  };
}

/** Path of a whole, synced file that no reader looks at. */
async function writeAside(directory: string, record: GuardRecord): Promise<string> {
  await mkdir(directory, { recursive: true });
  const aside = join(directory, `${record.id}.${record.pid}.${record.runId}.part`);
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify(record));
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}

/** The rename itself is durable only when the directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function none(error: unknown): readonly string[] {
  if (hasCode(error, "ENOENT")) return [];
  throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Files are whole by the way they are written; one that was dropped meanwhile is `undefined`. */
async function readIfThere(path: string): Promise<GuardRecord | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as GuardRecord);
}
