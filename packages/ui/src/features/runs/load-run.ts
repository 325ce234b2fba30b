import type { QueryClient } from "@tanstack/react-query";
import { objectsOf, standingOf } from "../../api/runs.ts";

/** Asks at once for what a run's page shows first, which it would otherwise ask for one after another. Failures are told where it is shown. */
export function loadRun(client: QueryClient, id: string): void {
  void client.prefetchQuery(standingOf(id));
  void client.prefetchQuery(objectsOf(id, {}, 0));
}
