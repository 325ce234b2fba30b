import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { overviewSeries } from "../../api/overview.ts";
import { BarsOverTime } from "../../components/charts/bars-over-time.tsx";
import { LinesOverTime } from "../../components/charts/lines-over-time.tsx";
import { dayText } from "../../components/charts/time-text.ts";
import { Segments } from "../../components/choices.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { bytes, duration, roughly } from "../../format.ts";
import { bytesPerDay, type ChartData, driftOverTime, lagOverTime, runsPerDay } from "./chart-data.ts";

const SPANS = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
] as const;

const NOTHING: ChartData = { series: [], moments: [] };

/** How things went: runs and bytes day by day, drift of copies and lag of streams. */
export function Charts() {
  const [span, setSpan] = useState<"7" | "30" | "90">("30");
  const { data, error, refetch } = useQuery(overviewSeries(Number(span)));
  const drawn = useMemo(
    () => ({
      runs: data === undefined ? NOTHING : runsPerDay(data.days),
      bytes: data === undefined ? NOTHING : bytesPerDay(data.days),
      drift: data === undefined ? NOTHING : driftOverTime(data.drift),
      lag: data === undefined ? NOTHING : lagOverTime(data.lag),
    }),
    [data],
  );
  return (
    <Section
      title="Over time"
      aside={<Segments label="How far back" value={span} choices={SPANS} onChange={setSpan} />}
    >
      {error !== null && data === undefined && <ErrorNotice error={error} retry={() => void refetch()} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Plate>
          <BarsOverTime
            title="Runs per day"
            label="Runs per day, by outcome"
            {...drawn.runs}
            tick={dayText}
            when={dayText}
          />
        </Plate>
        <Plate>
          <BarsOverTime
            title="Copied per day"
            label="Bytes copied per day"
            {...drawn.bytes}
            value={bytes}
            tick={dayText}
            when={dayText}
          />
        </Plate>
        {drawn.drift.moments.length > 0 && (
          <Plate>
            <LinesOverTime
              title="Drifted tables found"
              label="Drifted tables that runs found"
              {...drawn.drift}
            />
          </Plate>
        )}
        {drawn.lag.moments.length > 0 && (
          <Plate>
            <LinesOverTime
              title="Lag of streams"
              label="How far streams are behind"
              {...drawn.lag}
              value={duration}
              axisValue={roughly}
            />
          </Plate>
        )}
      </div>
    </Section>
  );
}

function Plate({ children }: { children: ReactNode }) {
  return <div className="min-w-0 rounded border border-line bg-surface px-3 pt-1.5 pb-2.5">{children}</div>;
}
