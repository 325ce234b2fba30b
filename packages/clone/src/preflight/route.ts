import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { mountedCatalog } from "../route/mount.ts";
import { recipientOf } from "../route/recipient.ts";
import type { RoutePorts } from "../route/route-ports.ts";
import { shareOf } from "../route/share.ts";
import type { Check } from "./document.ts";

/** What a plan reads its source through, and whether that is there; nothing where no route is opened. */
export async function checkRoute(
  { steps }: ClonePlan,
  ports: Pick<RoutePorts, "source" | "target">,
): Promise<readonly Check[]> {
  const operation = steps.flatMap((step) => (step.operation.kind === "open_route" ? step.operation : []))[0];
  if (operation === undefined) return [];
  const { share, catalog, tables, tuple } = operation;
  const found = (state: Check["state"], message: string): readonly Check[] => [
    { check: "route", state, object: share, message },
  ];
  const through = `${tables.length} ${tables.length === 1 ? "table is" : "tables are"} read through the share ${share}, mounted as ${catalog}`;
  try {
    const parts = [
      await recipientOf(tuple, ports),
      await shareOf(operation, ports),
      await mountedCatalog(operation, ports),
    ];
    return parts.includes(undefined)
      ? found(
          "unknown",
          `${through}, of which the run makes what is missing: that takes CREATE SHARE and CREATE RECIPIENT on the source's metastore, CREATE CATALOG and USE PROVIDER on the target's`,
        )
      : found("pass", `${through}, which are there`);
  } catch (error) {
    if (error instanceof CloneError) return found("block", error.message);
    if (error instanceof WorkspaceError) return found("warn", `${through}; ${error.message.split("\n")[0]}`);
    throw error;
  }
}
