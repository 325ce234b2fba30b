import type { Feature1 } from "./feature-1-formats/script.ts";
import type { Feature2 } from "./feature-2-selective/script.ts";

/** What the scripts of the features saw. A script that broke leaves its error instead. */
export interface Observations {
  readonly feature1: Feature1 | Error;
  readonly feature2: Feature2 | Error;
}

/** The observation, or the script's own error thrown for the judge to report. */
export function seenBy<T>(observation: T | Error): T {
  if (observation instanceof Error) throw observation;
  return observation;
}
