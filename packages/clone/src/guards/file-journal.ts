import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { GuardJournal, GuardRecord } from "./journal.ts";

/** A journal in a directory, one file a guard: written aside, synced and renamed, so that readers see whole records only. */
export function openFileJournal(directory: string): GuardJournal {
  const fileOf = (id: string) => join(directory, `${id}.json`);
  return {
    async put(record) {
      await mkdir(directory, { recursive: true });
      const aside = `${fileOf(record.id)}.part`;
      const file = await open(aside, "w", 0o600);
      try {
        await file.writeFile(JSON.stringify(record));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, fileOf(record.id));
      await syncDirectory(directory);
    },
    drop: (id) => rm(fileOf(id), { force: true }),
    async open() {
      const names = await readdir(directory).catch(none);
      const whole = names.filter((name) => name.endsWith(".json")).sort();
      return Promise.all(whole.map(async (name) => parse(await readFile(join(directory, name), "utf8"))));
    },
  };
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
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  throw error;
}

/** Files are whole by the way they are written. */
function parse(text: string): GuardRecord {
  return JSON.parse(text) as GuardRecord;
}
