import { clsx } from "clsx";
import { CircleDashed, CircleSlash } from "lucide-react";
import { Bar } from "../../components/bar.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { Tick } from "../../components/tick.tsx";
import { bytes, count, duration, plural } from "../../format.ts";
import { ShareFacts } from "./share-facts.tsx";
import type { TargetRow } from "./target-rows.ts";

/** Each target of a fan-out: whether it has the copy, what that came to, and why where it has not. */
export function Targets({ source, rows }: { source: string; rows: readonly TargetRow[] }) {
  return (
    <Section title="Targets">
      <ul aria-label="Targets" className="divide-y divide-line rounded border border-line bg-surface">
        {rows.map((row) => (
          <Target key={row.name} source={source} row={row} />
        ))}
      </ul>
    </Section>
  );
}

function Target({ source, row }: { source: string; row: TargetRow }) {
  const { name, state, host, destination, seconds, error, shares, progress } = row;
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 px-3 py-2 sm:grid-cols-[1rem_minmax(0,1fr)_auto]">
      <StateMark state={state} />
      <span className="min-w-0">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="name ml-2 text-small text-ink-faint">{host}</span>
        <span className="block text-small">
          <Pair source={source} destination={destination} />
        </span>
      </span>
      <span className="figure text-small text-ink-soft max-sm:col-start-2 sm:text-right">
        <span className={clsx("font-medium", TONES[state])}>{state}</span>
        {figuresOf(row).map((text) => ` · ${text}`)}
        {seconds !== undefined && ` · ${duration(seconds)}`}
      </span>
      {progress !== undefined && state === "running" && progress.objectsTotal > 0 && (
        <span className="col-start-2 sm:col-end-4">
          <Bar
            label={`Objects done on ${name}`}
            share={Math.round((100 * progress.objectsDone) / progress.objectsTotal)}
          />
        </span>
      )}
      {error !== undefined && (
        <span className="col-start-2 text-small text-bad wrap-anywhere sm:col-end-4">{error}</span>
      )}
      {shares !== undefined && (
        <span className="col-start-2 sm:col-end-4">
          <ShareFacts shares={shares} />
        </span>
      )}
    </li>
  );
}

const TONES: Record<TargetRow["state"], string> = {
  waiting: "text-ink-faint",
  connecting: "text-accent",
  running: "text-accent",
  success: "text-good",
  partial: "text-warn",
  failed: "text-bad",
  cancelled: "text-warn",
};

/** A target that has only a part of the copy counts among those that have failed. */
function StateMark({ state }: { state: TargetRow["state"] }) {
  if (state === "success") return <Tick good word="Succeeded" />;
  if (state === "failed" || state === "partial")
    return <Tick good={false} word={state === "failed" ? "Failed" : "Failed in part"} />;
  const Icon = state === "waiting" || state === "cancelled" ? CircleSlash : CircleDashed;
  const look = Icon === CircleDashed ? "animate-spin text-accent" : "text-ink-faint";
  const word = { waiting: "Waiting", connecting: "Connecting", running: "Under way", cancelled: "Cancelled" }[
    state
  ];
  return <Icon className={`size-4 translate-y-0.5 ${look}`} aria-label={word} role="img" />;
}

/** What it came to, or is at. */
function figuresOf({ tables, bytes: copied, progress }: TargetRow): readonly string[] {
  if (tables !== undefined)
    return [
      plural(tables.success, "table"),
      ...(tables.failed > 0 ? [`${count(tables.failed)} failed`] : []),
      bytes(copied ?? 0),
    ];
  if (progress === undefined || progress.objectsTotal === 0) return [];
  return [
    `${count(progress.objectsDone)} of ${count(progress.objectsTotal)} objects`,
    ...(progress.bytesCopied > 0 ? [bytes(progress.bytesCopied)] : []),
  ];
}
