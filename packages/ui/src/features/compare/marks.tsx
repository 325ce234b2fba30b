import type { ComparedObject, ComparedRow } from "@clone-xs/server/contract";
import { clsx } from "clsx";

type State = ComparedObject["state"] | ComparedRow["state"];

interface Look {
  readonly sign: string;
  readonly text: string;
  readonly ground: string;
}

/** Told by its sign, its word and its colour. */
export const LOOKS: Readonly<Record<State, Look>> = {
  same: { sign: "=", text: "text-ink-faint", ground: "" },
  differs: { sign: "≠", text: "text-warn", ground: "bg-warn-soft" },
  only_source: { sign: "−", text: "text-bad", ground: "bg-bad-soft" },
  only_target: { sign: "+", text: "text-accent", ground: "bg-accent-soft" },
  not_compared: { sign: "?", text: "text-ink-soft", ground: "bg-sunken" },
  unknown: { sign: "?", text: "text-ink-soft", ground: "bg-sunken" },
};

/** Both ends by name. */
export interface EndNames {
  readonly source: string;
  readonly destination: string;
}

export function stateWords(state: State, { source, destination }: EndNames): string {
  switch (state) {
    case "same":
      return "same";
    case "differs":
      return "differs";
    case "only_source":
      return `only in ${source}`;
    case "only_target":
      return `only in ${destination}`;
    case "not_compared":
    case "unknown":
      return "not compared";
  }
}

/** The sign of a state, and its words for those who do not see it. */
export function Mark({ state, names }: { state: State; names: EndNames }) {
  const { sign, text } = LOOKS[state];
  return (
    <span className={clsx("name inline-block w-4 shrink-0 text-center font-bold", text)}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{stateWords(state, names)}</span>
    </span>
  );
}
