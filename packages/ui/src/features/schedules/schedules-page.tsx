import type { Schedule } from "@clone-xs/server/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { changeSchedule, everySchedule, schedules } from "../../api/schedules.ts";
import { LinkFor } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { Switch } from "../../components/switch.tsx";
import { cronWords } from "./cron-words.ts";
import { Marks } from "./marks.tsx";
import { momentIn, until } from "./moments.ts";
import { RunNow } from "./run-now.tsx";

/** `/schedules`: what starts by itself, when next, and how it went. */
export function SchedulesPage() {
  const { data, error, refetch } = useQuery(schedules);
  return (
    <div>
      <PageHead title="Schedules" note="Clones, drift checks and verifications that start by themselves.">
        <LinkFor needs="operator" name="New schedule">
          <Link to="/schedules/new" className={PRIMARY}>
            New schedule
          </Link>
        </LinkFor>
      </PageHead>
      {data === undefined ? (
        error === null ? (
          <SkeletonRows rows={4} label="Loading schedules" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.schedules.length === 0 ? (
        <Empty
          action={
            <LinkFor needs="operator" name="Make the first one">
              <Link to="/schedules/new" className={PLAIN}>
                Make the first one
              </Link>
            </LinkFor>
          }
        >
          Nothing starts by itself. A schedule clones, looks for drift or verifies at its times.
        </Empty>
      ) : (
        <ul aria-label="Schedules" className="divide-y divide-line rounded border border-line bg-surface">
          {data.schedules.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} />
          ))}
        </ul>
      )}
    </div>
  );
}

const PRIMARY =
  "inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong";
const PLAIN =
  "inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium text-ink hover:border-ink-soft";

const KINDS: Record<Schedule["kind"], string> = {
  clone: "clone",
  drift_check: "drift check",
  verify: "verification",
};

function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const { id, name, kind, cron, source_catalog, destination_catalog, targets, recent } = schedule;
  const words = cronWords(cron);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-2.5 md:grid-cols-[minmax(0,1fr)_20rem_5.5rem_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            to="/schedules/$id"
            params={{ id }}
            className="rounded font-medium wrap-anywhere underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
          >
            {name}
          </Link>
          <span className="text-small text-ink-soft">{KINDS[kind]}</span>
        </p>
        <p className="text-small text-ink-soft">
          <Pair source={source_catalog} destination={destination_catalog} />
          {targets.length > 0 && <span className="ml-2">to {targets.join(", ")}</span>}
        </p>
      </div>
      <div className="min-w-0 max-md:order-3 max-md:col-span-2">
        <p className="text-small">
          {words !== cron && <>{words} </>}
          <span className="name whitespace-nowrap text-ink-faint">{cron}</span>
        </p>
        <Next schedule={schedule} />
      </div>
      <div className="max-md:order-4 max-md:col-span-2">
        <Marks firings={recent} />
      </div>
      <div className="flex items-center gap-3 max-md:order-2">
        <RunNow id={id} name={name} />
        <PauseSwitch schedule={schedule} />
      </div>
    </li>
  );
}

/** On the schedule's own clock, which is the one that its cron is read by. */
export function Next({ schedule: { next_run_at, time_zone, enabled } }: { schedule: Schedule }) {
  if (!enabled) return <p className="text-small text-ink-faint">paused</p>;
  if (next_run_at === null) return <p className="text-small text-ink-faint">no time left</p>;
  const now = Date.now();
  return (
    <p className="figure text-small text-ink-soft">
      <time dateTime={next_run_at}>{momentIn(next_run_at, time_zone, now)}</time>{" "}
      <span className="text-ink-faint">
        {time_zone} · <span className="whitespace-nowrap">{until(next_run_at, now)}</span>
      </span>
    </p>
  );
}

/** Pauses a schedule, or lets it go on, at once. */
export function PauseSwitch({ schedule: { id, name, enabled } }: { schedule: Schedule }) {
  const client = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: changeSchedule,
    onSettled: () => client.invalidateQueries({ queryKey: everySchedule }),
  });
  const shown = isPending ? (variables.change.enabled ?? enabled) : enabled;
  return (
    <span
      className="inline-flex items-center"
      title={error?.message ?? (shown ? "On: switch off to pause it" : "Paused")}
    >
      <Switch
        needs="operator"
        label={`${name} is on`}
        on={shown}
        disabled={isPending}
        onChange={(next) => mutate({ id, change: { enabled: next } })}
      />
      {error !== null && <span className="ml-2 text-small text-bad">{error.message}</span>}
    </span>
  );
}
