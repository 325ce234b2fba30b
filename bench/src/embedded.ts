import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Clock,
  DEFAULT_SETTINGS,
  openRunFiles,
  parseCloneRequest,
  type RunEvent,
  type RunFiles,
  type RunPorts,
  type RunSummary,
  runClone,
} from "@clone-xs/clone";
import { type Lakehouse, type LakehouseOptions, openLakehouse } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";

/** Does something with an embedded workspace; in a new directory, which is removed, unless one is given. */
export async function withLakehouse<T>(
  work: (lakehouse: Lakehouse) => Promise<T>,
  directory?: string,
  more: Partial<LakehouseOptions> = {},
): Promise<T> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), "clxs-bench-")));
  try {
    const options = { directory: folder, now: Date.now, uuid: randomUUID, randomBytes, ...more };
    const lakehouse = await openLakehouse(options);
    try {
      return await work(lakehouse);
    } finally {
      await lakehouse.close();
    }
  } finally {
    if (directory === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Sends statements, a few at a time, in no order. */
export async function sendAll(
  { statements }: Workspace,
  texts: readonly string[],
  parallel = 1,
): Promise<void> {
  const queue = texts.values();
  const worker = async () => {
    for (const text of queue) await statements.execute({ text, kind: "other", effect: "write" });
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

export interface CloneOptions {
  readonly clock?: Clock;
  readonly onEvent?: (event: RunEvent) => void;
  /** What stands between the run and its files. */
  readonly files?: (files: RunFiles) => RunFiles;
  /** Needed by requests that name targets. */
  readonly connectTarget?: NonNullable<RunPorts["connectTarget"]>;
}

export const realClock: Clock = { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) };

/** Runs a clone as the command line does, with its files on the disk. */
export async function clone(
  workspace: Workspace,
  wire: object,
  options: CloneOptions = {},
): Promise<RunSummary> {
  const {
    clock = realClock,
    onEvent = () => undefined,
    files: around = (own) => own,
    connectTarget,
  } = options;
  const parsed = parseCloneRequest(wire);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const home = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  const files = around(await openRunFiles(home, "run"));
  try {
    const holder = { hostname: hostname(), pid: process.pid };
    const rest = { holder, settings: DEFAULT_SETTINGS, emit: onEvent, clock, random: Math.random };
    const ports = { source: workspace, target: workspace, ...files, ...rest };
    const elsewhere = connectTarget === undefined ? {} : { connectTarget };
    return await runClone(parsed.request, { ...ports, ...elsewhere }, randomUUID().slice(0, 8));
  } finally {
    await files.close();
    await rm(home, { recursive: true, force: true });
  }
}
