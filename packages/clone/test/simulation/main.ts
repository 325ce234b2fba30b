// npm run sim -- --seeds N [--from S] | --seed K | --planted: the engine under seeded faults, kills and writers, on a real embedded workspace.
// Prints what was injected and checked; ends with 1 at the first seed that breaks an invariant, which `--seed K` plays again.
// `--planted` puts each of the known bugs in instead, and ends with 1 when one is not found within as many seeds.
import { parseArgs } from "node:util";
import { play, type Seeds, totalsOf } from "./play.ts";
import { PLANTED, playPlanted } from "./planted.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    planted: { type: "boolean", default: false },
  },
});
const seeds: Seeds = {
  first: Number(values.seed ?? values.from),
  count: values.seed === undefined ? Number(values.seeds ?? (values.planted ? 200 : 20)) : 1,
};
if (!Number.isSafeInteger(seeds.first) || !Number.isSafeInteger(seeds.count) || seeds.count < 1) {
  console.error("usage: npm run sim -- --seeds N [--from S] | --seed K | --planted");
  process.exit(2);
}
process.exitCode = (await (values.planted ? findPlanted() : playAll())) ? 0 : 1;

async function playAll(): Promise<boolean> {
  const { held, broken } = await play(seeds, (line) => console.error(line));
  if (broken) console.error(`${broken.why}\nplay it again: npm run sim -- --seed ${broken.seed}`);
  console.log(`${held.length} of ${seeds.count} seeds held\n${totalsOf(held)}`);
  return broken === undefined;
}

async function findPlanted(): Promise<boolean> {
  let found = 0;
  for (const bug of PLANTED) {
    const { broken } = await playPlanted(bug, seeds);
    console.log(
      broken ? `found at seed ${broken.seed}: ${bug.mistake}\n  ${broken.why}` : `NOT FOUND: ${bug.mistake}`,
    );
    if (broken) found += 1;
  }
  console.log(`${found} of ${PLANTED.length} planted bugs found within ${seeds.count} seeds`);
  return found === PLANTED.length;
}
