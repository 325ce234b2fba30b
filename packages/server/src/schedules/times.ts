import { Cron } from "croner";
import type { FieldProblem } from "../contract/index.ts";

/** When something is due: five fields of cron, read in a time zone. */
export interface Rhythm {
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * The next `count` times after `after`, in epoch milliseconds; fewer when there are no more. A time that a zone skips comes right after
 * the gap, and one that a zone has twice comes once; what comes every so many minutes keeps coming.
 */
export function timesAfter(rhythm: Rhythm, after: number, count: number): readonly number[] {
  return cronOf(rhythm)
    .nextRuns(count, new Date(after))
    .map((date) => date.getTime());
}

/** The next time after `after`; null: there is none. */
export function timeAfter(rhythm: Rhythm, after: number): number | null {
  return timesAfter(rhythm, after, 1)[0] ?? null;
}

/** Times that came after `after`, up to `until`: at most `limit` of them, the earliest first. */
export function timesBetween(
  rhythm: Rhythm,
  { after, until, limit }: { readonly after: number; readonly until: number; readonly limit: number },
): readonly number[] {
  const times: number[] = [];
  for (let next = timeAfter(rhythm, after); next !== null && next <= until; next = timeAfter(rhythm, next)) {
    times.push(next);
    if (times.length === limit) break;
  }
  return times;
}

/** What keeps a cron text or a time zone from being used. */
export function rhythmProblems({ cron, timeZone }: Rhythm, now: number): readonly FieldProblem[] {
  const zone = timeZoneProblems(timeZone);
  const pattern = cronProblem(cron, now);
  return pattern === undefined ? zone : [{ path: "cron", message: `cron ${pattern}` }, ...zone];
}

const NICKNAMES = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];

function cronProblem(cron: string, now: number): string | undefined {
  const text = cron.trim();
  if (text.startsWith("@"))
    return NICKNAMES.includes(text.toLowerCase()) ? undefined : `knows ${NICKNAMES.join(", ")}, not ${text}.`;
  const fields = text === "" ? 0 : text.split(/\s+/u).length;
  if (fields !== 5)
    return `must have five fields: minute, hour, day of month, month and day of week (0 2 * * * is every day at 02:00). This has ${fields}${fields === 6 ? ": seconds cannot be told" : ""}.`;
  try {
    return timeAfter({ cron, timeZone: "UTC" }, now) === null ? "never comes." : undefined;
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

/** The library's words without its own name. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/^\w+: /u, "");
  return reason.endsWith(".") ? reason : `${reason}.`;
}

function timeZoneProblems(timeZone: string): readonly FieldProblem[] {
  if (isTimeZone(timeZone)) return [];
  const message = `time_zone ${JSON.stringify(timeZone)} is no time zone. Give an IANA name, for instance Europe/Berlin or UTC.`;
  return [{ path: "time_zone", message }];
}

function isTimeZone(name: string): boolean {
  // Offsets are refused: they know nothing of summer time.
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    // The one way in which Intl tells that it does not know a zone.
    return false;
  }
}

function cronOf({ cron, timeZone }: Rhythm): Cron {
  return new Cron(cron.trim(), {
    timezone: timeZone,
    mode: "5-part",
    fixedTimeRule: "no-wildcard",
    paused: true,
  });
}
