import type { RunListItem } from "@clone-xs/server/contract";
import { Link } from "@tanstack/react-router";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { ago, bytes, duration, plural } from "../../format.ts";
import { destinationOf, secondsOf, toText } from "../../run-status.ts";
import { Outcome, RunState } from "../runs/run-state.tsx";

/** The newest runs that are over. */
export function RecentRuns({ runs, now }: { runs: readonly RunListItem[]; now: number }) {
  return (
    <Section
      title="Recent runs"
      aside={
        <Link
          to="/runs"
          className="rounded text-small font-medium text-accent underline-offset-2 hover:underline"
        >
          All runs
        </Link>
      }
    >
      <ul aria-label="Recent runs" className="divide-y divide-line rounded border border-line bg-surface">
        {runs.map((run) => (
          <Row key={run.job_id} run={run} now={now} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ run, now }: { run: RunListItem; now: number }) {
  const { job_id, status, source_catalog, outcome } = run;
  const seconds = secondsOf(run);
  return (
    <li>
      <Link
        to="/runs/$id"
        params={{ id: job_id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-3 py-1.5 -outline-offset-2 hover:bg-sunken sm:grid-cols-[5.5rem_minmax(0,1fr)_12rem_9rem]"
      >
        <span className="max-sm:order-2 max-sm:text-right">
          {outcome === null ? <RunState status={status} /> : <Outcome status={outcome.status} />}
        </span>
        <span className="min-w-0 truncate font-medium max-sm:order-1">
          <Pair source={source_catalog} destination={destinationOf(run)} />
          {run.targets.length > 0 && (
            <span className="ml-2 text-small font-normal text-ink-soft">{toText(run)}</span>
          )}
        </span>
        <span className="figure text-small text-ink-soft max-sm:order-3">{whatOf(run)}</span>
        <span className="figure text-right text-small text-ink-faint max-sm:order-4">
          {seconds !== undefined && `${duration(seconds)} · `}
          {ago(run.completed_at ?? run.created_at, now)}
        </span>
      </Link>
    </li>
  );
}

function whatOf({ dry_run, outcome, load_type }: RunListItem): string {
  if (dry_run) return `${load_type.toLowerCase()}, dry run`;
  if (outcome === null) return load_type.toLowerCase();
  return `${plural(outcome.tables.success, "table")}, ${bytes(outcome.bytes_copied)}`;
}
