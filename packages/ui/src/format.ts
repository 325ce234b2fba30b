const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** `1536` → `1.5 kB`: decimal units, at most three digits. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** `0.042` → `42 ms`, `4.25` → `4.3 s`, `75` → `1 min 15 s`, `3700` → `1 h 1 min`. */
export function duration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A time in its one largest unit, where there is little room: `90` → `1.5 min`, `7200` → `2 h`. */
export function roughly(seconds: number): string {
  const [size, unit] =
    seconds < 60 ? [1, "s"] : seconds < 3600 ? [60, "min"] : seconds < 86_400 ? [3600, "h"] : [86_400, "d"];
  return `${Math.round((seconds / size) * 10) / 10} ${unit}`;
}

/** `1234567` → `1,234,567`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `plural(1, "table")` → `1 table`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** How long ago, in the one unit that matters: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < 3570) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 84_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** `14:03:09` of the reader's clock. */
export function clock(epochMilliseconds: number): string {
  const time = new Date(epochMilliseconds);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((n) => String(n).padStart(2, "0"))
    .join(":");
}

/** `1.5` → `$1.50`, `0.0004` → `< $0.01`. */
export function usd(value: number): string {
  if (value > 0 && value < 0.01) return "< $0.01";
  return `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 3 })}`;
}
