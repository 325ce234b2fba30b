import type { Decision } from "@clone-xs/server/contract";
import type { Tone } from "../../components/badge.tsx";

type Action = Decision["action"];

/** In the order in which rows stand: what needs a decision of the reader first, what stays as it is last. */
export const ACTIONS: Record<Action, { readonly label: string; readonly tone: Tone }> = {
  refuse: { label: "Refuses", tone: "bad" },
  block: { label: "Fails", tone: "bad" },
  impossible: { label: "Cannot copy", tone: "warn" },
  drop: { label: "Drop", tone: "warn" },
  clone: { label: "Clone", tone: "accent" },
  keep: { label: "Keep", tone: "neutral" },
  leave: { label: "Leave out", tone: "neutral" },
};
const ORDER = Object.keys(ACTIONS) as readonly Action[];

/** What each reason means to somebody who reads it for the first time. */
const REASONS: Record<Decision["reason"], string> = {
  never_cloned: "The destination does not have it.",
  version_drift: "The source was written since it was cloned.",
  schema_drift: "The source's columns have changed.",
  target_modified: "The copy was written since it was cloned.",
  source_recreated: "The source was dropped and made again.",
  unable_to_compare: "Whether they differ cannot be told, so it is treated as different.",
  foreign: "What stands there is no clone of this source.",
  orphaned: "The source no longer has it.",
  excluded: "Left out by the request.",
  in_sync: "Nothing has changed.",
};

/** What is in sync and cloned all the same. */
const AGAIN = {
  full: "Nothing has changed, but a full load clones it again.",
  asked: "Nothing has changed, but it is cloned again as asked for.",
};

/** Why, in a sentence. */
export function whyOf({ action, reason, detail }: Decision, loadType: string): string {
  if (detail !== undefined) return detail;
  if (action === "clone" && reason === "in_sync") return AGAIN[loadType === "FULL" ? "full" : "asked"];
  return REASONS[reason];
}

/** What becomes of it, in a word or two. */
export function actionOf({ action, reason }: Decision): string {
  return action === "clone" && reason === "in_sync" ? "Clone again" : ACTIONS[action].label;
}

/** `v3 → v5`: what was cloned, and what would be. */
export function versionsOf({ sourceVersion, clonedVersion }: Decision): string {
  if (sourceVersion === undefined) return "";
  if (clonedVersion === undefined || sourceVersion === clonedVersion) return `v${sourceVersion}`;
  return `v${clonedVersion} → v${sourceVersion}`;
}

export interface DecisionFilter {
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly reason?: string | undefined;
  readonly q?: string | undefined;
}

/** The decisions that a filter lets through, in the order of what becomes of them. */
export function decisionsShown(
  decisions: readonly Decision[],
  { action, kind, reason, q = "" }: DecisionFilter,
): readonly Decision[] {
  const text = q.trim().toLowerCase();
  return decisions
    .filter(
      (each) =>
        (action === undefined || each.action === action) &&
        (kind === undefined || each.kind === kind) &&
        (reason === undefined || each.reason === reason) &&
        `${each.schema}.${each.name} ${each.reason}`.toLowerCase().includes(text),
    )
    .sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
}
