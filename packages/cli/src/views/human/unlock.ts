import type { HoldingRun, Unlocked } from "@clone-xs/clone";
import { counted } from "./words.ts";

/** What `unlock` released, or would, and what it left: a line for each run and one for each thing of it. */
export function unlockText({ released, left }: Unlocked, dryRun: boolean): string {
  const verb = dryRun ? "Would release" : "Released";
  const lines = [
    ...released.flatMap((run) => [`${verb} ${who(run)}:`, ...what(run)]),
    ...left.flatMap((run) => [
      `Left ${who(run)}, which ${run.dead ? "was not asked for" : "seems to be alive"}:`,
      ...what(run),
    ]),
  ];
  return lines.length === 0 ? "Nothing is held." : lines.join("\n");
}

function who({ run, target, hostname, pid, since }: HoldingRun): string {
  const at = target === undefined ? "" : ` at target ${target}`;
  return `run ${run}${at} (process ${pid} on ${hostname}, since ${new Date(since).toISOString()})`;
}

function what({ guards, leases, locks }: HoldingRun): readonly string[] {
  return [
    ...guards.map(
      ({ state }) =>
        `  ${counted(state.revocations.length, "grant")} revoked on ${state.catalog}${state.lifted ? `, ${counted(state.lifted.length, "table")} without masks` : ""}`,
    ),
    ...leases.map(({ resource, mode }) => `  ${mode} lease on ${resource.replace(":", " ")}`),
    ...locks.flatMap((lock) =>
      lock.kind === "lock" ? [`  lock of this machine on ${lock.resource.replace(":", " ")}`] : [],
    ),
  ];
}
