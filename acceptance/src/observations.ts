import type { Evidence } from "./evidence/script.ts";
import type { Feature1 } from "./feature-1-formats/script.ts";
import type { Feature2 } from "./feature-2-selective/script.ts";
import type { Feature3 } from "./feature-3-quiesce/script.ts";
import type { Feature4 } from "./feature-4-estimate/script.ts";
import type { Feature5 } from "./feature-5-fanout/script.ts";
import type { Feature6 } from "./feature-6-streams/script.ts";
import type { KitchenSink } from "./kitchen-sink/script.ts";
import type { Soak } from "./soak/soak.ts";
import type { Suite } from "./suite/suite.ts";

/** What the scripts of the features saw. A script that broke, or was not asked for, leaves its error instead. */
export interface Observations {
  readonly feature1: Feature1 | Error;
  readonly feature2: Feature2 | Error;
  readonly feature3: Feature3 | Error;
  readonly feature4: Feature4 | Error;
  readonly feature5: Feature5 | Error;
  readonly feature6: Feature6 | Error;
  readonly kitchenSink: KitchenSink | Error;
  readonly evidence: Evidence | Error;
  /** Absent when none was asked for. */
  readonly soak?: Soak | Error;
  /** Of the checkout that the program runs from; absent where there is none. */
  readonly suite?: Suite;
  /** Whether real workspaces were worked on. */
  readonly real: boolean;
}

/** The observation, or the script's own error thrown for the judge to report. */
export function seenBy<T>(observation: T | Error): T {
  if (observation instanceof Error) throw observation;
  return observation;
}
