/** A moment on the clock of a time zone: `Tue 24 Nov, 02:00`, with the year when that is not this one's. */
export function momentIn(iso: string, timeZone: string, now: number): string {
  const parts = partsIn(Date.parse(iso), timeZone);
  const year = parts.year === partsIn(now, timeZone).year ? "" : ` ${parts.year}`;
  return `${parts.weekday} ${parts.day} ${parts.month}${year}, ${parts.hour}:${parts.minute}`;
}

function partsIn(at: number, timeZone: string) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { weekday = "", day = "", month = "", year = "", hour = "", minute = "" } = parts;
  return { weekday, day, month, year, hour, minute };
}

/** How long until a moment, in the one unit that matters: `in a moment`, `in 5 min`, `in 3 h`, `in 2 d`. */
export function until(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (seconds < 45) return "in a moment";
  if (seconds < 3570) return `in ${Math.max(1, Math.round(seconds / 60))} min`;
  if (seconds < 84_600) return `in ${Math.round(seconds / 3600)} h`;
  return `in ${Math.round(seconds / 86_400)} d`;
}

/** Every zone that this browser knows. */
export function timeZones(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
