import type { GuardRecord, StreamRecord } from "@clone-xs/clone";
import type { AttentionItem, PairName, PairOverview, StreamOverview } from "../contract/index.ts";

/** What may want somebody's attention, as it is now. */
export interface Troubles {
  readonly now: number;
  readonly pairs: readonly PairOverview[];
  /** Of processes that have died. */
  readonly guards: readonly GuardRecord[];
  readonly streams: readonly (StreamOverview & Pick<StreamRecord, "trigger_ms">)[];
  readonly schedules: readonly ScheduleTrouble[];
  /** Connections whose credentials no key here opens. */
  readonly unreadable: readonly string[];
  /** Free bytes where the server keeps its state; undefined when that cannot be told. */
  readonly freeBytes: number | undefined;
}

/** A schedule whose last turn did not go as it should. */
export interface ScheduleTrouble {
  readonly id: string;
  readonly name: string;
  readonly kind: "schedule_failed" | "schedule_missed";
  readonly reason: string;
  /** Of its last turn, when there was a run. */
  readonly runId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Worst first, and of those the newest. */
export function attentionOf(troubles: Troubles): readonly AttentionItem[] {
  const items = [
    ...troubles.guards.map(heldGuard),
    ...troubles.pairs.flatMap(ofPair),
    ...troubles.streams.flatMap((stream) => ofStream(stream, troubles.now)),
    ...unsaid(troubles).map(ofSchedule),
    ...troubles.unreadable.map(unreadable),
    ...lowDisk(troubles.freeBytes),
  ];
  const rank = ({ severity }: AttentionItem) => (severity === "bad" ? 0 : 1);
  return items.toSorted((a, b) => rank(a) - rank(b) || (b.since ?? "").localeCompare(a.since ?? ""));
}

/** A run that failed is told of once: with its copy, where the copy's newest clone is that run. */
function unsaid({ schedules, pairs }: Troubles): readonly ScheduleTrouble[] {
  const said = new Set(pairs.map(({ last_clone: clone }) => clone?.job_id));
  return schedules.filter(({ runId }) => runId === null || !said.has(runId));
}

/** A failure hides what it left: one thing to do for each copy. */
function ofPair(pair: PairOverview): AttentionItem[] {
  const { last_clone: clone, drifted_tables: drifted, drift_seen_at: seen } = pair;
  if (clone?.rolled_back) return [];
  if (clone !== null && (clone.ended === "failed" || clone.ended === "partial"))
    return [failedRun(pair, clone)];
  const items: AttentionItem[] = [];
  if (clone !== null && clone.residue > 0) items.push(leftOut(pair, clone));
  if (drifted !== null && drifted > 0) items.push(drift(pair, drifted, seen));
  return items;
}

type RunOfPair = NonNullable<PairOverview["last_clone"]>;

function failedRun(pair: PairOverview, clone: RunOfPair): AttentionItem {
  const name = nameText(pair);
  return {
    ...about(pair, "run_failed", "bad"),
    title: clone.ended === "partial" ? `${name} was cloned in part` : `The clone of ${name} failed`,
    reason: clone.error ?? "It ended without a cause.",
    since: clone.completed_at,
    link: clone.kept ? runLink(clone) : againLink(pair),
    command: clone.kept ? `clxs runs show ${clone.job_id}` : null,
  };
}

function leftOut(pair: PairOverview, clone: RunOfPair): AttentionItem {
  return {
    ...about(pair, "residue", "warn"),
    title: `${nameText(pair)} lacks ${plural(clone.residue, "thing")} of its source`,
    reason: "The last clone could not copy everything; its summary names each with the reason.",
    since: clone.completed_at,
    link: clone.kept ? runLink(clone) : againLink(pair),
    command: clone.kept ? `clxs runs show ${clone.job_id}` : null,
  };
}

function drift(pair: PairOverview, drifted: number, seen: string | null): AttentionItem {
  return {
    ...about(pair, "drift", "warn"),
    title: `${plural(drifted, "table")} of ${nameText(pair)} drifted`,
    reason: "The source has changes that the copy lacks. A SELECTIVE clone copies just those tables.",
    since: seen,
    link: againLink(pair),
    command:
      pair.target === null
        ? `clxs clone --source ${word(pair.source_catalog)} --dest ${word(pair.destination_catalog)} --load-type SELECTIVE`
        : null,
  };
}

function heldGuard(guard: GuardRecord): AttentionItem {
  return {
    id: `guard_held:${guard.id}`,
    kind: "guard_held",
    severity: "bad",
    title:
      guard.kind === "quiesce"
        ? `Privileges on ${guard.quiesce.catalog} are still revoked`
        : `A lease of run ${guard.runId} is still held`,
    reason: `Run ${guard.runId} ended without giving them back. The server tries again every few seconds while it reaches the workspace.`,
    since: new Date(guard.at).toISOString(),
    pair: null,
    link: { label: "Open the run", page: `/runs/${guard.runId}` },
    command: "clxs unlock",
  };
}

/** Behind by more than this many intervals, and by more than this many seconds, a stream does not keep up. */
const LATE_INTERVALS = 20;
const LATE_SECONDS = 600;

function ofStream(stream: Troubles["streams"][number], now: number): AttentionItem[] {
  const { stream_id: id, status, error, lag_seconds: lag, lag_seen_at: seen } = stream;
  const base = {
    pair: {
      source_catalog: stream.source_catalog,
      destination_catalog: stream.destination_catalog,
      target: null,
    },
    link: { label: "Open the stream", page: `/streams/${encodeURIComponent(id)}` },
  };
  if (status === "failed")
    return [
      {
        ...base,
        id: `stream_failed:${id}`,
        kind: "stream_failed",
        severity: "bad",
        title: `Stream ${id} has failed`,
        reason: error ?? "Its run tells no cause.",
        since: null,
        command: `clxs streams restart ${id}`,
      },
    ];
  const bound = Math.max(LATE_SECONDS, (stream.trigger_ms / 1000) * LATE_INTERVALS);
  const isRecent = seen !== null && now - Date.parse(seen) < 3_600_000;
  if (status !== "running" || lag === null || lag <= bound || !isRecent) return [];
  return [
    {
      ...base,
      id: `stream_lag:${id}`,
      kind: "stream_lag",
      severity: "warn",
      title: `Stream ${id} is behind`,
      reason: `Its slowest table lacks changes of ${Math.round(lag / 60)} min.`,
      since: seen,
      command: `clxs streams show ${id}`,
    },
  ];
}

function ofSchedule({ id, name, kind, reason, at }: ScheduleTrouble): AttentionItem {
  return {
    id: `${kind}:${id}`,
    kind,
    severity: kind === "schedule_failed" ? "bad" : "warn",
    title: kind === "schedule_failed" ? `Schedule ${name} failed` : `Schedule ${name} missed a turn`,
    reason,
    since: new Date(at).toISOString(),
    pair: null,
    link: { label: "Open the schedule", page: `/schedules/${encodeURIComponent(id)}` },
    command: null,
  };
}

function unreadable(name: string): AttentionItem {
  return {
    id: `connection_unreadable:${name}`,
    kind: "connection_unreadable",
    severity: "bad",
    title: `The credentials of connection ${name} cannot be read`,
    reason: "They were sealed with a key that is not here any more. Give them again.",
    since: null,
    pair: null,
    link: { label: "Open the connections", page: "/settings" },
    command: null,
  };
}

const LOW_BYTES = 1_000_000_000;

function lowDisk(freeBytes: number | undefined): AttentionItem[] {
  if (freeBytes === undefined || freeBytes >= LOW_BYTES) return [];
  return [
    {
      id: "disk_low",
      kind: "disk_low",
      severity: "bad",
      title: "The server's disk is almost full",
      reason: `${Math.floor(freeBytes / 1_000_000)} MB are left where runs are recorded. Without room no run can begin.`,
      since: null,
      pair: null,
      link: { label: "Open the workspace settings", page: "/settings/workspace" },
      command: null,
    },
  ];
}

function about<Kind extends AttentionItem["kind"]>(
  { source_catalog, destination_catalog, target }: PairOverview,
  kind: Kind,
  severity: AttentionItem["severity"],
) {
  const pair: PairName = { source_catalog, destination_catalog, target };
  return { id: [kind, source_catalog, destination_catalog, target ?? ""].join(":"), kind, severity, pair };
}

function runLink({ job_id }: RunOfPair): AttentionItem["link"] {
  return { label: "Open the run", page: `/runs/${job_id}` };
}

/** To the wizard: with the pair, or as its last run was where that went to another workspace. */
function againLink({
  source_catalog,
  destination_catalog,
  target,
  last_run,
}: PairOverview): AttentionItem["link"] {
  const begin =
    target === null || !last_run.kept
      ? { source: source_catalog, destination: destination_catalog }
      : { from: last_run.job_id };
  const search = new URLSearchParams({ ...begin, load: "SELECTIVE" });
  return { label: "Clone what drifted", page: `/clone?${search}` };
}

/** For a POSIX shell. */
function word(text: string): string {
  return /^[\w.-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function nameText({ source_catalog, destination_catalog, target }: PairName): string {
  return `${source_catalog} → ${destination_catalog}${target === null ? "" : ` on ${target}`}`;
}

function plural(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? "" : "s"}`;
}
