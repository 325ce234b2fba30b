import { type Criterion, expecting, judged, unverified } from "../criterion.ts";
import { seenBy } from "../observations.ts";

/** What running a stream for a day or more came to, on a real or an accelerated clock. */
export interface Soak {
  readonly hours: number;
  readonly clock: "real" | "accelerated";
  /** Looks of the stream at its sources; absent where nobody can count them from outside. */
  readonly cycles?: {
    readonly seen: number;
    /** One when a run begins, and one after each trigger interval that it lives. */
    readonly due: number;
    /** Hours ÷ trigger: as many as there are when one run lives all the time. */
    readonly ofTheClock: number;
  };
  /** Points at which the source rested, and those of them at which the target was its equal. */
  readonly quietPoints: number;
  readonly equalPoints: number;
  /** Outside of injected outages. */
  readonly greatestLagSeconds: number;
  /** Writes to the sources, by kind. */
  readonly writes: Readonly<Record<string, number>>;
  readonly restarts: readonly { readonly at: string; readonly cause: string }[];
}

export const soakCriteria: readonly Criterion[] = [
  {
    id: "2.6.d",
    line: 146,
    text: "24-hour smoke",
    verify: judged(({ soak }) => {
      if (soak === undefined) return unverified("no soak was run: --soak 24h runs one");
      const { hours, quietPoints, equalPoints, greatestLagSeconds, restarts } = seenBy(soak);
      return expecting(
        "24 hours or more; source and target equal at every quiet point; lag at most a minute; as many looks as the trigger gives; each restart with its cause",
        toldOf(seenBy(soak)),
        hours >= 24 &&
          quietPoints > 0 &&
          equalPoints === quietPoints &&
          greatestLagSeconds <= 60 &&
          hasAllCycles(seenBy(soak)) &&
          restarts.every(({ cause }) => cause !== ""),
      );
    }),
  },
];

/** Every run looked as often as it had to, and restarts cost no more than a few looks each. */
function hasAllCycles({ cycles, restarts }: Soak): boolean {
  if (cycles === undefined) return true;
  const { seen, due, ofTheClock } = cycles;
  return seen === due && Math.abs(ofTheClock - due) <= 10 * restarts.length + 1;
}

function toldOf(soak: Soak): string {
  const { hours, clock, cycles, quietPoints, equalPoints, greatestLagSeconds, writes, restarts } = soak;
  const looks =
    cycles === undefined
      ? "looks not counted"
      : `${cycles.seen} of ${cycles.due} looks (${cycles.ofTheClock} by the clock)`;
  const kinds = Object.entries(writes).map(([kind, count]) => `${count} ${kind}`);
  const causes = restarts.map(({ at, cause }) => `${at} ${cause || "no cause"}`);
  return `${hours} hours (${clock} clock); ${kinds.join(", ")}; equal at ${equalPoints} of ${quietPoints} quiet points; lag at most ${greatestLagSeconds} s; ${looks}; restarts: ${causes.join(" | ") || "none"}`;
}
