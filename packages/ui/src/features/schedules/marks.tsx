import type { Firing } from "@clone-xs/server/contract";
import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Badge, type Tone } from "../../components/badge.tsx";

const TONES: Record<Firing["state"], Tone> = {
  waiting: "neutral",
  running: "accent",
  retrying: "warn",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
  skipped: "neutral",
  missed: "warn",
};

const FILLS: Record<Firing["state"], string> = {
  waiting: "border border-line-strong",
  running: "animate-pulse bg-accent",
  retrying: "border-2 border-warn",
  completed: "bg-good",
  failed: "bg-bad",
  cancelled: "bg-warn",
  skipped: "border border-line-strong",
  missed: "border-2 border-warn",
};

/** Where one time of a schedule is, or what became of it. */
export function FiringState({ firing: { state, drifted } }: { firing: Firing }) {
  const drift = drifted !== null && drifted > 0;
  return (
    <Badge tone={drift && state === "completed" ? "warn" : TONES[state]}>
      {drift ? `${drifted} DRIFTED` : state.toUpperCase()}
    </Badge>
  );
}

/** The last times in a row, the newest at the right; failed ones are taller, so that they are seen without colours. */
export function Marks({ firings }: { firings: readonly Firing[] }) {
  const shown = firings.toReversed();
  if (shown.length === 0) return <span className="text-small text-ink-faint">no runs yet</span>;
  return (
    <ul aria-label="Last runs, the newest last" className="flex h-5 items-center gap-0.5">
      {shown.map((firing) => (
        <li key={firing.id} className="flex">
          <Mark firing={firing} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ firing: { state, job_id, fired_at, drifted } }: { firing: Firing }) {
  const drift = drifted === null ? "" : `, ${drifted} drifted`;
  const words = `${state}${drift}, ${fired_at.slice(0, 16).replace("T", " ")} UTC`;
  const fill = drifted !== null && drifted > 0 ? "bg-warn" : FILLS[state];
  const look = clsx("block w-1.5 rounded", state === "failed" ? "h-4.5" : "h-3", fill);
  if (job_id === null) return <span role="img" aria-label={words} title={words} className={look} />;
  return (
    <Link
      to="/runs/$id"
      params={{ id: job_id }}
      aria-label={words}
      title={words}
      className="flex h-5 items-center rounded px-px"
    >
      <span className={look} />
    </Link>
  );
}
