import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Soak } from "@clone-xs/acceptance";
import { soak } from "@clone-xs/clone/testing";
import { openLakehouse } from "@clone-xs/lakehouse";
import { dice } from "../../demo/random.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";

/** The same soak each time, so that what it finds can be looked into. */
const SEED = 1;

/** The trigger of the runbook: on a clock that nobody waits for it may be what it is. */
const TRIGGER_MS = 30_000;

/** Hours of a soak as they are typed: `24h`, `90m`. Throws UsageError. */
export function hoursOf(text: string): number {
  const [, digits = "", unit] = /^(\d+)(h|m)$/u.exec(text) ?? [];
  const hours = Number(digits) / (unit === "m" ? 60 : 1);
  if (digits !== "" && hours > 0) return hours;
  throw new UsageError(`--soak ${text}: say how long, such as 24h or 90m.`);
}

/** Runs a stream over simulated hours in an embedded workspace of its own. */
export async function acceleratedSoak(hours: number, { clock, uuid }: Surroundings): Promise<Soak> {
  const soaking = dice(SEED, "soak");
  const directory = await mkdtemp(join(tmpdir(), "clxs-soak-"));
  try {
    const report = await soak({
      hours,
      triggerMs: TRIGGER_MS,
      random: () => soaking.below(2 ** 30) / 2 ** 30,
      start: clock.now(),
      open: async ({ taskRunner, now }) => {
        const lakehouse = await openLakehouse({ directory, now, uuid, randomBytes, taskRunner });
        return { workspace: lakehouse.connect(), close: () => lakehouse.close() };
      },
    });
    const { cycles: seen, cycles_expected: due, cycles_of_the_clock: ofTheClock } = report;
    return {
      hours,
      clock: "accelerated",
      cycles: { seen, due, ofTheClock },
      quietPoints: report.quiet_points,
      equalPoints: report.quiet_points - pointsOf(report.differences),
      greatestLagSeconds: report.greatest_lag_seconds,
      writes: report.writes,
      restarts: report.restarts.map(({ at, cause }) => ({ at, cause })),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Differences are told by time and table. */
function pointsOf(differences: readonly string[]): number {
  return new Set(differences.map((difference) => difference.split(" ", 1)[0])).size;
}
