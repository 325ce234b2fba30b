import type { NotificationChannel } from "@clone-xs/server/contract";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../../api/client.ts";
import { addChannel, changeChannel, everyNotification } from "../../../api/notifications.ts";
import { useOnce } from "../../../api/use-once.ts";
import { Button } from "../../../components/button.tsx";
import { ByOtherMeans } from "../../../components/by-other-means.tsx";
import { Checkbox, Segments } from "../../../components/choices.tsx";
import { TextField } from "../../../components/field.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { useFirstFocus } from "../../../components/use-first-focus.ts";
import { addingChannel, changingChannel } from "../../../equivalents/notifications.ts";
import {
  type ChannelDraft,
  draftOfChannel,
  emptyChannel,
  toChannelChange,
  toNewChannel,
} from "./channel-draft.ts";
import { EVENTS } from "./events.ts";

export interface ChannelFormProps {
  /** The channel to change; absent: a new one. */
  readonly saved?: NotificationChannel;
  readonly onClose: () => void;
}

const KINDS = [
  { value: "webhook", label: "Webhook" },
  { value: "slack", label: "Slack" },
] as const;

/** Adds or changes a channel. What is secret of it is typed and sent, and never shown again. */
export function ChannelForm({ saved, onClose }: ChannelFormProps) {
  const [draft, setDraft] = useState(() => (saved === undefined ? emptyChannel : draftOfChannel(saved)));
  const client = useQueryClient();
  const { send, sent, error } = useOnce(saverOf(saved), async () => {
    onClose();
    await client.invalidateQueries({ queryKey: everyNotification });
  });
  const said = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const problemOf = (path: string) => said.find((each) => each.path === path)?.message;
  const placed = said.filter(({ path }) => ["name", "url", "secret"].includes(path)).length;
  const first = useFirstFocus();
  const change = (next: Partial<ChannelDraft>) => setDraft({ ...draft, ...next });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(draft);
  };
  return (
    <form
      aria-label={saved === undefined ? "New channel" : `Change ${saved.name}`}
      onSubmit={onSubmit}
      noValidate
    >
      <div ref={first} tabIndex={-1} className="grid gap-x-5 gap-y-3 outline-none sm:grid-cols-2">
        {saved === undefined && (
          <TextField
            label="Name"
            value={draft.name}
            error={problemOf("name")}
            hint="By which schedules call it."
            onChange={(name) => change({ name })}
          />
        )}
        <div>
          <p className="label mb-1">Kind</p>
          <Segments label="Kind" value={draft.kind} choices={KINDS} onChange={(kind) => change({ kind })} />
        </div>
        <TextField
          label="Address"
          className="name"
          value={draft.url}
          error={problemOf("url")}
          placeholder={
            saved !== undefined
              ? `kept: ${saved.host} …${saved.ends_with}`
              : draft.kind === "slack"
                ? "https://hooks.slack.com/services/…"
                : "https://hooks.example.com/clone-xs"
          }
          hint={saved === undefined ? "https. Whoever has it can write there." : "Empty: it stays as it is."}
          onChange={(url) => change({ url })}
        />
        {draft.kind === "webhook" && (
          <TextField
            label="Secret"
            type="password"
            value={draft.secret}
            error={problemOf("secret")}
            disabled={draft.unsigned}
            hint={
              saved?.signed === true
                ? "Empty: it stays as it is."
                : "Signs what is sent (X-Clxs-Signature). May be left out."
            }
            onChange={(secret) => change({ secret })}
          />
        )}
      </div>
      {saved?.signed === true && draft.kind === "webhook" && (
        <div className="mt-2">
          <Checkbox
            label="Sign no more"
            checked={draft.unsigned}
            onChange={(unsigned) => change({ unsigned, secret: "" })}
          />
        </div>
      )}
      <fieldset className="mt-3">
        <legend className="label mb-1">Tell it when</legend>
        <div className="grid gap-x-5 sm:grid-cols-2">
          {EVENTS.map(([event, label]) => (
            <Checkbox
              key={event}
              label={label}
              checked={draft.events.includes(event)}
              onChange={(on) =>
                change({
                  events: on ? [...draft.events, event] : draft.events.filter((each) => each !== event),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      {error !== null && placed < Math.max(1, said.length) && (
        <div className="mt-3">
          <ErrorNotice error={error} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={sent}>
          {sent ? "Saving…" : "Save"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
      <div className="mt-3">
        <ByOtherMeans
          means={
            saved === undefined
              ? addingChannel({ ...draft, name: draft.name.trim() })
              : changingChannel(saved.name, toChannelChange(draft))
          }
        />
      </div>
    </form>
  );
}

function saverOf(saved: NotificationChannel | undefined) {
  return (draft: ChannelDraft): Promise<NotificationChannel> =>
    saved === undefined
      ? addChannel(toNewChannel(draft))
      : changeChannel({ name: saved.name, change: toChannelChange(draft) });
}
