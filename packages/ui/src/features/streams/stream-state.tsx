import type { StreamRecord } from "@clone-xs/server/contract";
import { Badge, type Tone } from "../../components/badge.tsx";

const TONES: Record<StreamRecord["status"], Tone> = {
  starting: "accent",
  running: "good",
  stopping: "warn",
  stopped: "neutral",
  failed: "bad",
};

/** What a stream is doing. */
export function StreamState({ status }: { status: StreamRecord["status"] }) {
  return (
    <Badge tone={TONES[status]}>
      {status === "running" && <span className="size-1.5 animate-pulse rounded-full bg-current" />}
      {status.toUpperCase()}
    </Badge>
  );
}
