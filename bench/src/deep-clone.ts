import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { LocalStorage, deepClone, openTable } from "@clone-xs/delta";
import { interleave, median, shown, time } from "./measure.ts";
import { writeSourceTable } from "./source-table.ts";

const shell = promisify(execFile);
const MiB = 1 << 20;

/** Shapes of table, and how much slower than `cp -r && sync` a deep clone of each may be. */
const shapes = [
  { name: "large files", files: 4, bytes: 128 * MiB, target: 1 },
  { name: "small files", files: 3000, bytes: 16 << 10, target: 2 },
] as const;

/** A deep clone is as durable when it returns as `cp -r && sync` is, so that is what it is measured against. */
export async function benchDeepClone(rounds: number): Promise<void> {
  for (const shape of shapes) {
    const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
    try {
      await writeSourceTable(join(folder, "source"), shape);
      await shell("sync");
      const results = await interleave(rounds, {
        clone: (round) =>
          disposable(join(folder, `clone-${round}`), (target) => clone(join(folder, "source"), target)),
        copy: (round) =>
          disposable(join(folder, `copy-${round}`), (target) => copy(join(folder, "source"), target)),
      });
      const ratio = median(results.clone) / median(results.copy);
      console.log(
        `deep clone, ${shape.files} ${shape.name}: ${shown(results.clone)}; cp -r && sync: ${shown(results.copy)}; ratio ${ratio.toFixed(2)} (target ${shape.target.toFixed(1)})`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function disposable(target: string, work: (target: string) => Promise<unknown>): Promise<number> {
  const milliseconds = await time(() => work(target));
  await rm(target, { recursive: true, force: true });
  await shell("sync");
  return milliseconds;
}

function copy(source: string, target: string): Promise<unknown> {
  return shell("sh", ["-c", 'cp -r "$0" "$1" && sync', source, target]);
}

async function clone(source: string, target: string): Promise<void> {
  const environment = {
    storage: new LocalStorage(),
    codec: noCheckpoints,
    now: Date.now,
    uuid: randomUUID,
    engineInfo: "bench",
  };
  const snapshot = await openTable({ ...environment, root: source }).snapshot();
  await deepClone({
    source: snapshot,
    sourceName: "bench.source",
    target: openTable({ ...environment, root: target }),
  });
}

/** The tables here are too young for checkpoints: being asked for one would be a mistake of the bench. */
const noCheckpoints = {
  read: () => Promise.reject(new Error("the bench's tables have no checkpoints")),
  write: () => Promise.reject(new Error("the bench's tables have no checkpoints")),
};
