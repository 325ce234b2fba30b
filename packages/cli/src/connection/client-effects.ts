import type { ConnectDependencies } from "@clone-xs/databricks/client";
import type { Surroundings } from "../surroundings.ts";

/** What the HTTP client needs of the world. */
export function clientEffects({ clock, random }: Surroundings): ConnectDependencies {
  return {
    now: () => clock.now(),
    random,
    sleep: (milliseconds: number, signal?: AbortSignal) => clock.sleep(milliseconds, signal),
    userAgent: "clone-xs/0.1.0",
  };
}
