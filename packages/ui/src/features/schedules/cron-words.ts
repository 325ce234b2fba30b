/**
 * A cron text in words, for the rhythms that people mostly write: `0 2 * * *` → `every day at 02:00`. Whatever else it says stays as it
 * is written: half a sentence would be worse than none.
 */
export function cronWords(cron: string): string {
  const text = cron.trim().replace(/\s+/gu, " ");
  const fields = (NICKNAMES[text.toLowerCase()] ?? text).split(" ");
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = fields;
  const time = timeWords(minute, hour);
  const days = more.length > 0 ? undefined : dayWords(day, month, weekday);
  if (time === undefined || days === undefined) return text;
  // What comes all day long says so by itself.
  if (time.kind === "interval") return days === "every day" ? time.words : `${time.words}, ${days}`;
  return `${days} ${time.words}`;
}

const NICKNAMES: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

interface TimeWords {
  readonly kind: "moment" | "interval";
  readonly words: string;
}

function timeWords(minute: string, hour: string): TimeWords | undefined {
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  if (minutes !== undefined && hours !== undefined) {
    const times = hours.flatMap((h) => minutes.map((m) => `${two(h)}:${two(m)}`));
    return times.length > 4 ? undefined : { kind: "moment", words: `at ${listed(times)}` };
  }
  if (minutes !== undefined) return everyHours(minutes, hour);
  const span = spanWords(hour);
  const steps = minute === "*" ? 1 : stepOf(minute);
  if (span === undefined || steps === undefined || 60 % steps !== 0) return undefined;
  return { kind: "interval", words: `every ${steps === 1 ? "minute" : `${steps} minutes`}${span}` };
}

/** `0 *`: every hour; `15 *`: at a quarter past; `0 0-23/6` and the like only where the day holds a whole number of them. */
function everyHours(minutes: readonly number[], hour: string): TimeWords | undefined {
  const [only, ...others] = minutes;
  if (only === undefined || others.length > 0) return undefined;
  const at = only === 0 ? "on the hour" : `at ${only} ${only === 1 ? "minute" : "minutes"} past`;
  const step = stepOf(hour);
  if (hour === "*" || step === 1)
    return { kind: "interval", words: only === 0 ? "every hour" : `every hour ${at}` };
  if (step !== undefined && 24 % step === 0)
    return { kind: "interval", words: only === 0 ? `every ${step} hours` : `every ${step} hours, ${at}` };
  const range = rangeOf(hour, 0, 23);
  return range === undefined
    ? undefined
    : { kind: "interval", words: `every hour ${at} from ${two(range[0])} to ${two(range[1])}` };
}

/** Which hours of the day something comes in all the time. */
function spanWords(hour: string): string | undefined {
  if (hour === "*") return "";
  const range = rangeOf(hour, 0, 23);
  if (range !== undefined) return ` from ${two(range[0])}:00 to ${two(range[1])}:59`;
  const [only, ...others] = numbers(hour, 0, 23) ?? [];
  if (only === undefined || others.length > 0) return undefined;
  return ` from ${two(only)}:00 to ${two(only)}:59`;
}

function dayWords(day: string, month: string, weekday: string): string | undefined {
  const months = month === "*" ? "" : monthWords(month);
  if (months === undefined) return undefined;
  if (day === "*" && weekday === "*") return months === "" ? "every day" : `every day in ${months}`;
  // Day of month and day of week together mean either: nobody says that in a few words.
  if (day !== "*" && weekday !== "*") return undefined;
  const days = day === "*" ? weekdayWords(weekday) : monthDayWords(day, months);
  if (days === undefined || months === "" || day !== "*") return days;
  return `${days} in ${months}`;
}

function monthDayWords(day: string, months: string): string | undefined {
  const of = months === "" ? "of the month" : `of ${months}`;
  if (day.toUpperCase() === "L") return `on the last day ${of}`;
  const days = numbers(day, 1, 31);
  if (days === undefined || days.length > 5) return undefined;
  return `on the ${listed(days.map(ordinal))} ${of}`;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

function monthWords(month: string): string | undefined {
  const months = numbers(numbered(month, MONTHS, 1), 1, 12);
  return months === undefined ? undefined : listed(months.map((each) => MONTHS[each - 1] ?? ""));
}

function weekdayWords(weekday: string): string | undefined {
  const text = numbered(weekday, WEEKDAYS, 0);
  if (text === "1-5") return "on working days";
  const found = numbers(text, 0, 7)?.map((each) => each % 7);
  const days =
    found === undefined ? undefined : [...new Set(found)].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  if (days === undefined) return undefined;
  if (days.length === 7) return "every day";
  if (days.length === 2 && days.join() === "6,0") return "on weekends";
  return days.length === 1
    ? `every ${WEEKDAYS[days[0] ?? 0]}`
    : `on ${listed(days.map((each) => WEEKDAYS[each] ?? ""))}`;
}

/** `MON-FRI` → `1-5`. */
function numbered(text: string, names: readonly string[], first: number): string {
  return text.replace(/[A-Za-z]+/gu, (word) => {
    const at = names.findIndex((name) => name.slice(0, 3).toLowerCase() === word.toLowerCase());
    return at < 0 ? word : String(at + first);
  });
}

/** The numbers of a list of numbers and ranges; undefined for anything else. */
function numbers(text: string, least: number, most: number): readonly number[] | undefined {
  const parts = text.split(",").map((part) => rangeOf(part, least, most) ?? single(part, least, most));
  if (parts.some((part) => part === undefined)) return undefined;
  const all = parts.flatMap((part) => {
    const [from = 0, to = from] = part ?? [];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(all)].sort((a, b) => a - b);
}

function single(text: string, least: number, most: number): readonly [number] | undefined {
  const value = Number(text);
  return /^\d{1,2}$/u.test(text) && value >= least && value <= most ? [value] : undefined;
}

function rangeOf(text: string, least: number, most: number): readonly [number, number] | undefined {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  const ends = [Number(from), Number(to)] as const;
  return from !== undefined && ends[0] >= least && ends[0] < ends[1] && ends[1] <= most ? ends : undefined;
}

/** `*∕5` → 5. */
function stepOf(text: string): number | undefined {
  const [, step] = /^\*\/(\d{1,2})$/u.exec(text) ?? [];
  return step === undefined || Number(step) === 0 ? undefined : Number(step);
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

const two = (value: number) => String(value).padStart(2, "0");
