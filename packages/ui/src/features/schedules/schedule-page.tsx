import type { ScheduleDetail } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { changeSchedule, deleteSchedule, everySchedule, scheduleOf } from "../../api/schedules.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { plural } from "../../format.ts";
import {
  changingSchedule,
  pausingSchedule,
  removingSchedule,
  resumingSchedule,
  runningSchedule,
} from "../../equivalents/schedules.ts";
import { cronWords } from "./cron-words.ts";
import { FiringTable } from "./firing-table.tsx";
import { Crumb } from "./new-schedule-page.tsx";
import { RunNow } from "./run-now.tsx";
import { draftOfSchedule } from "./schedule-draft.ts";
import { ScheduleForm } from "./schedule-form.tsx";
import { PauseSwitch } from "./schedules-page.tsx";
import { NextTimes } from "./when-fields.tsx";

/** `/schedules/{id}`: one schedule, when it comes next, and how it went. */
export function SchedulePage() {
  const { id } = useParams({ from: "/schedules/$id" });
  const { data, error, refetch } = useQuery(scheduleOf(id));
  return (
    <div>
      <Crumb />
      {data !== undefined ? (
        <ScheduleView schedule={data} />
      ) : error !== null ? (
        <>
          <PageHead title="Schedule" />
          <ErrorNotice error={error} retry={() => void refetch()} />
        </>
      ) : (
        <>
          <PageHead title="Schedule" />
          <SkeletonRows rows={6} label="Loading the schedule" />
        </>
      )}
    </div>
  );
}

function ScheduleView({ schedule }: { schedule: ScheduleDetail }) {
  const [editing, edit] = useState(false);
  const [deleting, remove] = useState(false);
  const client = useQueryClient();
  const { id, name } = schedule;
  if (editing)
    return (
      <>
        <PageHead title={`Change ${name}`} />
        <ScheduleForm
          label={`Change ${name}`}
          initial={draftOfSchedule(schedule)}
          save={(change) => changeSchedule({ id, change })}
          onSaved={async () => {
            await client.invalidateQueries({ queryKey: everySchedule });
            edit(false);
          }}
          onCancel={() => edit(false)}
          meansOf={(body) => changingSchedule(id, name, body)}
        />
      </>
    );
  return (
    <>
      <PageHead title={name}>
        <PauseSwitch schedule={schedule} />
        <RunNow id={id} name={name} />
        <Button needs="operator" onClick={() => edit(true)}>
          Change
        </Button>
        <Button needs="operator" look="danger" onClick={() => remove(true)}>
          Delete
        </Button>
      </PageHead>
      <div className="space-y-6">
        <div className="grid gap-x-8 gap-y-5 md:grid-cols-[minmax(0,1fr)_17rem]">
          <Facts schedule={schedule} />
          <div>
            <p className="label mb-1">{schedule.enabled ? "Next times" : "Paused: it comes no more"}</p>
            <NextTimes times={schedule.next_runs} zone={schedule.time_zone} />
            <p className="mt-1 text-small text-ink-faint">{schedule.time_zone}</p>
          </div>
        </div>
        <Section title="History">
          <FiringTable firings={schedule.history} zone={schedule.time_zone} />
        </Section>
        <div className="space-y-1">
          <ByOtherMeans label="Run it by other means" means={runningSchedule(id, name)} />
          <ByOtherMeans
            label={schedule.enabled ? "Pause it by other means" : "Resume it by other means"}
            means={schedule.enabled ? pausingSchedule(id, name) : resumingSchedule(id, name)}
          />
        </div>
      </div>
      {deleting && <Deletion schedule={schedule} onClose={() => remove(false)} />}
    </>
  );
}

const DOES: Record<ScheduleDetail["kind"], string> = {
  clone: "Clones",
  drift_check: "Looks for drift",
  verify: "Verifies",
};

function Facts({ schedule }: { schedule: ScheduleDetail }) {
  const { cron, kind, source_catalog, destination_catalog, targets, retries, notify, request } = schedule;
  const words = cronWords(cron);
  const { source_catalog: _, destination_catalog: __, target_workspace: ___, ...options } = request;
  return (
    <dl className="content-start divide-y divide-line rounded border border-line bg-surface">
      <Fact name={DOES[kind]}>
        <Pair source={source_catalog} destination={destination_catalog} />
        {targets.length > 0 && <span className="ml-2 text-ink-soft">to {targets.join(", ")}</span>}
      </Fact>
      <Fact name="When">
        {words !== cron && <span className="mr-2">{words}</span>}
        <span className="name text-ink-soft">{cron}</span>
      </Fact>
      {Object.keys(options).length > 0 && (
        <Fact name="With">
          <span className="name text-small">
            {Object.entries(options)
              .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
              .join(" · ")}
          </span>
        </Fact>
      )}
      <Fact name="Fails">
        {retries.max === 0
          ? "It is not tried again."
          : `It is gone on with up to ${plural(retries.max, "time")}, after ${retries.backoff_seconds} s at first.`}
      </Fact>
      <Fact name="Overlaps">
        {schedule.overlap === "skip" ? "The later one is left out." : "The later one waits."}
      </Fact>
      <Fact name="Missed">
        {schedule.missed === "run_once" ? "One run makes up for it." : "It is left out."}
      </Fact>
      <Fact name="Tells">
        {notify.channels.length === 0
          ? "Those who are told of all runs."
          : `${notify.channels.join(", ")}: ${notify.events.join(", ").replaceAll("_", " ")}`}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 px-3 py-1.5">
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function Deletion({ schedule: { id, name }, onClose }: { schedule: ScheduleDetail; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { send, sent, error } = useOnce(deleteSchedule, async () => {
    await navigate({ to: "/schedules" });
    await client.invalidateQueries({ queryKey: everySchedule });
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete the schedule ${name}?`}
      note="It comes no more, and its history goes with it. Its runs and what they cloned stay."
    >
      {error !== null && (
        <div className="mb-3">
          <ErrorNotice error={error} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" disabled={sent} onClick={() => send(id)}>
          {sent ? "Deleting…" : "Yes, delete it"}
        </Button>
        <Button disabled={sent} onClick={onClose}>
          Keep it
        </Button>
      </div>
      <div className="mt-4">
        <ByOtherMeans means={removingSchedule(id, name)} />
      </div>
    </Dialog>
  );
}
