import { spawn } from "node:child_process";
import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { posix } from "node:path";
import { DeltaError } from "../errors.ts";
import { inParallel } from "./in-parallel.ts";
import type { FileCopy } from "./storage.ts";
import { hasCode, makeDirectories, syncFile } from "./sync.ts";

/**
 * Copies files under temporary names, renames each when whole, and makes everything durable once at the end:
 * thousands of small files cost one flush of the file system instead of one each. Until the flush a power cut
 * may leave a final name with missing content; callers refer to the copies only after this returns, so such a
 * file is garbage that nobody reads.
 */
export async function copyDurably(
  copies: readonly FileCopy[],
  parallelism: number,
  temporaryName: (path: string) => string,
): Promise<void> {
  const directories = new Set(copies.map(({ to }) => posix.dirname(to)));
  const changed = new Set(directories);
  for (const directory of directories)
    for (const parent of await makeDirectories(directory)) changed.add(parent);
  await inParallel(copies, parallelism, (copy) => copyOne(copy, temporaryName(copy.to)));
  if (copies.length > FLUSH_ALL_ABOVE && (await flushFileSystems(directories))) return;
  await inParallel(copies, parallelism, ({ to }) => syncFile(to));
  await inParallel([...changed], parallelism, syncFile);
}

/** From this many files on, one flush of the whole file system is cheaper than a flush per file. */
const FLUSH_ALL_ABOVE = 32;

async function copyOne({ from, to, size }: FileCopy, temporary: string): Promise<void> {
  try {
    await checkRegular(from);
    await fs.copyFile(from, temporary, constants.COPYFILE_FICLONE);
    const copied = await fs.stat(temporary);
    if (copied.size !== size) throw sizeMismatch(from, size, copied.size);
    await fs.rename(temporary, to);
  } catch (cause) {
    await fs.rm(temporary, { force: true });
    if (!hasCode(cause, "ENOENT")) throw cause;
    throw new DeltaError("DELTA_FILE_NOT_FOUND", `${from} does not exist`, {
      cause,
      context: { path: from },
    });
  }
}

/** A pipe would keep the copy waiting for ever, a device would fill the disk. */
async function checkRegular(path: string): Promise<void> {
  if ((await fs.stat(path)).isFile()) return;
  throw new DeltaError("DELTA_UNSUPPORTED_PATH", `${path} is no regular file`, { context: { path } });
}

/** A file is not what the log says it is. */
export function sizeMismatch(path: string, expected: number, found: number): DeltaError {
  return new DeltaError("DELTA_COPY_INCOMPLETE", `${path} has ${found} bytes, the log says ${expected}`, {
    context: { path, expected, found },
  });
}

/** syncfs(2) by way of coreutils, which Node has no call for. `false` where there is no such program. */
async function flushFileSystems(directories: ReadonlySet<string>): Promise<boolean> {
  const roots = await oneDirectoryPerDevice(directories);
  const child = spawn("sync", ["-f", ...roots], { stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function oneDirectoryPerDevice(directories: ReadonlySet<string>): Promise<string[]> {
  const byDevice = new Map<number, string>();
  for (const directory of directories) byDevice.set((await fs.stat(directory)).dev, directory);
  return [...byDevice.values()];
}
