import type {
  CloneRequestWire,
  KeptPlan,
  KeptPlanDetail,
  PlanCheckResult,
  Submitted,
} from "@clone-xs/server/contract";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call, json, send } from "./client.ts";

const at = (id: string, rest = "") => `/api/plans/${encodeURIComponent(id)}${rest}`;

/** The key that all queries of plans begin with. */
export const everyPlan = ["plans"] as const;

export const keptPlans = (limit = 100) =>
  queryOptions({
    queryKey: [...everyPlan, "list", limit],
    queryFn: ({ signal }) => json<KeptPlan[]>(`/api/plans?limit=${limit}`, { signal }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });

export const keptPlanOf = (id: string) =>
  queryOptions({
    queryKey: [...everyPlan, id],
    queryFn: ({ signal }) => json<KeptPlanDetail>(at(id), { signal }),
  });

export interface KeepPlanCall {
  readonly name?: string;
  readonly request: CloneRequestWire;
}

export function keepPlan(body: KeepPlanCall): Promise<KeptPlan> {
  return json<KeptPlan>("/api/plans", { method: "POST", body });
}

/** Keeps the plan that a file holds, under the file's name. The server judges what is in it. */
export async function openPlan(file: File): Promise<KeptPlan> {
  const name = file.name
    .replace(/\.json$/iu, "")
    .slice(0, 200)
    .trim();
  const query = name === "" ? "" : `?name=${encodeURIComponent(name)}`;
  const headers = { "content-type": "application/json" };
  const answer = await send(
    new Request(`/api/plans/open${query}`, { method: "POST", headers, body: await file.arrayBuffer() }),
  );
  return (await answer.json()) as KeptPlan;
}

export function checkPlan(id: string): Promise<PlanCheckResult> {
  return json<PlanCheckResult>(at(id, "/check"), { method: "POST" });
}

export interface ReviewCall {
  readonly id: string;
  readonly verdict: "approved" | "rejected";
  readonly note: string;
}

export function reviewPlan({ id, ...body }: ReviewCall): Promise<KeptPlan> {
  return json<KeptPlan>(at(id, "/review"), { method: "POST", body });
}

export function applyPlan(id: string): Promise<Submitted> {
  return json<Submitted>(at(id, "/apply"), { method: "POST" });
}

export async function deletePlan(id: string): Promise<void> {
  await call(at(id), { method: "DELETE" });
}

export const planDocumentPath = (id: string) => at(id, "/document");
