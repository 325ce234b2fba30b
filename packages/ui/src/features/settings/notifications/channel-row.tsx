import type { NotificationChannel } from "@clone-xs/server/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  changeChannel,
  deleteChannel,
  deliveriesOf,
  everyNotification,
  testChannel,
} from "../../../api/notifications.ts";
import { useOnce } from "../../../api/use-once.ts";
import { Badge } from "../../../components/badge.tsx";
import { Button } from "../../../components/button.tsx";
import { ByOtherMeans } from "../../../components/by-other-means.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { Switch } from "../../../components/switch.tsx";
import { Tick } from "../../../components/tick.tsx";
import { removingChannel, testingChannel } from "../../../equivalents/notifications.ts";
import { ago } from "../../../format.ts";
import { ChannelForm } from "./channel-form.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { eventWords } from "./events.ts";

type Panel = "edit" | "deliveries";

/** One channel, and what can be done with it. */
export function ChannelRow({ channel }: { channel: NotificationChannel }) {
  const { name, kind, host, ends_with, signed, readable, enabled, events } = channel;
  const [panel, setPanel] = useState<Panel>();
  const [deleting, remove] = useState(false);
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: everyNotification });
  const test = useMutation({ mutationFn: testChannel, onSettled: look });
  const toggle = useMutation({ mutationFn: changeChannel, onSettled: look });
  const open = (next: Panel) => setPanel(panel === next ? undefined : next);
  const error = test.error ?? toggle.error;
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium wrap-anywhere">{name}</span>
            <span className="text-small text-ink-soft">{kind === "slack" ? "Slack" : "webhook"}</span>
            {signed && <Badge>SIGNED</Badge>}
            {!readable && <Badge tone="bad">ADDRESS CANNOT BE READ</Badge>}
          </p>
          <p className="name text-small text-ink-soft">
            {host} …{ends_with}
          </p>
          <p className="text-small text-ink-faint">{eventWords(events)}</p>
          <LastDelivery channel={channel} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Switch
            needs="admin"
            label={`${name} is on`}
            on={toggle.isPending ? (toggle.variables.change.enabled ?? enabled) : enabled}
            disabled={toggle.isPending}
            onChange={(next) => toggle.mutate({ name, change: { enabled: next } })}
          />
          <Button
            needs="admin"
            disabled={test.isPending}
            aria-label={`Test ${name}`}
            onClick={() => test.mutate(name)}
          >
            {test.isPending ? "Sending…" : "Test"}
          </Button>
          <Button aria-expanded={panel === "deliveries"} onClick={() => open("deliveries")}>
            Deliveries
          </Button>
          <Button
            needs="admin"
            aria-label={`Change ${name}`}
            aria-expanded={panel === "edit"}
            onClick={() => open("edit")}
          >
            Change
          </Button>
          <Button needs="admin" look="danger" aria-label={`Delete ${name}`} onClick={() => remove(true)}>
            Delete
          </Button>
        </div>
      </div>
      {!readable && (
        <p className="mt-1 text-small text-bad">
          It was encrypted with a key that this server no longer has. Change the channel and give the address
          again.
        </p>
      )}
      {error !== null && (
        <div className="mt-2">
          <ErrorNotice error={error} />
        </div>
      )}
      {test.data !== undefined && !test.isPending && (
        <p role="status" className="mt-1 text-small">
          <Tick good={test.data.ok} word={test.data.ok ? "Delivered" : "Not delivered"} /> {test.data.message}
        </p>
      )}
      {panel === "edit" && (
        <div className="mt-3 border-t border-line pt-3">
          <ChannelForm saved={channel} onClose={() => setPanel(undefined)} />
        </div>
      )}
      {panel === "deliveries" && (
        <div className="mt-3 space-y-3 border-t border-line pt-3">
          <Deliveries name={name} />
          <ByOtherMeans label="Test it by other means" means={testingChannel(name)} />
        </div>
      )}
      {deleting && <Deletion name={name} onClose={() => remove(false)} />}
    </li>
  );
}

/** Holds its line also when there was none, so that nothing jumps with the first. */
function LastDelivery({ channel: { last_delivery, enabled } }: { channel: NotificationChannel }) {
  if (!enabled) return <p className="text-small text-ink-faint">switched off</p>;
  if (last_delivery === null) return <p className="text-small text-ink-faint">nothing was sent yet</p>;
  const { state, at, detail } = last_delivery;
  const when = ago(at, Date.now());
  if (state === "delivered") return <p className="text-small text-ink-faint">last delivered {when}</p>;
  const words = state === "pending" ? "on its way since" : "not delivered";
  return (
    <p className={`text-small ${state === "pending" && detail === null ? "text-ink-faint" : "text-bad"}`}>
      {words} {when}
      {detail !== null && <>: {detail}</>}
    </p>
  );
}

function Deliveries({ name }: { name: string }) {
  const { data, error, refetch } = useQuery(deliveriesOf(name));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} label="Loading deliveries" />;
  return <DeliveryTable name={name} deliveries={data} />;
}

function Deletion({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useQueryClient();
  const { send, sent, error } = useOnce(deleteChannel, async () => {
    onClose();
    await client.invalidateQueries({ queryKey: everyNotification });
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete the channel ${name}?`}
      note="What is on its way to it is not sent any more. Schedules that name it tell nobody there."
    >
      {error !== null && (
        <div className="mb-3">
          <ErrorNotice error={error} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" disabled={sent} onClick={() => send(name)}>
          {sent ? "Deleting…" : "Yes, delete it"}
        </Button>
        <Button disabled={sent} onClick={onClose}>
          Keep it
        </Button>
      </div>
      <div className="mt-4">
        <ByOtherMeans means={removingChannel(name)} />
      </div>
    </Dialog>
  );
}
