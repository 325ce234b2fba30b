import type { RunMessage } from "@clone-xs/server/contract";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { everyRuns } from "../../api/queries.ts";
import { partsOf, type RunStanding, standingOf } from "../../api/runs.ts";
import { followRun } from "../../api/stream.ts";
import { fold, pictureOf, type RunPicture } from "./fold.ts";

export interface FollowedRun {
  /** Absent until it is known how the run stands. */
  readonly picture: RunPicture | undefined;
  /** The connection is lost, and tried again. */
  readonly interrupted: boolean;
  readonly error: Error | null;
  /** The run may go on, or was changed: look at all of it again. */
  readonly again: () => void;
}

/**
 * A run as it stands and, while it goes on, as its events tell from there: nothing that happened before is heard again. Its parts are looked
 * at anew when something happens, at most once in {@link REST_MS}.
 */
export function useRun(id: string): FollowedRun {
  const client = useQueryClient();
  const { data, error } = useQuery(standingOf(id));
  const [heard, hear] = useReducer(hearing, NOTHING);
  const [lost, setLost] = useState<Error | null>(null);
  const [interrupted, setInterrupted] = useState(false);
  const basis = heard.basis === data ? heard.picture : undefined;
  const picture = basis ?? (data && pictureOf(data));
  const live = data !== undefined && !pictureOf(data).over;

  useEffect(() => {
    if (data === undefined || !live) return;
    const abort = new AbortController();
    const rest = resting(() => void client.invalidateQueries({ queryKey: partsOf(id) }));
    const frames = inFrames((messages) => hear({ basis: data, messages }));
    const onMessage = (message: RunMessage) => {
      frames.add(message);
      if (message.event === "event") rest.stir();
    };
    const following = { onMessage, onInterrupted: setInterrupted, signal: abort.signal };
    followRun(id, { ...following, after: data.last_event })
      .then(() => (abort.signal.aborted ? undefined : lookAgain(client, id)))
      .catch((reason: unknown) => setLost(reason instanceof Error ? reason : new Error(String(reason))));
    return () => {
      abort.abort();
      frames.stop();
      rest.stop();
    };
  }, [id, live, data, client]);

  return { picture, interrupted, error: error ?? lost, again: () => void lookAgain(client, id) };
}

async function lookAgain(client: QueryClient, id: string): Promise<void> {
  await client.invalidateQueries({ queryKey: ["run", id] });
  await client.invalidateQueries({ queryKey: everyRuns });
}

interface Heard {
  readonly basis: RunStanding | undefined;
  readonly picture: RunPicture | undefined;
}

const NOTHING: Heard = { basis: undefined, picture: undefined };

function hearing(
  heard: Heard,
  { basis, messages }: { readonly basis: RunStanding; readonly messages: readonly RunMessage[] },
): Heard {
  const before = heard.basis === basis && heard.picture !== undefined ? heard.picture : pictureOf(basis);
  return { basis, picture: fold(before, messages) };
}

/** Messages are taken up once a frame, so that a fast run does not drown the page. */
function inFrames(take: (messages: readonly RunMessage[]) => void) {
  let waiting: RunMessage[] = [];
  let frame = 0;
  const flush = () => {
    frame = 0;
    take(waiting);
    waiting = [];
  };
  return {
    add(message: RunMessage) {
      waiting.push(message);
      if (frame === 0) frame = requestAnimationFrame(flush);
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

const REST_MS = 1_000;

/** Calls `act` soon after it was stirred, and not again before it has rested. */
function resting(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    stir() {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, REST_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
