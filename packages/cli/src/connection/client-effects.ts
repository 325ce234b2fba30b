import { VERSION } from "../version.ts";
import type { ConnectDependencies, ConnectionNotice } from "@clone-xs/databricks/client";
import { type Surroundings, tell } from "../surroundings.ts";

/** What the HTTP client needs of the world. */
export function clientEffects(surroundings: Surroundings): ConnectDependencies {
  const { clock, random, interrupted } = surroundings;
  return {
    now: () => clock.now(),
    random,
    sleep: (milliseconds: number, signal?: AbortSignal) => clock.sleep(milliseconds, signal),
    userAgent: `clone-xs/${VERSION}`,
    notice: (lost) => tell(surroundings, noticeText(lost)),
    interrupted,
  };
}

function noticeText({ host, until }: ConnectionNotice): string {
  const time = new Date(until).toISOString().slice(11, 19);
  return `Connection to ${host} lost, trying again until ${time} UTC (Ctrl-C gives up).`;
}
