import type { ApiCall, Means } from "./equivalents.ts";
import { command } from "./shell.ts";

const at = (id: string, rest = "") => `/api/clone/${encodeURIComponent(id)}${rest}`;

/** A run with its summary. */
export function showingRun(id: string): Means {
  return { cli: command("clxs runs show", [], id), call: { method: "GET", path: at(id) } };
}

/** Ends a run, whoever carries it out; what it had taken is given back. */
export function cancelling(id: string): Means {
  return { cli: command("clxs runs cancel", [], id), call: { method: "DELETE", path: at(id) } };
}

/** Goes on with a run that was interrupted. */
export function resuming(id: string): Means {
  return { cli: command("clxs resume", [], id), call: { method: "POST", path: at(id, "/resume") } };
}

export interface Undoing {
  readonly dry_run?: boolean;
  readonly force?: boolean;
}

/** Takes a run back, or looks what that would do. */
export function rollingBack(id: string, { dry_run = false, force = false }: Undoing = {}): Means {
  const flags = [...(dry_run ? ["--dry-run"] : []), ...(force ? ["--force"] : [])];
  const body = { ...(dry_run ? { dry_run } : {}), ...(force ? { force } : {}) };
  const call: ApiCall = { method: "POST", path: at(id, "/rollback") };
  return {
    cli: command("clxs rollback", flags, id),
    call: Object.keys(body).length === 0 ? call : { ...call, body },
  };
}

/** The plan of a run, as a file for `clxs apply`. */
export function keepingPlanOf(id: string): Means {
  return { call: { method: "GET", path: at(id, "/plan"), into: "plan.json" } };
}

export interface ComparingCopies {
  readonly rows?: "hash" | "count";
  readonly content?: boolean;
  readonly governance?: boolean;
}

/** Begins to compare the copies of a run with their sources; the same address tells how that goes. */
export function comparingCopiesOf(id: string, body: ComparingCopies = {}): Means {
  const call: ApiCall = { method: "POST", path: at(id, "/verify") };
  return { call: Object.keys(body).length === 0 ? call : { ...call, body } };
}

/** The report of a run, as a file. */
export function reportingOn(id: string, format: "html" | "md" | "json" = "html"): Means {
  const file = `clone-xs-${id}.${format}`;
  return { call: { method: "GET", path: at(id, `/report?format=${format}`), into: file } };
}

/** Every line of a run's log. */
export function readingLogOf(id: string): Means {
  return { cli: command("clxs runs logs", [], id), call: { method: "GET", path: at(id, "/logs") } };
}
