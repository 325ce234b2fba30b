// npm run bench [-- part…]: ratios and counts, side by side in one run. Nothing here asserts; targets are printed beside what was measured.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { benchCatchUp } from "./catch-up.ts";
import { benchDeepClone } from "./deep-clone.ts";
import { benchDml } from "./dml.ts";
import { benchEngineClone } from "./engine-clone.ts";
import { benchFanOut } from "./fan-out.ts";
import { benchLedger } from "./ledger.ts";
import { makeManyTables } from "./many-tables.ts";
import { benchLoad } from "./load.ts";
import { benchOrchestration } from "./orchestration.ts";
import { benchPerTable } from "./per-table.ts";
import { benchPlanning } from "./planning.ts";
import { benchQuiesce } from "./quiesce.ts";
import { benchSelective } from "./selective.ts";
import { benchStartUp } from "./start-up.ts";
import { benchStatements } from "./statements.ts";
import { benchStreams } from "./streams.ts";

const rounds = 5;
const parts: Readonly<Record<string, () => Promise<void>>> = {
  "deep-clone": () => benchDeepClone(rounds),
  dml: () => benchDml(3, Number(process.env["BENCH_ROWS"] ?? 10_000_000)),
  "engine-clone": () => benchEngineClone(rounds),
  "start-up": () => benchStartUp(rounds),
  statements: benchStatements,
  "per-table": benchPerTable,
  "many-tables": makeManyTables,
  selective: benchSelective,
  orchestration: benchOrchestration,
  quiesce: benchQuiesce,
  planning: benchPlanning,
  ledger: benchLedger,
  streams: () => benchStreams(),
  "catch-up": () => benchCatchUp(),
  "fan-out": () => benchFanOut(),
  load: benchLoad,
};

const [...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exitCode = 2;
} else if (wanted.length === 1) await parts[wanted[0] ?? ""]?.();
else for (const name of wanted.length === 0 ? Object.keys(parts) : wanted) await apart(name);

/** Each part has a process of its own, so that none finds the memory of another. */
async function apart(name: string): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), name], {
    stdio: "inherit",
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) process.exitCode = 1;
}
