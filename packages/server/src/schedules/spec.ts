import { nameProblems } from "../connections/details.ts";
import type { TargetBook, TargetedRequest } from "../connections/target-book.ts";
import type { FieldProblem, NewSchedule, ScheduleKind } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest } from "../validation.ts";
import type { ScheduleSpec } from "./schedule.ts";
import { rhythmProblems } from "./times.ts";

type Wire = Readonly<Record<string, unknown>>;

export interface SpecOptions {
  readonly targetBook: Pick<TargetBook, "read">;
  /** Names of the notification channels that there are. */
  readonly channels: readonly string[];
  /** Of schedules that name none. */
  readonly timeZone: string;
  readonly now: number;
}

/** What a schedule has when nothing is said. */
const SCHEDULE_DEFAULTS = {
  kind: "clone",
  enabled: true,
  retries: { max: 0, backoff_seconds: 60 },
  notify: { channels: [], events: ["run_failed", "schedule_missed"] },
  overlap: "skip",
  missed: "run_once",
} as const;

/** Reads a whole schedule. Throws INVALID_REQUEST that names every field which cannot be used. */
export async function readSpec(body: NewSchedule, options: SpecOptions): Promise<ScheduleSpec> {
  const { name, cron, request, kind = SCHEDULE_DEFAULTS.kind } = body;
  const { overlap = SCHEDULE_DEFAULTS.overlap, missed = SCHEDULE_DEFAULTS.missed } = body;
  const { retries = SCHEDULE_DEFAULTS.retries, notify = SCHEDULE_DEFAULTS.notify } = body;
  const timeZone = body.time_zone ?? options.timeZone;
  const problems = [
    ...nameProblems(name),
    ...rhythmProblems({ cron, timeZone }, options.now),
    ...channelProblems(notify.channels, options.channels),
  ];
  const read = await readRequest(kind, request, options.targetBook);
  if (!("sourceCatalog" in read)) problems.push(...read.problems);
  if (problems.length > 0 || !("sourceCatalog" in read)) throw invalidRequest(problems);
  return {
    name,
    cron: cron.trim().replace(/\s+/gu, " "),
    timeZone,
    kind,
    request,
    ...read,
    retries: { max: retries.max, backoffSeconds: retries.backoff_seconds },
    notify: { channels: [...notify.channels], events: [...notify.events] },
    overlap,
    missed,
  };
}

/** The request that a schedule submits: a drift check looks for what has drifted, and changes nothing. */
export function requestFor(kind: ScheduleKind, request: Wire): Wire {
  return kind === "drift_check" ? { ...request, load_type: "SELECTIVE", dry_run: true } : request;
}

type ReadRequest =
  | Pick<ScheduleSpec, "sourceCatalog" | "destinationCatalog" | "targets">
  | { readonly problems: readonly FieldProblem[] };

async function readRequest(
  kind: ScheduleKind,
  request: Wire,
  targetBook: Pick<TargetBook, "read">,
): Promise<ReadRequest> {
  const asked = requestFor(kind, request);
  try {
    const read = await targetBook.read(asked);
    const problems = [...inlineProblems(asked, read), ...verifyProblems(kind, read)];
    if (problems.length > 0) return { problems };
    const { sourceCatalog, destinationCatalog } = read.request;
    const [only, ...others] = read.targets;
    return {
      sourceCatalog,
      destinationCatalog:
        only !== undefined && others.length === 0 ? only.destinationCatalog : destinationCatalog,
      targets: read.targets.map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== "INVALID_REQUEST") throw error;
    return { problems: error.fields.map(inRequest) };
  }
}

function inRequest({ path, message, ...rest }: FieldProblem): FieldProblem {
  return { ...rest, path: path === "" ? "request" : `request.${path}`, message };
}

/** Credentials that came with a request live as long as its run; a schedule outlives its runs. */
function inlineProblems(request: Wire, { given }: Pick<TargetedRequest, "given">): readonly FieldProblem[] {
  if (given.size === 0) return [];
  const path = request["target_workspace"] == null ? "target_workspaces" : "target_workspace";
  const message = `request.${path} says itself how to sign in, and a schedule keeps no credentials. Save the connection (Settings on the page, POST /api/connections, or clxs config connections add) and give its name.`;
  return [{ path: `request.${path}`, message }];
}

function verifyProblems(kind: ScheduleKind, { targets }: TargetedRequest): readonly FieldProblem[] {
  if (kind !== "verify" || targets.length < 2) return [];
  const message = `One target is verified at a time, and the request names ${targets.length}: make a schedule for each.`;
  return [{ path: "request.target_workspaces", message }];
}

function channelProblems(wanted: readonly string[], channels: readonly string[]): readonly FieldProblem[] {
  return wanted.flatMap((name, at) =>
    channels.includes(name)
      ? []
      : [
          {
            path: `notify.channels[${at}]`,
            message: `There is no notification channel ${name}. Add it first (Settings on the page, POST /api/notifications, or clxs config notifications add).`,
          },
        ],
  );
}
