import { fileUri, neededFiles, planVacuum, vacuumTable } from "@clone-xs/delta";
import { snapshotOf } from "../execution/catalog/resolve-table.ts";
import { failure } from "../execution/errors.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { STRING } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { writeTarget } from "./target.ts";

const HOUR = 3_600_000;
/** As many paths a DRY RUN lists. Source: Databricks, VACUUM. */
const LISTED = 1000;

/** VACUUM: takes files away that no version within the retention needs, and no shallow clone of this metastore. */
export async function vacuum(work: Work, statement: StatementOf<"vacuum">): Promise<ExecutionResult> {
  const target = writeTarget(work, statement.target, "VACUUM");
  const base = await snapshotOf(target.table, target.parts);
  const hours = statement.retainHours === undefined ? undefined : Number(statement.retainHours);
  if (hours !== undefined && hours < 0)
    throw failure(
      "DELTA_VACUUM_RETENTION_PERIOD_NEGATIVE",
      "22003",
      "The retention period of VACUUM cannot be negative.",
    );
  const request = {
    base,
    ...(hours !== undefined && { retention: Math.floor(hours * HOUR) }),
    keep: await referredTo(work, base.root),
    ...provenance(work),
  };
  if (statement.dryRun) {
    const { files } = await planVacuum(target.table, request);
    return paths(files.slice(0, LISTED).map(({ path }) => fileUri(path)));
  }
  await vacuumTable(target.table, request);
  return paths([target.record?.locationUri ?? fileUri(base.root)]);
}

function paths(found: readonly string[]): ExecutionResult {
  return table(
    [["path", STRING]],
    found.map((path) => [path]),
  );
}

/** Files below a directory that shallow clones read, in any of their versions that can still be read. */
async function referredTo({ context }: Work, root: string): Promise<ReadonlySet<string>> {
  const { metastore, deltaTable } = context;
  const clones = metastore
    .catalogs()
    .flatMap(({ name: catalog }) => metastore.tables({ catalog }))
    .filter(({ tableType }) => tableType.endsWith("SHALLOW_CLONE"));
  const kept = new Set<string>();
  for (const { location } of clones) {
    if (location === undefined || location === root) continue;
    const table = deltaTable(location);
    if (!(await table.exists())) continue;
    for (const place of neededFiles(await table.snapshot(), context.now()))
      if (place.startsWith(`${root}/`)) kept.add(place);
  }
  return kept;
}
