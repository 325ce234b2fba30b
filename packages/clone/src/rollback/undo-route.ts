import { closeRoute } from "../route/close-route.ts";
import type { RunPorts } from "../run/run.ts";
import type { UndoRecord } from "./undo-record.ts";

/** Takes down what a run made for the target to read its source, unless something else uses it by now. Throws what the workspaces throw. */
export async function undoRoute(
  { runId, plan }: UndoRecord,
  begun: ReadonlySet<string>,
  ports: RunPorts,
): Promise<void> {
  const tell = (line: string) => ports.emit({ at: ports.clock.now(), type: "log", level: "info", line });
  for (const { id, operation } of plan.steps) {
    if (operation.kind !== "open_route" || !begun.has(id)) continue;
    await closeRoute(operation, { ...ports, runId, tell }, ({ run }) => run === runId);
  }
}
