import type { ClonePlan } from "@clone-xs/clone";
import type { SavedConnection } from "./connections/connection-store.ts";
import type { Connection, RunListItem } from "./contract/index.ts";
import type { Afterwards } from "./runs/afterwards.ts";
import type { RunEntry, StoredRun } from "./runs/store.ts";

/** A stored run as lists and live messages show it. */
export function toListItem(run: RunEntry): RunListItem {
  return {
    job_id: run.id,
    status: run.state,
    source_catalog: run.facts.sourceCatalog,
    destination_catalog: run.facts.destinationCatalog,
    clone_type: run.facts.cloneType,
    load_type: run.facts.loadType,
    dry_run: run.facts.dryRun,
    targets: run.facts.targets.map(({ name, destinationCatalog }) => ({
      name,
      destination_catalog: destinationCatalog,
    })),
    progress: run.progress,
    outcome: run.outcome === null ? null : { ...run.outcome, tables: { ...run.outcome.tables } },
    error: run.error,
    queue_position: run.position,
    schedule: scheduleOf(run),
    created_at: iso(run.createdAt),
    started_at: run.startedAt === null ? null : iso(run.startedAt),
    completed_at: run.completedAt === null ? null : iso(run.completedAt),
  };
}

function scheduleOf({ facts: { schedule } }: RunEntry): RunListItem["schedule"] {
  return schedule === undefined ? null : { id: schedule.id, name: schedule.name, kind: schedule.kind };
}

/** A stored run in full, with what can be done with it and every line of its log. */
export function toRun(run: StoredRun, { rollback, ...can }: Afterwards, logs: string[]) {
  const result = run.result === null ? null : { ...run.result };
  const undone = rollback === null ? null : { ...rollback };
  return {
    ...toListItem(run),
    request: { ...run.request },
    result,
    summary: result,
    ...can,
    rollback: undone,
    logs,
  };
}

/** A saved connection, without its credentials. */
export function toConnection(saved: SavedConnection): Connection {
  const { name, host, method, profile, warehouseId, destinationCatalog, readable } = saved;
  return {
    name,
    host: host ?? null,
    auth_method: method,
    profile: profile ?? null,
    warehouse_id: warehouseId ?? null,
    destination_catalog: destinationCatalog ?? null,
    credentials: method === "profile" ? "profile" : readable ? "kept" : "unreadable",
    created_at: iso(saved.createdAt),
    updated_at: iso(saved.updatedAt),
  };
}

/** A plan as the API answers it. */
export function toPlanView(plan: ClonePlan) {
  return {
    ...plan,
    decisions: plan.decisions.map((decision) => ({ ...decision })),
    steps: plan.steps.map((step) => ({ ...step })),
  };
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
