import type { Firing } from "@clone-xs/server/contract";
import { Link } from "@tanstack/react-router";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { plural } from "../../format.ts";
import { FiringState } from "./marks.tsx";
import { momentIn } from "./moments.ts";

/** What became of each time of a schedule, the newest first. */
export function FiringTable({ firings, zone }: { firings: readonly Firing[]; zone: string }) {
  const now = Date.now();
  const columns: readonly Column<Firing>[] = [
    {
      id: "when",
      label: "Due",
      width: "minmax(7.25rem,11rem)",
      cell: ({ scheduled_for, fired_at }) => (
        <time className="figure" dateTime={scheduled_for ?? fired_at}>
          {momentIn(scheduled_for ?? fired_at, zone, now)}
        </time>
      ),
    },
    {
      id: "state",
      label: "Outcome",
      width: "minmax(5.5rem,8rem)",
      cell: (firing) => <FiringState firing={firing} />,
    },
    { id: "note", label: "Note", width: "minmax(0,1fr)", wideOnly: true, cell: noteOf },
    { id: "run", label: "Run", width: "4.5rem", align: "end", cell: ({ job_id }) => <RunLink id={job_id} /> },
  ];
  return (
    <DataTable
      label="History"
      rows={firings}
      columns={columns}
      keyOf={({ id }) => String(id)}
      empty="It has not come due yet."
    />
  );
}

function RunLink({ id }: { id: string | null }) {
  if (id === null) return <span className="text-ink-faint">none</span>;
  return (
    <Link
      to="/runs/$id"
      params={{ id }}
      className="name rounded underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
    >
      {id}
    </Link>
  );
}

function noteOf({ scheduled_for, note, retries, missed }: Firing) {
  const parts = [
    ...(scheduled_for === null ? ["Asked for by hand."] : []),
    ...(note === null ? [] : [note]),
    ...(retries > 0 ? [`Gone on with ${plural(retries, "time")}.`] : []),
    ...(missed > 1 ? [`${missed} times had passed.`] : []),
  ];
  const text = parts.join(" ");
  return (
    <span className="text-small text-ink-soft" title={text}>
      {text}
    </span>
  );
}
