import type { RunMessage } from "@clone-xs/server/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { everyRuns, runOf } from "../../api/queries.ts";
import { followRun } from "../../api/stream.ts";
import { emptyPicture, fold, type RunPicture } from "./fold.ts";

export interface FollowedRun {
  readonly picture: RunPicture;
  readonly interrupted: boolean;
  readonly error: Error | undefined;
}

/**
 * Follows a run from its first event, anew when `round` changes: a run that was over may go on. Messages are folded once a frame, so that
 * a fast run does not drown the page.
 */
export function useRun(id: string, round: number): FollowedRun {
  const [picture, add] = useReducer(foldOrReset, emptyPicture);
  const [interrupted, setInterrupted] = useState(false);
  const [error, setError] = useState<Error>();
  const client = useQueryClient();

  useEffect(() => {
    const abort = new AbortController();
    let waiting: RunMessage[] = [];
    let frame = 0;
    add("reset");
    setError(undefined);
    const flush = () => {
      frame = 0;
      add(waiting);
      waiting = [];
    };
    const onMessage = (message: RunMessage) => {
      waiting.push(message);
      if (frame === 0) frame = requestAnimationFrame(flush);
    };
    followRun(id, { onMessage, onInterrupted: setInterrupted, signal: abort.signal })
      .then(() => client.invalidateQueries({ queryKey: runOf(id).queryKey }))
      .then(() => client.invalidateQueries({ queryKey: everyRuns }))
      .catch((reason: unknown) => setError(reason instanceof Error ? reason : new Error(String(reason))));
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
    };
  }, [id, round, client]);

  return { picture, interrupted, error };
}

function foldOrReset(picture: RunPicture, action: readonly RunMessage[] | "reset"): RunPicture {
  return action === "reset" ? emptyPicture : fold(picture, action);
}
