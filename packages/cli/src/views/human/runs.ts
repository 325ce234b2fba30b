import type { StoredRun } from "@clone-xs/server";
import { tableText } from "./table.ts";
import { bytes, seconds } from "./words.ts";

const COLUMNS = ["id", "created", "status", "load", "source → destination", "tables", "copied", "took"];

/** Runs as a table; ends without a newline. */
export function runsText(runs: readonly StoredRun[]): string {
  if (runs.length === 0) return "No runs.";
  const columns = COLUMNS.map((name) => ({ name, typeText: "STRING", typeName: "STRING" }));
  return tableText(columns, runs.map(rowOf));
}

function rowOf({
  id,
  state,
  facts,
  result,
  createdAt,
  startedAt,
  completedAt,
}: StoredRun): readonly string[] {
  const took = startedAt === null || completedAt === null ? "" : seconds((completedAt - startedAt) / 1000);
  return [
    id,
    new Date(createdAt).toISOString().slice(0, 19).replace("T", " "),
    `${state}${result?.status === "partial" ? " (partial)" : ""}${facts.dryRun ? " (dry run)" : ""}`,
    facts.loadType,
    `${facts.sourceCatalog} → ${facts.destinationCatalog}`,
    result === null ? "" : String(result.tables.success),
    result === null ? "" : bytes(result.bytes_copied),
    took,
  ];
}

/** A run that has no summary: still under way, or ended before there was one. */
export function unfinishedText({ id, state, facts, progress, error }: StoredRun): string {
  const done = progress === null ? "" : `, ${progress.objectsDone} of ${progress.objectsTotal} objects done`;
  return [
    `Run ${id} is ${state}: ${facts.sourceCatalog} → ${facts.destinationCatalog}, ${facts.loadType}${done}`,
    ...(error === null ? [] : [`  error      ${error}`]),
  ].join("\n");
}
