import type { RunListItem, RunSummary } from "@clone-xs/server/contract";
import { Badge, type Tone } from "../../components/badge.tsx";

const TONES: Record<RunListItem["status"], Tone> = {
  queued: "neutral",
  running: "accent",
  cancelling: "warn",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
};

const OUTCOMES: Record<RunSummary["status"], Tone> = {
  success: "good",
  partial: "warn",
  failed: "bad",
  cancelled: "warn",
};

/** Where a run is in its life. */
export function RunState({ status }: { status: RunListItem["status"] }) {
  return (
    <Badge tone={TONES[status]}>
      {status === "running" && <span className="size-1.5 animate-pulse rounded-full bg-current" />}
      {status.toUpperCase()}
    </Badge>
  );
}

/** What became of a run that is over. */
export function Outcome({ status }: { status: RunSummary["status"] }) {
  return <Badge tone={OUTCOMES[status]}>{status.toUpperCase()}</Badge>;
}
