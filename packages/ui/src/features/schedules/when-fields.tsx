import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { ApiError } from "../../api/client.ts";
import { previewOf } from "../../api/schedules.ts";
import { Combobox } from "../../components/combobox.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { cronWords } from "./cron-words.ts";
import { momentIn, timeZones, until } from "./moments.ts";
import type { ScheduleFieldProps } from "./schedule-form.tsx";

const PRESETS = [
  { value: "0 * * * *", label: "Every hour" },
  { value: "0 */6 * * *", label: "Every 6 hours" },
  { value: "0 2 * * *", label: "Every day at 02:00" },
  { value: "0 2 * * 1-5", label: "Working days at 02:00" },
  { value: "0 2 * * 0", label: "Every Sunday at 02:00" },
  { value: "0 2 1 * *", label: "The 1st of the month at 02:00" },
] as const;
const OWN = "own";

/** When a schedule comes due, with its next times as they are typed. */
export function WhenFields({
  draft,
  problems,
  change,
  serverZone,
}: ScheduleFieldProps & { serverZone: string }) {
  const zones = useMemo(() => timeZones().map((value) => ({ value })), []);
  const preset = PRESETS.find(({ value }) => value === draft.cron.trim())?.value ?? OWN;
  const zone = draft.timeZone === "" ? serverZone : draft.timeZone;
  const typed = useDeferredValue(`${draft.cron.trim()}\n${zone}`);
  const [cron = "", timeZone = ""] = typed.split("\n");
  const preview = useQuery({ ...previewOf(cron, timeZone), enabled: cron !== "" });
  const wrong = problemsIn(preview.error);
  const words = cronWords(draft.cron);
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="grid content-start gap-x-5 gap-y-3 sm:grid-cols-2">
        <SelectField
          label="How often"
          value={preset}
          choices={[...PRESETS, { value: OWN, label: "As the cron text says" }]}
          onChange={(value) => change({ cron: value === OWN ? draft.cron : value })}
        />
        <TextField
          label="Cron"
          className="name"
          value={draft.cron}
          error={wrong.cron ?? problems.cron}
          hint={
            words === draft.cron ? "Minute, hour, day of month, month, day of week." : `It says ${words}.`
          }
          onChange={(next) => change({ cron: next })}
        />
        <Combobox
          label="Time zone"
          value={draft.timeZone}
          options={zones}
          placeholder={serverZone}
          empty="Not among those known here; an IANA name counts as it is typed."
          error={wrong.time_zone ?? problems.timeZone}
          hint={draft.timeZone === "" ? "Empty: that of the server." : "Summer time is kept."}
          onChange={(next) => change({ timeZone: next })}
        />
      </div>
      <div className="min-w-0">
        <p className="label mb-1">Next times</p>
        <NextTimes
          times={wrong.any ? [] : (preview.data?.next_runs ?? [])}
          zone={preview.data?.time_zone ?? zone}
        />
      </div>
    </div>
  );
}

const PREVIEWED = 5;

/** Always five lines high, so that nothing jumps while one types. */
export function NextTimes({ times, zone }: { times: readonly string[]; zone: string }) {
  const now = Date.now();
  return (
    <ol aria-label="Next times" className="divide-y divide-line rounded border border-line bg-surface">
      {Array.from({ length: PREVIEWED }, (_, index) => {
        const time = times[index];
        return (
          <li key={index} className="figure flex h-7 items-center justify-between gap-3 px-2.5 text-small">
            {time !== undefined && (
              <>
                <time dateTime={time}>{momentIn(time, zone, now)}</time>
                <span className="text-ink-faint">{until(time, now)}</span>
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function problemsIn(error: Error | null) {
  const fields = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const of = (path: string) => fields.find((field) => field.path === path)?.message;
  return { cron: of("cron"), time_zone: of("time_zone"), any: error !== null };
}
