import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const clxs = fileURLToPath(new URL("../../packages/cli/bin/clxs.mjs", import.meta.url));

interface Summary {
  readonly tables: { readonly success: number; readonly skipped: number };
  readonly statements: Readonly<Record<string, number>>;
  readonly duration_seconds: number;
}

/** How many statements a clone of the demo catalog sends: fresh, with nothing drifted, and with one table drifted. */
export async function benchStatements(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  const options = {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, CLXS_HOME: folder },
    maxBuffer: 1 << 26,
  };
  const invoke = async (...args: string[]) => (await run(process.execPath, [clxs, ...args], options)).stdout;
  const clone = async (load: string) =>
    JSON.parse(
      await invoke(
        "clone",
        "--source",
        "demo_quick",
        "--dest",
        "bench_copy",
        "--load-type",
        load,
        "--output",
        "json",
      ),
    ) as Summary;
  try {
    await invoke("demo", "--seed-only");
    report("FULL, fresh target", await clone("FULL"));
    report("SELECTIVE, nothing drifted", await clone("SELECTIVE"));
    await invoke("sql", "INSERT INTO demo_quick.bronze.events VALUES (1, 'drift')");
    report("SELECTIVE, one table drifted", await clone("SELECTIVE"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(what: string, { tables, statements, duration_seconds: seconds }: Summary): void {
  const total = Object.values(statements).reduce((sum, n) => sum + n, 0);
  const kinds = Object.entries(statements).map(([kind, n]) => `${n} ${kind}`);
  console.log(
    `statements, ${what}: ${total} (${kinds.join(", ")}) for ${tables.success} tables cloned, ${tables.skipped} left, in ${seconds.toFixed(2)} s`,
  );
}
