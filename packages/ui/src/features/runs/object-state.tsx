import { clsx } from "clsx";
import { Check, CircleDashed, CircleSlash, Clock, Equal, Minus, X } from "lucide-react";
import type { ObjectState } from "../../api/runs.ts";

/** The same state is another thing while a run goes on, after it, and of a dry run. */
export type RunStage = "live" | "over" | "dry";

interface Look {
  readonly icon: typeof Check;
  readonly look: string;
  readonly word: string;
}

const LOOKS: Record<ObjectState, Look> = {
  waiting: { icon: Clock, look: "text-ink-faint", word: "Waiting" },
  started: { icon: CircleDashed, look: "animate-spin text-accent", word: "Under way" },
  succeeded: { icon: Check, look: "text-good", word: "Done" },
  failed: { icon: X, look: "text-bad", word: "Failed" },
  skipped: { icon: Minus, look: "text-ink-faint", word: "Skipped" },
  kept: { icon: Equal, look: "text-ink-faint", word: "In sync" },
  left: { icon: Minus, look: "text-ink-faint", word: "Left out" },
  impossible: { icon: CircleSlash, look: "text-warn", word: "Not copied" },
};

function lookOf(state: ObjectState, stage: RunStage): Look {
  if (state === "waiting" && stage === "dry") return { ...LOOKS.waiting, word: "Planned" };
  if (state === "waiting" && stage === "over") return { ...LOOKS.waiting, word: "Not begun" };
  if (state === "started" && stage === "over")
    return { icon: CircleSlash, look: "text-warn", word: "Not finished" };
  return LOOKS[state];
}

export interface ObjectStateProps {
  readonly state: ObjectState;
  readonly stage: RunStage;
  /** `wide`: the word is only read out where there is little room; `never`: everywhere. */
  readonly worded?: "always" | "wide" | "never";
}

/** What became of an object: a mark and its word. */
export function ObjectStateMark({ state, stage, worded = "wide" }: ObjectStateProps) {
  const { icon: Icon, look, word } = lookOf(state, stage);
  return (
    <span className="flex items-center gap-1.5">
      <Icon className={`size-4 shrink-0 ${look}`} aria-label={word} role="img" />
      {worded !== "never" && (
        <span
          className={clsx("truncate text-small text-ink-soft", worded === "wide" && "max-sm:hidden")}
          aria-hidden
        >
          {word}
        </span>
      )}
    </span>
  );
}
