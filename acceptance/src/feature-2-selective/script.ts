import { type Clxs, succeed } from "../harness/clxs.ts";
import { rowsOf } from "../harness/rows.ts";
import type { Sandbox } from "../harness/workspace.ts";

/** Runbook lines 39–51, as typed there. */
export interface Feature2 {
  readonly full: SeenRun;
  readonly selective: SeenRun;
  /** The same once more after another INSERT, from a machine that has no local state of the runs before. */
  readonly elsewhere: SeenRun;
  /** Schemas of the source beside bronze and information_schema. */
  readonly otherSchemas: readonly string[];
}

interface SeenRun {
  readonly summary: {
    readonly mode?: string;
    readonly total_drifted_tables?: number;
    readonly duration_seconds?: number;
  };
  readonly logs: string;
}

const NAMES = ["--source", "demo_quick", "--dest", "demo_quick_p2"] as const;

export async function feature2({ clxs, elsewhere }: Sandbox): Promise<Feature2> {
  const full = await clone(clxs, "FULL");
  await succeed(clxs, "sql", "INSERT INTO demo_quick.bronze.events VALUES (1, 'drift');");
  const selective = await clone(clxs, "SELECTIVE");
  await succeed(clxs, "sql", "INSERT INTO demo_quick.bronze.events VALUES (2, 'drift');");
  const forgetful = await clone(elsewhere, "SELECTIVE");
  const all = (await rowsOf(clxs, "SHOW SCHEMAS IN demo_quick")).map(([name]) => name ?? "");
  return {
    full,
    selective,
    elsewhere: forgetful,
    otherSchemas: all.filter((name) => !["bronze", "information_schema", "default"].includes(name)),
  };
}

async function clone(clxs: Clxs, loadType: "FULL" | "SELECTIVE"): Promise<SeenRun> {
  const { stdout, stderr } = await succeed(
    clxs,
    "clone",
    ...NAMES,
    "--load-type",
    loadType,
    "--output",
    "json",
  );
  return { summary: JSON.parse(stdout), logs: stderr };
}
