import { existsSync } from "node:fs";
import { join } from "node:path";
import { runDirectory } from "@clone-xs/clone";
import { openRunStore, type RunStore, runListItem, type RunEntry } from "@clone-xs/server";
import { homeOf } from "../../connection/home.ts";
import { isHolderAlive } from "../../runs/this-process.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { runsText, unfinishedText } from "../../views/human/runs.ts";
import { summaryText } from "../../views/human/summary.ts";
import type { OutputOptions } from "../options.ts";
import { unknownRun } from "./unknown-run.ts";

export type ShowOptions = OutputOptions<"human" | "json">;

export interface ListOptions extends ShowOptions {
  readonly limit: number;
  readonly status?: string;
  readonly source?: string;
  readonly dest?: string;
}

/** `clxs runs list`: exit 0, also when there are none. */
export function listRuns(options: ListOptions, surroundings: Surroundings): ExitCode {
  const runs = withStore(surroundings, (store) => found(store, options)) ?? [];
  print(options, surroundings, runs.map(runListItem), () => runsText(runs, isHolderAlive));
  return ExitCode.done;
}

/** `clxs runs show`: the run's summary, or how it stands while there is none. Exit 2 for an id that is not known. */
export function showRun(id: string, options: ShowOptions, surroundings: Surroundings): ExitCode {
  const run = withStore(surroundings, (store) => store.get(id));
  if (run === undefined) throw unknownRun(id);
  const file = join(runDirectory(homeOf(surroundings), id), "summary.json");
  const human = () =>
    run.result === null ? unfinishedText(run, isHolderAlive) : summaryText(run.result, file);
  print(options, surroundings, run.result ?? runListItem(run), human);
  return ExitCode.done;
}

/** `clxs runs logs`: the lines as they were written. */
export function runLogs(id: string, options: ShowOptions, surroundings: Surroundings): ExitCode {
  const lines = withStore(surroundings, (store) =>
    store.get(id) === undefined ? undefined : store.logs(id),
  );
  if (lines === undefined) throw unknownRun(id);
  print(options, surroundings, lines, () => lines.join("\n"));
  return ExitCode.done;
}

/** `undefined` where nothing ever ran: looking makes no directory. */
function withStore<Result>(
  surroundings: Surroundings,
  read: (store: RunStore) => Result,
): Result | undefined {
  const home = homeOf(surroundings);
  if (!existsSync(join(home, "runs.db"))) return undefined;
  const store = openRunStore(home, "reader");
  try {
    return read(store);
  } finally {
    store.close();
  }
}

/** Runs that match, page by page until there are enough of them. */
function found(store: RunStore, { limit, status, source, dest }: ListOptions): readonly RunEntry[] {
  const matches = ({ state, facts }: RunEntry) =>
    (status === undefined || state === status) &&
    same(source, facts.sourceCatalog) &&
    same(dest, facts.destinationCatalog);
  const runs: RunEntry[] = [];
  let page = store.list({ limit: PAGE });
  while (page.length > 0 && runs.length < limit) {
    runs.push(...page.filter(matches));
    const last = page.at(-1);
    page = last === undefined || page.length < PAGE ? [] : store.list({ limit: PAGE, before: last.id });
  }
  return runs.slice(0, limit);
}

const PAGE = 200;

function same(wanted: string | undefined, catalog: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === catalog.toLowerCase();
}

function print({ output }: ShowOptions, { out }: Surroundings, document: unknown, human: () => string): void {
  out.write(output === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${human()}\n`);
}
