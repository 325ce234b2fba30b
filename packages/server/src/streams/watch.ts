import type { Clock, StreamRecord } from "@clone-xs/clone";

export interface Watch {
  /** Resolves when the workspace was looked at, or could not be. */
  readonly first: Promise<unknown>;
  /** Something was changed: looks at once, and then more often. */
  wake(): void;
  /** Resolves when nothing is under way any more. */
  readonly ended: Promise<void>;
}

export interface WatchOptions {
  /** Gives the streams that were found. */
  readonly look: () => Promise<readonly StreamRecord[]>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How long nothing need be looked at, by what is going on. */
const PAUSE_MS = { changing: 2_000, running: 30_000, idle: 120_000, lost: 10_000 };

/** Looks at the streams again and again until `signal` aborts, and tells what it found first. */
export function watchStreams({ look, clock, log, signal }: WatchOptions): Watch {
  let discovered = false;
  let told = "";
  let nap = new AbortController();

  const tell = (line: string) => {
    if (line !== told && !signal.aborted) log(line);
    told = line;
  };
  /** Gives the pause until the next one. */
  const lookOnce = async (): Promise<number> => {
    try {
      const found = await look();
      if (!discovered) tell(`discover_existing_streams: ${foundText(found)}`);
      discovered = true;
      return pauseAfter(found);
    } catch (error) {
      const what = discovered
        ? "Streams could not be looked at"
        : "discover_existing_streams: not possible yet";
      tell(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return PAUSE_MS.lost;
    }
  };
  const sleep = async (milliseconds: number): Promise<void> => {
    nap = new AbortController();
    const interrupted = AbortSignal.any([signal, nap.signal]);
    await clock.sleep(milliseconds, interrupted).catch((error: unknown) => {
      if (!interrupted.aborted) throw error;
    });
  };
  const watch = async (): Promise<void> => {
    let pause = await first;
    while (!signal.aborted) {
      await sleep(pause);
      pause = signal.aborted ? 0 : await lookOnce();
    }
  };

  const first = lookOnce();
  return { first, wake: () => nap.abort(), ended: watch() };
}

function pauseAfter(streams: readonly StreamRecord[]): number {
  if (streams.some(({ status }) => status === "starting" || status === "stopping")) return PAUSE_MS.changing;
  return streams.some(({ status }) => status === "running") ? PAUSE_MS.running : PAUSE_MS.idle;
}

function foundText(found: readonly StreamRecord[]): string {
  if (found.length === 0) return "found no streams.";
  const each = found.map(({ stream_id, status }) => `${stream_id} ${status}`);
  return `found ${found.length} stream${found.length === 1 ? "" : "s"}: ${each.join(", ")}.`;
}
