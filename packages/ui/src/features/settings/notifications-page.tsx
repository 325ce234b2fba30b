import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { channels } from "../../api/notifications.ts";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ChannelForm } from "./notifications/channel-form.tsx";
import { ChannelRow } from "./notifications/channel-row.tsx";

/** `/settings/notifications`: who is told of what, and whether it arrived. */
export function NotificationsPage() {
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(channels);
  return (
    <div>
      <PageHead title="Notifications" />
      <Section
        title="Notification channels"
        aside={
          !adding && (
            <Button needs="admin" look="primary" onClick={() => setAdding(true)}>
              <Plus className="size-4" aria-hidden />
              Add a channel
            </Button>
          )
        }
      >
        <p className="mb-3 max-w-2xl text-ink-soft">
          Webhooks and Slack channels that are told of runs and streams. Their addresses are kept encrypted on
          this server and never sent back to this page. What does not arrive is sent again, for a day.
        </p>
        {adding && (
          <div className="mb-4 rounded border border-line bg-surface px-3 py-3">
            <ChannelForm onClose={() => setAdding(false)} />
          </div>
        )}
        {error !== null ? (
          <ErrorNotice error={error} retry={() => void refetch()} />
        ) : data === undefined ? (
          <SkeletonRows rows={3} label="Loading notification channels" />
        ) : data.length === 0 ? (
          !adding && <Empty>Nobody is told of anything yet.</Empty>
        ) : (
          <ul
            aria-label="Notification channels"
            className="divide-y divide-line rounded border border-line bg-surface"
          >
            {data.map((channel) => (
              <ChannelRow key={channel.name} channel={channel} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
