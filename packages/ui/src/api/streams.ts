import type { StreamPlan, StreamRecord, StreamRequestWire } from "@clone-xs/server/contract";
import { queryOptions } from "@tanstack/react-query";
import { json } from "./client.ts";

const at = encodeURIComponent;
const PATH = "/api/continuous-sync/streams";

/** The key that everything about streams begins with. */
export const everyStream = ["streams"] as const;

/** Where each stream is in its life. Closely while one begins or ends; the workspace's warehouse is not asked. */
export const streams = queryOptions({
  queryKey: [...everyStream, "states"],
  queryFn: ({ signal }) => json<StreamRecord[]>(PATH, { signal }),
  refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 1_000 : 5_000),
});

/** How far each copy is: statements on the warehouse, so only when somebody looks. */
export const streamsInFull = queryOptions({
  queryKey: [...everyStream, "progress"],
  queryFn: ({ signal }) => json<StreamRecord[]>(`${PATH}?refresh=true`, { signal }),
  staleTime: 30_000,
});

/** One stream, with how far its copies are: somebody looks at it. */
export const streamOf = (id: string) =>
  queryOptions({
    queryKey: [...everyStream, id],
    queryFn: ({ signal }) => json<StreamRecord>(`${PATH}/${at(id)}?refresh=true`, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 1_000 : 10_000),
  });

function isMoving({ status }: StreamRecord): boolean {
  return status === "starting" || status === "stopping";
}

export function planStream(request: StreamRequestWire): Promise<StreamPlan> {
  return json<StreamPlan>("/api/continuous-sync/plan", { method: "POST", body: request });
}

export function startStream(request: StreamRequestWire): Promise<StreamRecord> {
  return json<StreamRecord>("/api/continuous-sync/start", { method: "POST", body: request });
}

export function stopStream(id: string): Promise<StreamRecord> {
  return json<StreamRecord>(`${PATH}/${at(id)}/stop`, { method: "POST" });
}

export function restartStream(id: string): Promise<StreamRecord> {
  return json<StreamRecord>(`${PATH}/${at(id)}/restart`, { method: "POST" });
}
