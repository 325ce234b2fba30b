import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readYaml } from "@clone-xs/clone/config";
import { openScheduleDesk, readAs, type ScheduleBook, SCHEDULES_FILE, ServerError } from "@clone-xs/server";
import { newSchedule, type Schedule, scheduleChange } from "@clone-xs/server/contract";
import { problemLine } from "../../configuration.ts";
import { homeOf, storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { bookOf, withConnections } from "../../targets/targets.ts";
import { UsageError } from "../../usage-error.ts";
import { scheduleText, schedulesText, timesText } from "../../views/human/schedules.ts";
import { cloneWire, withFlags } from "../clone/flags.ts";
import { wireOf } from "../clone/request.ts";
import type { OutputOptions } from "../options.ts";
import { type ScheduleFlags, scheduleWire } from "./flags.ts";

export type ScheduleOptions = OutputOptions<"human" | "json">;

export interface NextOptions extends ScheduleOptions {
  readonly cron?: string;
  readonly timeZone?: string;
}

type Wire = Readonly<Record<string, unknown>>;
type Desk = ReturnType<typeof openScheduleDesk>;

/** `clxs schedules list`: exit 0, also when there are none. */
export async function listSchedules(options: ScheduleOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { schedules } = isThere(surroundings)
    ? await withDesk(surroundings, ({ schedules: book }) => book.list())
    : { schedules: [] };
  print(options, surroundings, { schedules }, () => schedulesText(schedules));
  return ExitCode.done;
}

/** `clxs schedules add`: exit 2 for what cannot be saved. */
export async function addSchedule(
  name: string | undefined,
  options: ScheduleFlags & ScheduleOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const file = await fileOf(options, surroundings);
  const { request: kept, ...said } = file;
  const request = await requestOf(options, isObject(kept) ? kept : undefined, surroundings);
  const asked = { ...said, ...scheduleWire(options), ...policies(options, said), request };
  const named = { ...asked, ...(name === undefined ? {} : { name }) };
  requireWhole(named);
  const saved = await withDesk(surroundings, ({ schedules }) => schedules.add(readAs(newSchedule, named)));
  print(options, surroundings, saved, () => `Schedule ${saved.name} is saved.`);
  tellNext(saved, surroundings);
  return ExitCode.done;
}

/** `clxs schedules change`: what is not said stays; exit 2 for what cannot be. */
export async function changeSchedule(
  name: string,
  options: ScheduleFlags & ScheduleOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const file = await fileOf(options, surroundings);
  const { request: kept, ...said } = file;
  const saved = await withDesk(surroundings, async ({ schedules }) => {
    const before = schedules.get(name);
    const base = isObject(kept) ? kept : before.request;
    const flags = cloneWire(options);
    const request =
      Object.keys(flags).length === 0 && options.config === undefined
        ? base
        : await requestOf(options, base, surroundings);
    const change = {
      ...said,
      ...scheduleWire(options),
      ...policies(options, { ...before, ...said }),
      request,
    };
    return schedules.change(name, readAs(scheduleChange, change));
  });
  print(options, surroundings, saved, () => `Schedule ${saved.name} is changed.`);
  tellNext(saved, surroundings);
  return ExitCode.done;
}

/** `clxs schedules next`: of a schedule, or of a cron text. */
export async function nextTimes(
  name: string | undefined,
  options: NextOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { cron, timeZone } = options;
  if ((name === undefined) === (cron === undefined))
    throw new UsageError("Give the name of a schedule, or a cron text with --cron.");
  const found = await withDesk(surroundings, ({ schedules }) => {
    const saved = name === undefined ? undefined : schedules.get(name);
    return schedules.preview({ cron: saved?.cron ?? cron ?? "", time_zone: timeZone ?? saved?.time_zone });
  });
  print(options, surroundings, found, () => timesText(found));
  return ExitCode.done;
}

type Verb = (name: string, options: ScheduleOptions, surroundings: Surroundings) => Promise<ExitCode>;

const show: Verb = async (name, options, surroundings) => {
  const found = await withDesk(surroundings, ({ schedules }) => schedules.get(name));
  print(options, surroundings, found, () => scheduleText(found));
  return ExitCode.done;
};

function switching(enabled: boolean): Verb {
  return async (name, options, surroundings) => {
    const saved = await withDesk(surroundings, ({ schedules }) => schedules.change(name, { enabled }));
    print(options, surroundings, saved, () => `Schedule ${saved.name} is ${enabled ? "on" : "paused"}.`);
    if (enabled) tellNext(saved, surroundings);
    return ExitCode.done;
  };
}

const remove: Verb = async (name, options, surroundings) => {
  const removed = await withDesk(surroundings, ({ schedules }) => schedules.remove(name));
  const document = { id: removed.id, name: removed.name };
  print(options, surroundings, document, () => `Schedule ${removed.name} is deleted. Its runs stay.`);
  return ExitCode.done;
};

/** How long a server that runs may take to see what was asked for: it looks once a second. */
const TAKEN_WITHIN_MS = 4_000;
const LOOK_MS = 250;

/** Says what became of it: a server has begun the run, or the next one will. */
const runNow: Verb = async (name, options, surroundings) => {
  const { clock, interrupted } = surroundings;
  const asked = await withDesk(surroundings, async (desk) => {
    const { id, runId } = desk.schedules.runNow(name);
    const until = clock.now() + TAKEN_WITHIN_MS;
    let seen = desk.firing(id);
    while (seen?.state === "waiting" && clock.now() < until && !interrupted.aborted) {
      await clock.sleep(LOOK_MS, interrupted).catch(() => undefined);
      seen = desk.firing(id);
    }
    return { job_id: seen?.runId ?? runId ?? "", taken: seen !== undefined && seen.state !== "waiting" };
  });
  print(options, surroundings, asked, () =>
    asked.taken
      ? `Run ${asked.job_id} of schedule ${name} has begun: clxs runs show ${asked.job_id}`
      : `No server runs here: the next one that starts in this home begins run ${asked.job_id} (clxs serve).`,
  );
  return ExitCode.done;
};

/** The commands that are about one schedule. */
export const VERBS_OF_ONE = {
  show,
  pause: switching(false),
  resume: switching(true),
  remove,
  "run-now": runNow,
} as const satisfies Readonly<Record<string, Verb>>;

function isThere(surroundings: Surroundings): boolean {
  return existsSync(join(homeOf(surroundings), SCHEDULES_FILE));
}

/** Opens what is saved for as long as `work` takes. What the store refuses is wrong usage. */
async function withDesk<Result>(
  surroundings: Surroundings,
  work: (desk: Desk) => Result | Promise<Result>,
): Promise<Result> {
  const { clock, random, env } = surroundings;
  const secretKey = env["CLXS_SECRET_KEY"];
  return withConnections(surroundings, async (connections) => {
    const desk = openScheduleDesk({
      storeDirectory: storeDirectory(surroundings),
      ...(secretKey === undefined ? {} : { secretKey }),
      targetBook: bookOf(connections, surroundings),
      clock,
      random,
    });
    try {
      return await work(desk);
    } catch (error) {
      throw usageError(error, desk.schedules);
    } finally {
      desk.close();
    }
  });
}

function usageError(error: unknown, schedules: ScheduleBook): unknown {
  if (!(error instanceof ServerError)) return error;
  if (error.code === "NOT_FOUND") {
    const names = schedules.list().schedules.map(({ name }) => name);
    return new UsageError(`${error.message} There are: ${names.length === 0 ? "none" : names.join(", ")}.`);
  }
  const lines = error.fields.map(({ message }) => withFlags(message));
  return new UsageError(lines.length === 0 ? error.message : lines.join("\n"));
}

/** What the file of a whole schedule says; nothing when none is named. */
async function fileOf({ file }: ScheduleFlags, { cwd }: Surroundings): Promise<Wire> {
  if (file === undefined) return {};
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--file: ${file} cannot be read (${error.message}).`);
  });
  const read = readYaml(text, scheduleChange, () => Object.keys(scheduleChange.shape));
  if (read.ok) return read.value;
  throw new UsageError(read.problems.map((problem) => problemLine(file, problem)).join("\n"));
}

/** What is cloned: what a schedule says already, over it the configuration file, over both the flags. */
async function requestOf(
  options: ScheduleFlags,
  base: Wire | undefined,
  surroundings: Surroundings,
): Promise<Record<string, unknown>> {
  // A schedule that says what it clones is not changed by a clxs.yaml that happens to lie here.
  const asked =
    base !== undefined && options.config === undefined
      ? cloneWire(options)
      : await wireOf(options, surroundings);
  return { ...base, ...asked };
}

/** Settings that are two keys each, of which one may be typed alone. */
function policies({ retries, backoff, notify, notifyOn }: ScheduleFlags, said: Wire): Wire {
  const { max = 0, backoff_seconds: wait = 60 } = (said["retries"] ?? {}) as {
    max?: number;
    backoff_seconds?: number;
  };
  const told = (said["notify"] ?? {}) as { channels?: readonly string[]; events?: readonly string[] };
  const { channels = [], events = ["run_failed", "schedule_missed"] } = told;
  return {
    ...(retries === undefined && backoff === undefined
      ? {}
      : { retries: { max: retries ?? max, backoff_seconds: backoff ?? wait } }),
    ...(notify === undefined && notifyOn === undefined
      ? {}
      : { notify: { channels: notify ?? channels, events: notifyOn ?? events } }),
  };
}

const REQUIRED = { name: "NAME", cron: "--cron" } as const;

function requireWhole(asked: Wire): void {
  const absent = Object.entries(REQUIRED).filter(([key]) => asked[key] === undefined);
  if (absent.length > 0)
    throw new UsageError(`Give ${absent.map(([, flag]) => flag).join(" and ")}, or a --file that says it.`);
}

function tellNext({ next_run_at, time_zone }: Schedule, surroundings: Surroundings): void {
  const when =
    next_run_at === null ? "It does not come by itself." : `It comes next at ${next_run_at} (${time_zone}).`;
  tell(surroundings, `${when} Its runs need a server in this home: clxs serve`);
}

function print(
  { output }: ScheduleOptions,
  { out }: Surroundings,
  document: object,
  human: () => string,
): void {
  out.write(output === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${human()}\n`);
}

function isObject(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
