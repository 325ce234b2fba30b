import type {
  NewSchedule,
  Schedule,
  ScheduleChange,
  SchedulePreview,
  Submitted,
} from "@clone-xs/server/contract";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, got } from "./api.ts";
import { json } from "./client.ts";

/** The key that everything about schedules begins with. */
export const everySchedule = ["schedules"] as const;

/** Closely while one has a run, else often enough for what starts by itself. */
export const schedules = queryOptions({
  queryKey: [...everySchedule, "list"],
  queryFn: ({ signal }) => got(api.GET("/api/schedules", { signal })),
  refetchInterval: ({ state }) => (state.data?.schedules.some(isUnderWay) ? 1_000 : 5_000),
});

export const scheduleOf = (id: string) =>
  queryOptions({
    queryKey: [...everySchedule, "one", id],
    queryFn: ({ signal }) => got(api.GET("/api/schedules/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? 1_000 : 5_000),
  });

function isUnderWay({ last }: Pick<Schedule, "last">): boolean {
  return last !== null && last.completed_at === null;
}

/** What a rhythm comes to, while it is typed: an error says what is wrong with it. */
export const previewOf = (cron: string, timeZone: string) =>
  queryOptions({
    queryKey: [...everySchedule, "preview", cron, timeZone],
    queryFn: ({ signal }) =>
      json<SchedulePreview>("/api/schedules/preview", {
        method: "POST",
        body: { cron, ...(timeZone === "" ? {} : { time_zone: timeZone }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });

const at = (id: string, rest = "") => `/api/schedules/${encodeURIComponent(id)}${rest}`;

export function addSchedule(body: NewSchedule): Promise<Schedule> {
  return json<Schedule>("/api/schedules", { method: "POST", body });
}

export interface ScheduleChangeCall {
  readonly id: string;
  readonly change: ScheduleChange;
}

export function changeSchedule({ id, change }: ScheduleChangeCall): Promise<Schedule> {
  return json<Schedule>(at(id), { method: "PATCH", body: change });
}

export async function deleteSchedule(id: string): Promise<void> {
  await json(at(id), { method: "DELETE" });
}

export function runSchedule(id: string): Promise<Submitted> {
  return json<Submitted>(at(id, "/run"), { method: "POST" });
}
