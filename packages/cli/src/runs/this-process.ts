import type { RunHolder } from "@clone-xs/clone";
import type { Surroundings } from "../surroundings.ts";

/** This process, as leases and guards name it, and how it tells whether another one of this machine lives. */
export function thisProcess({ hostname }: Pick<Surroundings, "hostname">): Required<RunHolder> {
  return { hostname, pid: process.pid, isAlive };
}

/** Whether another process that a run store names lives. Our own id there is that of a process which had it before us. */
export function isHolderAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  return pid !== process.pid && isAlive(pid);
}

/** A process of another user lives too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
