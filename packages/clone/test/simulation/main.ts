// npm run sim -- --seeds N [--from S] | --seed K: the engine under seeded faults and kills, on a real embedded workspace.
// Prints what was injected and checked; ends with 1 at the first seed that breaks an invariant, which `--seed K` plays again.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openLakehouse } from "@clone-xs/lakehouse";
import { INVARIANTS, type Simulated, simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || count < 1) {
  console.error("usage: npm run sim -- --seeds N [--from S] | --seed K");
  process.exit(2);
}

const directory = await mkdtemp(join(tmpdir(), "clxs-sim-"));
const lakehouse = await openLakehouse({ directory, now: Date.now, uuid: randomUUID, randomBytes });
const totals: Simulated[] = [];
try {
  const workspace = lakehouse.connect();
  for (let seed = first; seed < first + count; seed += 1) totals.push(await simulate(workspace, seed));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`play it again: npm run sim -- --seed ${first + totals.length}`);
  process.exitCode = 1;
} finally {
  await lakehouse.close();
  await rm(directory, { recursive: true, force: true });
}
console.log(`${totals.length} of ${count} seeds held`);
print(
  "injected",
  totals.map(({ injected }) => injected),
);
print(
  "checked",
  totals.map(({ checked }) => checked),
);
for (const [name, text] of Object.entries(INVARIANTS)) console.log(`  ${name}: ${text}`);

function print(what: string, counts: readonly Readonly<Record<string, number>>[]): void {
  const names = Object.keys(counts[0] ?? {});
  const sums = names.map((name) => `${name} ${counts.reduce((sum, each) => sum + (each[name] ?? 0), 0)}`);
  console.log(`${what}: ${sums.join(", ")}`);
}
