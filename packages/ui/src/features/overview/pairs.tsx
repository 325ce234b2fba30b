import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { type ReactNode, useState } from "react";
import type { PairOverview } from "../../api/overview.ts";
import { Button } from "../../components/button.tsx";
import { Sparkline } from "../../components/charts/sparkline.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { ago, bytes } from "../../format.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";

const AT_ONCE = 8;
const TRACKS =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-3 sm:grid-cols-[minmax(0,1fr)_11rem_6rem] lg:grid-cols-[minmax(0,1fr)_11rem_6rem_10rem_5rem]";

/** Every copy that runs were about: whether it is in sync, how it drifted, and when it was cloned last. */
export function Pairs({ pairs, now }: { pairs: readonly PairOverview[]; now: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, AT_ONCE);
  return (
    <Section title="Copies">
      <div role="table" aria-label="Copies" className="rounded border border-line bg-surface">
        <div role="rowgroup">
          <div role="row" className={clsx(TRACKS, "label h-8 border-b border-line bg-sunken max-sm:hidden")}>
            <Head>Source and destination</Head>
            <Head>As far as is known</Head>
            <Head>Drift found</Head>
            <Head className="max-lg:hidden">Last clone</Head>
            <Head className="text-right max-lg:hidden">Copied</Head>
          </div>
        </div>
        <div role="rowgroup" className="divide-y divide-line">
          {shown.map((pair) => (
            <Row
              key={[pair.source_catalog, pair.destination_catalog, pair.target].join("/")}
              pair={pair}
              now={now}
            />
          ))}
        </div>
      </div>
      {pairs.length > AT_ONCE && (
        <Button look="quiet" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${pairs.length} copies`}
        </Button>
      )}
    </Section>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <span role="columnheader" className={className}>
      {children}
    </span>
  );
}

const TONES: Record<Freshness["tone"], string> = {
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  neutral: "text-ink-soft",
};

function Row({ pair, now }: { pair: PairOverview; now: number }) {
  const { source_catalog, destination_catalog, target } = pair;
  const freshness = freshnessOf(pair, now);
  return (
    <div role="row" className={clsx(TRACKS, "py-1.5")}>
      <span role="cell" className="min-w-0 font-medium">
        <Link
          to="/compare"
          search={{ source: source_catalog, destination: destination_catalog }}
          className="rounded underline decoration-line-strong/40 underline-offset-4 hover:decoration-ink"
        >
          <Pair source={source_catalog} destination={destination_catalog} />
        </Link>
        {target !== null && <span className="ml-2 text-small font-normal text-ink-soft">on {target}</span>}
      </span>
      <span role="cell" className="min-w-0 max-sm:text-right">
        <span className={clsx("block font-medium", TONES[freshness.tone])}>{freshness.text}</span>
        <span className="block text-small text-ink-faint">{freshness.note}</span>
      </span>
      <span role="cell" className="max-sm:hidden">
        <Drift pair={pair} />
      </span>
      <span role="cell" className="min-w-0 max-lg:hidden">
        <LastClone pair={pair} now={now} />
      </span>
      <span role="cell" className="figure text-right text-ink-soft max-lg:hidden">
        {bytes(pair.bytes_copied)}
      </span>
    </div>
  );
}

function Drift({ pair: { drift, drifted_tables } }: { pair: PairOverview }) {
  if (drift.length === 0) return <span className="text-small text-ink-faint">not looked for</span>;
  const values = drift.map((point) => point.drifted_tables);
  return (
    <Sparkline
      values={values}
      label={`Drifted tables found: ${values.join(", ")}`}
      tone={drifted_tables !== null && drifted_tables > 0 ? "warn" : "accent"}
    />
  );
}

function LastClone({ pair: { last_clone: clone }, now }: { pair: PairOverview; now: number }) {
  if (clone === null) return <span className="text-small text-ink-faint">dry runs only</span>;
  const text = `${ago(clone.completed_at, now)}, ${clone.load_type.toLowerCase()}`;
  const word =
    clone.ended === "completed" ? "" : clone.ended === "partial" ? ", in part" : `, ${clone.ended}`;
  return (
    <span className="block truncate text-small text-ink-soft">
      {clone.kept ? (
        <Link
          to="/runs/$id"
          params={{ id: clone.job_id }}
          className="rounded underline decoration-line-strong/40 underline-offset-2 hover:text-ink"
        >
          {text}
        </Link>
      ) : (
        text
      )}
      {word}
    </span>
  );
}
