import type { RunEntry } from "@clone-xs/server";
import { tableText } from "./table.ts";
import { bytes, seconds } from "./words.ts";

const COLUMNS = ["id", "created", "status", "load", "source → destination", "tables", "copied", "took"];

/** Whether the process that has a run lives; its row says that it is running until somebody takes it up. */
type IsAlive = (holder: string) => boolean;

/** Runs as a table; ends without a newline. */
export function runsText(runs: readonly RunEntry[], isAlive: IsAlive): string {
  if (runs.length === 0) return "No runs.";
  const columns = COLUMNS.map((name) => ({ name, typeText: "STRING", typeName: "STRING" }));
  return tableText(
    columns,
    runs.map((run) => rowOf(run, isAlive)),
  );
}

function rowOf(run: RunEntry, isAlive: IsAlive): readonly string[] {
  const { id, state, facts, outcome, createdAt, startedAt, completedAt } = run;
  const took = startedAt === null || completedAt === null ? "" : seconds((completedAt - startedAt) / 1000);
  return [
    id,
    new Date(createdAt).toISOString().slice(0, 19).replace("T", " "),
    `${isDead(run, isAlive) ? "interrupted" : state}${outcome?.status === "partial" ? " (partial)" : ""}${facts.dryRun ? " (dry run)" : ""}`,
    facts.loadType,
    `${facts.sourceCatalog} → ${facts.destinationCatalog}`,
    outcome === null ? "" : String(outcome.tables.success),
    outcome === null ? "" : bytes(outcome.bytes_copied),
    took,
  ];
}

/** A run that has no summary: still under way, or ended before there was one. */
export function unfinishedText(run: RunEntry, isAlive: IsAlive): string {
  const { id, state, facts, progress, error } = run;
  const dead = isDead(run, isAlive);
  const done = progress === null ? "" : `, ${progress.objectsDone} of ${progress.objectsTotal} objects done`;
  return [
    `Run ${id} is ${dead ? "interrupted" : state}: ${facts.sourceCatalog} → ${facts.destinationCatalog}, ${facts.loadType}${done}`,
    ...(dead ? [`  way out    its process is gone; go on with: clxs resume ${id}`] : []),
    ...(error === null ? [] : [`  error      ${error}`]),
  ].join("\n");
}

function isDead({ state, holder }: RunEntry, isAlive: IsAlive): boolean {
  return (state === "running" || state === "cancelling") && holder !== null && !isAlive(holder);
}
