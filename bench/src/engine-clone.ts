import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { addOf, deepClone, type DeltaTable, LocalStorage, openTable, removeOf } from "@clone-xs/delta";
import { interleave, median, shown, time } from "./measure.ts";
import { writeSourceTable } from "./source-table.ts";

const shell = promisify(execFile);
const FILES = 1000;
const BYTES = 256 << 10;
const CHANGED = FILES / 100;

/** A clone brought up to date after 1 % of the files changed, against copying just these and against copying all of the table anew. */
export async function benchEngineClone(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  try {
    const [source, target] = [tableIn(join(folder, "source")), tableIn(join(folder, "target"))];
    await writeSourceTable(source.root, { files: FILES, bytes: BYTES });
    await clone(source, target);
    let copied = 0;
    const results = await interleave(rounds, {
      incremental: async (round) => {
        await change(source, round);
        await shell("sync");
        return time(async () => {
          copied = Number(await clone(source, target));
        });
      },
      all: (round) => disposable(join(folder, `copy-${round}`), source.root),
    });
    const ratio = median(results.incremental) / median(results.all);
    console.log(
      `incremental clone, ${copied} of ${FILES} files of ${BYTES >> 10} KiB changed: ${shown(results.incremental)}; cp -r && sync of the whole: ${shown(results.all)}; ratio ${ratio.toFixed(2)}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts other files in the place of a few. */
async function change(table: DeltaTable, round: number): Promise<void> {
  const base = await table.snapshot();
  const old = [...base.files()].slice(0, CHANGED);
  const actions = [];
  for (const [i, file] of old.entries()) {
    const path = `part-${round}-${i}-${randomUUID()}-c000.snappy.parquet`;
    await copyFile(join(table.root, file.path), join(table.root, path));
    actions.push({ remove: removeOf(file, Date.now()) }, { add: { ...addOf(file), path, dataChange: true } });
  }
  await table.commit({ base, operation: "WRITE", reads: { kind: "table" }, actions });
}

async function clone(source: DeltaTable, target: DeltaTable): Promise<bigint | number> {
  const { metrics } = await deepClone({
    source: await source.snapshot(),
    sourceName: "bench.source",
    target,
  });
  return metrics.numCopiedFiles;
}

async function disposable(target: string, source: string): Promise<number> {
  const milliseconds = await time(() => shell("sh", ["-c", 'cp -r "$0" "$1" && sync', source, target]));
  await rm(target, { recursive: true, force: true });
  await shell("sync");
  return milliseconds;
}

function tableIn(root: string): DeltaTable {
  const codec = {
    read: () => Promise.reject(new Error("the bench's tables have no checkpoints")),
    write: () => Promise.reject(new Error("the bench's tables have no checkpoints")),
  };
  return openTable({
    storage: new LocalStorage(),
    codec,
    now: Date.now,
    uuid: randomUUID,
    engineInfo: "bench",
    root,
  });
}
