import type { NewSchedule, Schedule, ScheduleEvent, ScheduleKind } from "@clone-xs/server/contract";

type Wire = Readonly<Record<string, unknown>>;

/** What the controls of a schedule hold. */
export interface ScheduleDraft {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly kind: ScheduleKind;
  readonly source: string;
  readonly destination: string;
  /** The name of a connection; empty: this workspace. Several targets stand among the further keys. */
  readonly target: string;
  readonly loadType: LoadType;
  /** Keys of the request that have no control here: they are kept as they came. */
  readonly further: Wire;
  readonly enabled: boolean;
  readonly retries: number;
  readonly backoffSeconds: number;
  readonly overlap: "skip" | "queue";
  readonly missed: "run_once" | "skip";
  readonly channels: readonly string[];
  readonly events: readonly ScheduleEvent[];
}

type LoadType = "FULL" | "INCREMENTAL" | "SELECTIVE";

/** A clone every night that copies what has drifted. */
export const emptySchedule: ScheduleDraft = {
  name: "",
  cron: "0 2 * * *",
  timeZone: "",
  kind: "clone",
  source: "",
  destination: "",
  target: "",
  loadType: "SELECTIVE",
  further: {},
  enabled: true,
  retries: 2,
  backoffSeconds: 60,
  overlap: "skip",
  missed: "run_once",
  channels: [],
  events: ["run_failed", "schedule_missed"],
};

/** The schedule of a draft, as it is saved. */
export function toBody(draft: ScheduleDraft): NewSchedule {
  const { name, cron, timeZone, kind, enabled, retries, backoffSeconds, overlap, missed } = draft;
  return {
    name: name.trim(),
    cron: cron.trim(),
    ...(timeZone === "" ? {} : { time_zone: timeZone }),
    kind,
    request: toScheduledRequest(draft),
    enabled,
    retries: { max: retries, backoff_seconds: backoffSeconds },
    notify: { channels: [...draft.channels], events: [...draft.events] },
    overlap,
    missed,
  };
}

function toScheduledRequest({ kind, source, destination, target, loadType, further }: ScheduleDraft) {
  return {
    source_catalog: source,
    destination_catalog: destination,
    ...(target === "" ? {} : { target_workspace: target }),
    // A drift check looks for what has drifted, and a verification at what there is.
    ...(kind !== "clone" || loadType === "FULL" ? {} : { load_type: loadType }),
    ...further,
  };
}

/** The draft of a saved schedule. */
export function draftOfSchedule(schedule: Schedule): ScheduleDraft {
  const { name, cron, time_zone, kind, request, enabled, retries, overlap, missed, notify } = schedule;
  return {
    ...withRequest(emptySchedule, request),
    name,
    cron,
    timeZone: time_zone,
    kind,
    enabled,
    retries: retries.max,
    backoffSeconds: retries.backoff_seconds,
    overlap,
    missed,
    channels: notify.channels,
    events: notify.events,
  };
}

/** The draft with the request of a run, a plan or the wizard: what it names has controls here, the rest is kept. */
export function withRequest(draft: ScheduleDraft, request: Wire): ScheduleDraft {
  const {
    source_catalog,
    destination_catalog,
    target_workspace,
    load_type,
    dry_run: _,
    ...further
  } = request;
  const named = connectionOf(target_workspace);
  return {
    ...draft,
    source: textOf(source_catalog),
    destination: textOf(destination_catalog),
    loadType: LOADS.find((each) => each === load_type) ?? "FULL",
    target: named ?? "",
    // Whether it was a dry run was of that one time.
    further: {
      ...(named === undefined && target_workspace != null ? { target_workspace } : {}),
      ...further,
    },
  };
}

const LOADS: readonly LoadType[] = ["FULL", "INCREMENTAL", "SELECTIVE"];

/** The connection of a target that says nothing else. */
function connectionOf(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null || !("connection" in target)) return undefined;
  return Object.keys(target).length === 1 ? textOf(target.connection) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What keeps a draft from being saved, the first thing first. */
export function scheduleProblem(draft: ScheduleDraft): string | undefined {
  const { name, cron, source, destination, target, further } = draft;
  const elsewhere = target !== "" || "target_workspace" in further || "target_workspaces" in further;
  if (name.trim() === "") return "Give it a name.";
  if (cron.trim() === "") return "Say when.";
  if (source === "") return "Choose the source catalog.";
  if (destination === "") return "Name the destination catalog.";
  if (!elsewhere && source.toLowerCase() === destination.toLowerCase())
    return "Source and destination are the same catalog.";
  if (!(Number.isInteger(draft.retries) && draft.retries >= 0 && draft.retries <= 5))
    return "Retries are a whole number from 0 to 5.";
  const { backoffSeconds: wait } = draft;
  if (draft.retries > 0 && !(Number.isInteger(wait) && wait >= 1 && wait <= 86_400))
    return "Wait a whole number of seconds before a retry, from 1 to 86400.";
  return undefined;
}

/** What the server said of a field, by the control that holds it. */
export function problemsByControl(
  problems: readonly { readonly path: string; readonly message: string }[],
): Partial<Record<keyof ScheduleDraft, string>> {
  const entries = problems.map(({ path, message }) => [controlOf(path), message] as const);
  return Object.fromEntries(entries.filter(([control]) => control !== undefined).toReversed());
}

const CONTROLS: Readonly<Record<string, keyof ScheduleDraft>> = {
  name: "name",
  cron: "cron",
  time_zone: "timeZone",
  "request.source_catalog": "source",
  "request.destination_catalog": "destination",
  "request.target_workspace": "target",
  "request.load_type": "loadType",
  "retries.max": "retries",
  "retries.backoff_seconds": "backoffSeconds",
  notify: "channels",
};

function controlOf(path: string): keyof ScheduleDraft | undefined {
  return CONTROLS[path] ?? CONTROLS[path.split(/[.[]/u)[0] ?? ""];
}
