import type {
  NewNotificationChannel,
  NotificationChannel,
  NotificationChannelChange,
  NotificationEvent,
} from "@clone-xs/server/contract";

/** What the controls of a channel hold. */
export interface ChannelDraft {
  readonly name: string;
  readonly kind: "webhook" | "slack";
  /** Empty, of a saved one: its address stays. */
  readonly url: string;
  /** Empty, of a saved one: its secret stays. */
  readonly secret: string;
  /** The kept secret is to go. */
  readonly unsigned: boolean;
  readonly events: readonly NotificationEvent[];
}

export const emptyChannel: ChannelDraft = {
  name: "",
  kind: "webhook",
  url: "",
  secret: "",
  unsigned: false,
  events: ["run_failed", "drift_found", "stream_failed", "schedule_missed"],
};

export function draftOfChannel({ name, kind, events }: NotificationChannel): ChannelDraft {
  return { ...emptyChannel, name, kind, events };
}

export function toNewChannel({ name, kind, url, secret, events }: ChannelDraft): NewNotificationChannel {
  return {
    name: name.trim(),
    kind,
    url: url.trim(),
    ...(kind === "slack" || secret === "" ? {} : { secret }),
    events: [...events],
  };
}

/** What changes: secrets that were not typed stay. */
export function toChannelChange({
  kind,
  url,
  secret,
  unsigned,
  events,
}: ChannelDraft): NotificationChannelChange {
  return {
    kind,
    ...(url.trim() === "" ? {} : { url: url.trim() }),
    ...(kind === "slack" || unsigned ? { secret: null } : secret === "" ? {} : { secret }),
    events: [...events],
  };
}
