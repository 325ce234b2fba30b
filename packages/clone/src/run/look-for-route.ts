import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { findRoute } from "../route/find-route.ts";
import { routeNames } from "../route/names.ts";
import { findOpened } from "../route/open-route.ts";
import type { OpenedRoute } from "../route/route-operation.ts";
import type { Run } from "./open-run.ts";

/**
 * The route that stands between both ends when a plan needs none, as every copy is what its source is: whoever looks at the run sees what
 * the next one will use. Changes nothing, and never throws: a run that has nothing to do does not fail by it.
 */
export async function lookForRoute({ steps }: ClonePlan, run: Run): Promise<OpenedRoute | undefined> {
  const { request, ports, runId, emit } = run;
  if (steps.some(({ kind }) => kind === "route")) return undefined;
  const log = (level: "info" | "warn", line: string) => emit({ type: "log", level, line });
  try {
    const route = await findRoute(request, ports);
    if (route.kind !== "sharing") return undefined;
    const { tuple } = route;
    const tell = (line: string) => log("info", line);
    return await findOpened({ ...routeNames(tuple), tuple }, { ...ports, runId, tell });
  } catch (error) {
    if (!(error instanceof WorkspaceError) && !(error instanceof CloneError)) throw error;
    log("warn", `Whether a share is there for the next clone is not known: ${error.message.split("\n")[0]}`);
    return undefined;
  }
}
