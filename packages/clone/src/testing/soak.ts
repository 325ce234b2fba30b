import { HOUR_MS, type SoakOptions, type SoakReport } from "./soak-report.ts";
import { openWorld } from "./soak-world.ts";

const STEP_MS = 10_000;

/**
 * Runs a stream for simulated hours while its sources change, statements fail, replies are lost, positions are set back, the run is restarted
 * and the workspace ended and opened anew. Every half hour nothing happens for two triggers, and then every copy must be its source.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const world = await openWorld(options);
  const steps = Math.floor((options.hours * HOUR_MS) / STEP_MS);
  const quietEvery = HOUR_MS / 2 / STEP_MS;
  try {
    for (let step = 1; step <= steps; step++) {
      await world.advance(STEP_MS);
      const rest = Math.ceil((2 * options.triggerMs) / STEP_MS) + 1;
      if (step % quietEvery < rest && step >= quietEvery) await world.quiet();
      else await world.happen();
      if (step % quietEvery === rest - 1 && step >= quietEvery) await world.compare();
    }
    await world.end();
    return world.report();
  } finally {
    await world.close();
  }
}
