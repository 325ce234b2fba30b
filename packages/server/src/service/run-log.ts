import type { RunObserver } from "../runs/queue.ts";
import type { ServerLog } from "./log.ts";

/** Tells the server's log of the start and the end of each run. What happens within is in the run's own log. */
export function runLog(log: ServerLog): Required<Pick<RunObserver, "started" | "ended">> {
  return {
    started: ({ id, facts, startedAt, createdAt }) =>
      log.line("info", `Run ${id} begins: ${facts.sourceCatalog} → ${facts.destinationCatalog}`, {
        run: id,
        source_catalog: facts.sourceCatalog,
        destination_catalog: facts.destinationCatalog,
        waited_ms: Math.max(0, (startedAt ?? createdAt) - createdAt),
      }),
    ended: ({ id, state, startedAt, completedAt, outcome, error }) =>
      log.line(
        state === "failed" ? "warn" : "info",
        state === "queued" ? `Run ${id} waits for another try` : `Run ${id} ended: ${state}`,
        {
          run: id,
          status: state,
          outcome: outcome?.status,
          ms: startedAt === null || completedAt === null ? undefined : completedAt - startedAt,
          error: error ?? undefined,
        },
      ),
  };
}

/** Tells several what one is told. */
export function observers(...all: readonly RunObserver[]): Required<RunObserver> {
  return {
    started: (run) => all.forEach(({ started }) => started?.(run)),
    event: (event) => all.forEach(({ event: tell }) => tell?.(event)),
    ended: (run) => all.forEach(({ ended }) => ended?.(run)),
  };
}
