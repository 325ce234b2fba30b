import type { PairName, PairOverview } from "../contract/index.ts";
import { grouped } from "./grouped.ts";
import type { Outcome } from "./outcome.ts";
import type { DriftFound, OutcomeStore, PairKey, PairSums } from "./outcome-store.ts";

const DAY_MS = 86_400_000;
/** A copy that no run was about for longer than this is not shown any more. */
const PAIRS_MS = 90 * DAY_MS;
const MOST_PAIRS = 100;
const DRIFT_POINTS = 20;

/** What the outcomes tell of each copy. */
export function pairsOf(
  store: OutcomeStore,
  now: number,
  isKept: (runId: string) => boolean,
): readonly PairOverview[] {
  const since = now - PAIRS_MS;
  const newest = {
    run: byPair(store.newest("run", since)),
    clone: byPair(store.newest("clone", since)),
    known: byPair(store.newest("known", since)),
    inSync: byPair(store.newest("inSync", since)),
  };
  const drift = grouped(store.drift(since, DRIFT_POINTS), keyOf);
  return store.pairs(since, MOST_PAIRS).flatMap((sums) => {
    const key = keyOf(sums);
    const run = newest.run.get(key);
    if (run === undefined) return [];
    const facts = {
      run,
      clone: newest.clone.get(key),
      known: newest.known.get(key),
      inSync: newest.inSync.get(key),
    };
    return [toPair(sums, facts, drift.get(key) ?? [], isKept)];
  });
}

interface PairFacts {
  readonly run: Outcome;
  readonly clone: Outcome | undefined;
  readonly known: Outcome | undefined;
  readonly inSync: Outcome | undefined;
}

/** A clone that failed may have changed anything: what was known before it is known no more. */
function toPair(
  sums: PairSums,
  { run, clone, known, inSync }: PairFacts,
  drift: readonly DriftFound[],
  isKept: (runId: string) => boolean,
): PairOverview {
  const told = known !== undefined && (clone === undefined || known.at >= clone.at) ? known : undefined;
  return {
    ...nameOf(sums),
    last_clone: clone === undefined ? null : toRunOfPair(clone, isKept),
    last_run: toRunOfPair(run, isKept),
    drifted_tables: told?.remaining ?? null,
    drift_seen_at: told === undefined ? null : iso(told.at),
    in_sync_at: inSync === undefined ? null : iso(inSync.at),
    in_part: told?.inPart ?? false,
    runs: sums.runs,
    bytes_copied: sums.bytes,
    drift: drift.map(({ at, found }) => ({ at: iso(at), drifted_tables: found })),
  };
}

/** The same copy when its newest clone was undone: what that clone made known of it is known no more. */
export function undone(pair: PairOverview): PairOverview {
  const { last_clone: clone, last_run: run } = pair;
  if (clone === null) return pair;
  const last_clone = { ...clone, rolled_back: true };
  const last_run = run.job_id === clone.job_id ? last_clone : run;
  return { ...pair, last_clone, last_run, drifted_tables: null, drift_seen_at: null };
}

function toRunOfPair(outcome: Outcome, isKept: (runId: string) => boolean): PairOverview["last_run"] {
  return {
    job_id: outcome.runId,
    kept: isKept(outcome.runId),
    ended: outcome.ended,
    load_type: outcome.loadType,
    dry_run: outcome.dryRun,
    completed_at: iso(outcome.at),
    error: outcome.error,
    residue: outcome.residue,
    rolled_back: false,
  };
}

/** A copy as the API names it. */
export function nameOf({ source, destination, target }: PairKey): PairName {
  return { source_catalog: source, destination_catalog: destination, target: target === "" ? null : target };
}

/** The same for the same copy; names of Unity Catalog have no slash. */
export function keyOf({ source, destination, target }: PairKey): string {
  return [source, destination, target].join("/");
}

function byPair(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  return new Map(outcomes.map((outcome) => [keyOf(outcome), outcome]));
}

export const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
