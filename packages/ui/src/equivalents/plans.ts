import type { CloneRequestWire } from "@clone-xs/server/contract";
import { byRequest } from "./clone.ts";
import type { Means } from "./equivalents.ts";
import { command } from "./shell.ts";

const at = (id: string, rest = "") => `/api/plans/${encodeURIComponent(id)}${rest}`;

/** The name of a plan's file. */
export const planFile = (id: string) => `plan-${id}.json`;

/** Makes a plan and keeps it: on the server, or of the command line as a file. */
export function keepingPlan(request: CloneRequestWire, name?: string): Means {
  const body = { ...(name === undefined ? {} : { name }), request };
  return {
    ...byRequest("plan", request, "--out plan.json"),
    call: { method: "POST", path: "/api/plans", body },
  };
}

/** Keeps a plan that stands in a file. */
export function openingPlan(file: string, name?: string): Means {
  const query = name === undefined ? "" : `?name=${encodeURIComponent(name)}`;
  return { call: { method: "POST", path: `/api/plans/open${query}`, bodyFile: file } };
}

/** The plan as a file. */
export function downloadingPlan(id: string): Means {
  return { call: { method: "GET", path: at(id, "/document"), into: planFile(id) } };
}

/** Whether it can still be carried out. */
export function checkingPlan(id: string): Means {
  return { call: { method: "POST", path: at(id, "/check") } };
}

export interface Review {
  readonly verdict: "approved" | "rejected";
  readonly note?: string;
}

export function reviewingPlan(id: string, review: Review): Means {
  return { call: { method: "POST", path: at(id, "/review"), body: review } };
}

/** Carries a plan out as it was made; of the command line that takes its file. */
export function applyingPlan(id: string): Means {
  return {
    cli: command("clxs apply", [], planFile(id)),
    call: { method: "POST", path: at(id, "/apply") },
  };
}

export function deletingPlan(id: string): Means {
  return { call: { method: "DELETE", path: at(id) } };
}
