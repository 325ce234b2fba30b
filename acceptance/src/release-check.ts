import { criteria } from "./criteria.ts";
import { type Result, judge } from "./criterion.ts";
import { feature1 } from "./feature-1-formats/script.ts";
import { feature2 } from "./feature-2-selective/script.ts";
import type { Clxs } from "./harness/clxs.ts";
import { openSandbox } from "./harness/workspace.ts";
import type { Observations } from "./observations.ts";

export interface ReleaseCheckOptions {
  /** How `clxs` is started: program and leading arguments. */
  readonly command: Clxs["command"];
  /** PATH for the processes that are started; nothing else of the caller's environment reaches them. */
  readonly path: string;
  readonly progress: (line: string) => void;
}

/** Runs every script of the runbook that is built, against an embedded workspace in another process, and judges each criterion. */
export async function releaseCheck({
  command,
  path,
  progress,
}: ReleaseCheckOptions): Promise<readonly Result[]> {
  const sandbox = await openSandbox(command, path);
  try {
    const seen = await observe(sandbox.clxs, progress);
    return criteria.map((criterion) => judge(criterion, seen));
  } finally {
    await sandbox.close();
  }
}

/** In the runbook's own order: what one feature leaves behind, the next one finds. */
async function observe(clxs: Clxs, progress: (line: string) => void): Promise<Observations> {
  progress("Feature 1 — Parquet / Iceberg source support");
  const first = await attempt(() => feature1(clxs));
  progress("Feature 2 — Selective re-clone");
  return { feature1: first, feature2: await attempt(() => feature2(clxs)) };
}

async function attempt<T>(script: () => Promise<T>): Promise<T | Error> {
  try {
    return await script();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
