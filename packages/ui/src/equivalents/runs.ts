import type { ApiCall, Means } from "./equivalents.ts";
import { command } from "./shell.ts";

const at = (id: string, rest = "") => `/api/clone/${encodeURIComponent(id)}${rest}`;

/** A run with its summary. */
export function showingRun(id: string): Means {
  return { cli: command("clxs runs show", [], id), call: { method: "GET", path: at(id) } };
}

/** Ends a run; what it had taken is given back. A run of a command line ends with Ctrl+C there. */
export function cancelling(id: string): Means {
  return { call: { method: "DELETE", path: at(id) } };
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
