const pad = (value: number) => String(value).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `3 Nov`, as the reader's calendar has it. */
export function dayText(at: number): string {
  const day = new Date(at);
  return `${day.getDate()} ${MONTHS[day.getMonth()]}`;
}

/** `14:03`. */
export function minuteText(at: number): string {
  const time = new Date(at);
  return `${pad(time.getHours())}:${pad(time.getMinutes())}`;
}

/** `3 Nov 14:03`. */
export function momentText(at: number): string {
  return `${dayText(at)} ${minuteText(at)}`;
}

/** What an axis over these moments says: minutes within a day, days beyond. */
export function tickFor(moments: readonly { readonly at: number }[]): (at: number) => string {
  const [first, last] = [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0];
  return last - first > 36 * 3_600_000 ? dayText : minuteText;
}
