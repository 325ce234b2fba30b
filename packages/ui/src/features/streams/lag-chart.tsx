import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { streamLag } from "../../api/overview.ts";
import { LinesOverTime } from "../../components/charts/lines-over-time.tsx";
import { Segments } from "../../components/choices.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { duration, roughly } from "../../format.ts";

const SPANS = [
  { value: "1", label: "1 hour" },
  { value: "24", label: "24 hours" },
  { value: "168", label: "7 days" },
] as const;

const SERIES = [{ key: "lag", label: "behind" }];

/** How far a stream was behind over time: the table that was furthest. */
export function LagChart({ id }: { id: string }) {
  const [span, setSpan] = useState<"1" | "24" | "168">("24");
  const { data, error, refetch } = useQuery(streamLag(id, Number(span)));
  return (
    <Section
      title="Lag"
      aside={<Segments label="How far back" value={span} choices={SPANS} onChange={setSpan} />}
    >
      {data === undefined ? (
        error === null ? (
          <SkeletonRows rows={4} label="Loading the lag" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.points.every(({ lag_seconds }) => lag_seconds === null) ? (
        <Empty>How far the copies are was not looked at in this time, or could not be told.</Empty>
      ) : (
        <div className="rounded border border-line bg-surface px-3 pt-1.5 pb-2.5">
          <LinesOverTime
            label="How far the slowest table was behind"
            title="The slowest table of the stream"
            series={SERIES}
            moments={data.points.map(({ at, lag_seconds }) => ({
              at: Date.parse(at),
              values: { lag: lag_seconds },
            }))}
            value={duration}
            axisValue={roughly}
          />
        </div>
      )}
    </Section>
  );
}
