import type { RunListItem } from "@clone-xs/server/contract";
import { Link } from "@tanstack/react-router";
import { Bar } from "../../components/bar.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { bytes, count } from "../../format.ts";
import { destinationOf, toText } from "../../run-status.ts";
import { RunState } from "../runs/run-state.tsx";

/** What runs or waits, each with how far it is. */
export function LiveRuns({ runs }: { runs: readonly RunListItem[] }) {
  if (runs.length === 0) return null;
  return (
    <Section title="Under way">
      <ul aria-label="Runs under way" className="divide-y divide-line rounded border border-line bg-surface">
        {runs.map((run) => (
          <Row key={run.job_id} run={run} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ run }: { run: RunListItem }) {
  const { job_id, status, progress, source_catalog } = run;
  const [done, total] = [progress?.objectsDone ?? 0, progress?.objectsTotal ?? 0];
  const copied = progress?.bytesCopied ?? 0;
  return (
    <li>
      <Link
        to="/runs/$id"
        params={{ id: job_id }}
        className="block px-3 py-2 -outline-offset-2 hover:bg-sunken"
      >
        <span className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <span className="w-24 shrink-0">
            <RunState status={status} />
          </span>
          <span className="min-w-0 font-medium">
            <Pair source={source_catalog} destination={destinationOf(run)} />
          </span>
          {run.targets.length > 0 && <span className="text-small text-ink-soft">{toText(run)}</span>}
          <span className="figure ml-auto text-small text-ink-soft">
            {total > 0 ? `${count(done)} of ${count(total)} objects` : "looking at both catalogs"}
            {copied > 0 && ` · ${bytes(copied)}`}
          </span>
        </span>
        <Bar
          label={`Objects done of run ${job_id}`}
          share={total === 0 ? 0 : Math.round((100 * done) / total)}
        />
      </Link>
    </li>
  );
}
