import { type Criterion, expecting, judged, unverified } from "../criterion.ts";
import { seenBy } from "../observations.ts";

/** What running a stream for a day or more came to, on a real or an accelerated clock. */
export interface Soak {
  readonly hours: number;
  readonly clock: "real" | "accelerated";
  readonly triggerMs: number;
  /** Looks of the stream at its source. */
  readonly triggerCycles: number;
  /** Points at which the source rested, and those of them at which the target was its equal. */
  readonly quietPoints: number;
  readonly equalPoints: number;
  /** Outside of injected outages. */
  readonly greatestLagMs: number;
  readonly changes: Readonly<Record<string, number>>;
  readonly restarts: readonly { readonly at: string; readonly cause: string }[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const soakCriteria: readonly Criterion[] = [
  {
    id: "2.6.d",
    line: 146,
    text: "24-hour smoke",
    verify: judged(({ soak }) => {
      if (soak === undefined) return unverified("no soak was run: --soak 24h runs one");
      const { hours, quietPoints, equalPoints, greatestLagMs, triggerCycles, triggerMs, restarts, clock } =
        seenBy(soak);
      const due = (hours * HOUR_MS) / triggerMs;
      const caused = restarts.every(({ cause }) => cause !== "");
      return expecting(
        "24 hours or more; source and target equal at every quiet point; lag at most a minute; as many looks as the trigger gives; each restart with its cause",
        `${hours} hours (${clock} clock); equal at ${equalPoints} of ${quietPoints} quiet points; lag at most ${greatestLagMs / 1000} s; ${triggerCycles} of ${due} looks; ${restarts.length} restarts, ${caused ? "each with its cause" : "some without a cause"}`,
        hours >= 24 &&
          quietPoints > 0 &&
          equalPoints === quietPoints &&
          greatestLagMs <= MINUTE_MS &&
          triggerCycles === due &&
          caused,
      );
    }),
  },
];
