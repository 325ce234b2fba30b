import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Shape } from "../../../api/api.ts";
import { historyOf } from "../../../api/explorer.ts";
import { Button } from "../../../components/button.tsx";
import { BarsOverTime } from "../../../components/charts/bars-over-time.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { ago, bytes, count } from "../../../format.ts";
import { type Change, changeOf } from "./history.ts";
import { Facts, propertyFacts } from "./parts.tsx";

type Entry = Shape<"TableHistory">["entries"][number];

/** What was done to a table, newest first; one version in full when it is chosen. */
export function HistoryTab({ catalog, schema, table }: { catalog: string; schema: string; table: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyOf(catalog, schema, table),
  );
  const [chosen, setChosen] = useState<string>();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={6} label="Reading the history" />;
  const entries = data.pages.flatMap((page) => page.entries);
  const entry = entries.find(({ version }) => version === chosen);
  return (
    <div className="space-y-3">
      <WrittenChart entries={entries} />
      <DataTable
        label="History"
        rows={entries}
        keyOf={({ version }) => version}
        onOpen={({ version }) => setChosen(version === chosen ? undefined : version)}
        {...(chosen === undefined ? {} : { chosen })}
        maxHeight="26rem"
        empty="It has no versions."
        columns={[
          {
            id: "version",
            label: "Version",
            width: "4.5rem",
            align: "end",
            cell: ({ version }) => version,
            sortBy: ({ version }) => Number(version),
          },
          {
            id: "operation",
            label: "Operation",
            width: "minmax(0,1.2fr)",
            cell: ({ operation }) => <span className="name">{operation}</span>,
            sortBy: ({ operation }) => operation,
          },
          {
            id: "change",
            label: "Change",
            width: "minmax(0,1.3fr)",
            cell: (each) => <ChangeText change={changeOf(each.metrics)} />,
          },
          {
            id: "by",
            label: "By",
            width: "minmax(0,1fr)",
            wideOnly: true,
            cell: ({ user_name: user }) => <span title={user ?? ""}>{user ?? "–"}</span>,
            sortBy: ({ user_name: user }) => user ?? "",
          },
          {
            id: "when",
            label: "When",
            width: "5.5rem",
            align: "end",
            cell: ({ timestamp }) => (
              <time dateTime={timestamp} title={timestamp}>
                {ago(timestamp, Date.now())}
              </time>
            ),
            sortBy: ({ timestamp }) => timestamp,
          },
        ]}
      />
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "Reading…" : "Older versions"}
        </Button>
      )}
      {entry !== undefined && <VersionFacts entry={entry} />}
    </div>
  );
}

function ChangeText({ change: { rows, bytes: size } }: { change: Change }) {
  const parts = [
    ...(rows.added > 0 ? [`+${count(rows.added)} rows`] : []),
    ...(rows.changed > 0 ? [`${count(rows.changed)} changed`] : []),
    ...(rows.removed > 0 ? [`−${count(rows.removed)} rows`] : []),
    ...(size > 0 ? [bytes(size)] : []),
  ];
  return <span className="figure text-ink-soft">{parts.length === 0 ? "–" : parts.join(", ")}</span>;
}

/** Only where there is something to compare. */
function WrittenChart({ entries }: { entries: readonly Entry[] }) {
  const moments = entries.toReversed().map(({ timestamp, metrics }) => ({
    at: Date.parse(timestamp),
    values: { bytes: changeOf(metrics).bytes },
  }));
  if (moments.filter(({ values }) => values.bytes > 0).length < 3) return null;
  return (
    <BarsOverTime
      label="Bytes written per version"
      series={[{ key: "bytes", label: "Bytes written" }]}
      moments={moments}
      value={bytes}
      height={96}
    />
  );
}

function VersionFacts({ entry }: { entry: Entry }) {
  const facts = [
    { name: "At", value: entry.timestamp },
    { name: "By", value: entry.user_name ?? "not known" },
    ...propertyFacts(entry.parameters),
    ...propertyFacts(entry.metrics),
  ];
  return (
    <section aria-live="polite" aria-label={`Version ${entry.version}`}>
      <h3 className="label mb-1">
        Version {entry.version}, <span className="name">{entry.operation}</span>
      </h3>
      <Facts label={`Version ${entry.version}`} facts={facts} />
    </section>
  );
}
