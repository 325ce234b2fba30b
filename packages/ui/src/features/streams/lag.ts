import type { StreamRecord } from "@clone-xs/server/contract";
import { duration } from "../../format.ts";

type Progress = StreamRecord["progress"][string];

/** `in step`, `12 s behind`, or that it cannot be told. */
export function lagText({ lag_seconds }: Pick<Progress, "lag_seconds">): string {
  if (lag_seconds === null) return "lag not known";
  return lag_seconds === 0 ? "in step" : `${duration(lag_seconds)} behind`;
}

/** Tables by how far they are behind; one of which it cannot be told counts as further than any. */
export function furthestFirst(progress: StreamRecord["progress"]): readonly (readonly [string, Progress])[] {
  const behind = ({ lag_seconds }: Progress) => lag_seconds ?? Number.MAX_VALUE;
  return Object.entries(progress).toSorted(([, a], [, b]) => behind(b) - behind(a));
}
