import type { ScheduleEvent } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { channels } from "../../api/notifications.ts";
import { Checkbox } from "../../components/choices.tsx";
import type { ScheduleFieldProps } from "./schedule-form.tsx";

const EVENTS: readonly (readonly [ScheduleEvent, string])[] = [
  ["run_failed", "It failed"],
  ["run_completed", "It completed"],
  ["run_cancelled", "It was cancelled"],
  ["drift_found", "It found drift"],
  ["schedule_missed", "A time was missed"],
];

/** Who is told of this schedule's runs, beside those who are told of all runs. */
export function TellingFields({ draft, problems, change }: ScheduleFieldProps) {
  const { data } = useQuery(channels);
  // A channel that was deleted since can be taken off here.
  const names = [...new Set([...(data ?? []).map(({ name }) => name), ...draft.channels])];
  if (names.length === 0)
    return (
      <p className="text-small text-ink-soft">
        There is no notification channel yet.{" "}
        <Link to="/settings/notifications" className="font-medium text-accent underline">
          Add one in the settings
        </Link>
        , and it can be chosen here.
      </p>
    );
  const toggled = <T,>(list: readonly T[], item: T, on: boolean) =>
    on ? [...list, item] : list.filter((each) => each !== item);
  return (
    <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      <fieldset className="min-w-0">
        <legend className="label mb-1">Channels</legend>
        {names.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={draft.channels.includes(name)}
            onChange={(on) => change({ channels: toggled(draft.channels, name, on) })}
          />
        ))}
        {problems.channels !== undefined && <p className="text-small text-bad">{problems.channels}</p>}
      </fieldset>
      <fieldset className="min-w-0" disabled={draft.channels.length === 0}>
        <legend className="label mb-1">When</legend>
        {EVENTS.map(([event, label]) => (
          <Checkbox
            key={event}
            label={label}
            checked={draft.events.includes(event)}
            onChange={(on) => change({ events: toggled(draft.events, event, on) })}
          />
        ))}
      </fieldset>
    </div>
  );
}
