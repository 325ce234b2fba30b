// npm run bench [-- part…]: ratios and counts, side by side in one run. Nothing here asserts; targets are printed beside what was measured.
import { benchDeepClone } from "./deep-clone.ts";
import { benchPerTable } from "./per-table.ts";
import { benchStartUp } from "./start-up.ts";
import { benchStatements } from "./statements.ts";

const rounds = 5;
const parts: Readonly<Record<string, () => Promise<void>>> = {
  "deep-clone": () => benchDeepClone(rounds),
  "start-up": () => benchStartUp(rounds),
  statements: benchStatements,
  "per-table": benchPerTable,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exitCode = 2;
} else
  for (const [name, measure] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await measure();
