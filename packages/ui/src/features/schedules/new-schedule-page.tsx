import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useRouterState, useSearch } from "@tanstack/react-router";
import { runOf } from "../../api/queries.ts";
import { addSchedule, everySchedule } from "../../api/schedules.ts";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { addingSchedule } from "../../equivalents/schedules.ts";
import { emptySchedule, type ScheduleDraft, withRequest } from "./schedule-draft.ts";
import { ScheduleForm } from "./schedule-form.tsx";

/** `/schedules/new`: an empty schedule, one of what the wizard holds, or with `?from=` one of an earlier run. */
export function NewSchedulePage() {
  const { from } = useSearch({ from: "/schedules/new" });
  const request = useRouterState({ select: ({ location }) => location.state.request });
  const earlier = useQuery({ ...runOf(from ?? ""), enabled: from !== undefined });
  const begun = from === undefined ? request : earlier.data?.request;
  return (
    <div>
      <Crumb />
      <PageHead
        title="New schedule"
        note={from === undefined ? undefined : `With the request of run ${from}.`}
      />
      {earlier.error !== null ? (
        <ErrorNotice error={earlier.error} retry={() => void earlier.refetch()} />
      ) : from !== undefined && earlier.data === undefined ? (
        <SkeletonRows rows={6} label="Loading the earlier run" />
      ) : (
        <Adding initial={begun === undefined ? emptySchedule : withRequest(emptySchedule, begun)} />
      )}
    </div>
  );
}

/** The way back to the list. */
export function Crumb() {
  return (
    <p className="mb-1 text-small">
      <Link
        to="/schedules"
        className="text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
      >
        Schedules
      </Link>
    </p>
  );
}

function Adding({ initial }: { initial: ScheduleDraft }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <ScheduleForm
      label="New schedule"
      initial={initial}
      save={addSchedule}
      onSaved={async ({ id }) => {
        await client.invalidateQueries({ queryKey: everySchedule });
        await navigate({ to: "/schedules/$id", params: { id } });
      }}
      onCancel={() => void navigate({ to: "/schedules" })}
      meansOf={addingSchedule}
    />
  );
}
