import type { NotificationDelivery } from "@clone-xs/server/contract";
import { Badge, type Tone } from "../../../components/badge.tsx";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { ago } from "../../../format.ts";

const TONES: Record<NotificationDelivery["state"], Tone> = {
  pending: "warn",
  delivered: "good",
  failed: "bad",
};

/** What was sent to a channel, the newest first, and what it said. */
export function DeliveryTable({
  name,
  deliveries,
}: {
  name: string;
  deliveries: readonly NotificationDelivery[];
}) {
  const now = Date.now();
  const columns: readonly Column<NotificationDelivery>[] = [
    {
      id: "state",
      label: "State",
      width: "7rem",
      cell: ({ state }) => <Badge tone={TONES[state]}>{state.toUpperCase()}</Badge>,
    },
    {
      id: "title",
      label: "News",
      width: "minmax(0,1fr)",
      cell: ({ notification: { title } }) => <span title={title}>{title}</span>,
    },
    {
      id: "detail",
      label: "Answer",
      width: "minmax(0,14rem)",
      wideOnly: true,
      cell: ({ detail, status, attempts }) => {
        const text = detail ?? (status === null ? "" : `Answered ${status}.`);
        const tries = attempts > 1 ? ` Try ${attempts}.` : "";
        return <span title={text}>{`${text}${tries}`}</span>;
      },
    },
    {
      id: "at",
      label: "Last tried",
      width: "5.5rem",
      align: "end",
      wideOnly: true,
      cell: ({ last_attempt_at }) => (last_attempt_at === null ? "not yet" : ago(last_attempt_at, now)),
    },
  ];
  return (
    <DataTable
      label={`Deliveries to ${name}`}
      rows={deliveries}
      columns={columns}
      keyOf={({ id }) => id}
      empty="Nothing was sent yet."
      maxHeight="20rem"
    />
  );
}
