import type { Clock, StreamRecord } from "@clone-xs/clone";
import type { Connection } from "../connection.ts";
import type { LagStore } from "./lags.ts";
import type { Sightings } from "./sightings.ts";

export interface SamplesOptions {
  readonly connection: Connection;
  readonly seen: Pick<Sightings, "refresh">;
  readonly lags: Pick<LagStore, "newest">;
  readonly clock: Clock;
}

const EVERY_MS = 25_000;

/**
 * Looks at how far running streams are, beside whether they run, so that there is a curve of it. That asks a warehouse, which would be kept awake
 * and cost money: so only on a workspace of this machine. Elsewhere there are points for when somebody looked. Gives what it was given.
 */
export function samplesFrom({ connection, seen, lags, clock }: SamplesOptions) {
  return async (streams: readonly StreamRecord[]): Promise<readonly StreamRecord[]> => {
    const { identity } = await connection.get();
    if (!isNearby(identity.host)) return streams;
    const newest = lags.newest();
    const due = (id: string) => clock.now() - (newest.get(id)?.at ?? 0) >= EVERY_MS;
    const running = streams.filter(({ stream_id, status }) => status === "running" && due(stream_id));
    if (running.length > 0) await seen.refresh(running);
    return streams;
  };
}

function isNearby(host: string): boolean {
  if (host.startsWith("embedded:")) return true;
  return URL.canParse(host) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(host).hostname);
}
