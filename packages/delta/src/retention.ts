const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = {
  week: 7 * DAY,
  day: DAY,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
  microsecond: 0.001,
};

type Configuration = Readonly<Record<string, string>>;

/** How long removed files are kept. Property `delta.deletedFileRetentionDuration`, a week by default. */
export function deletedFileRetention(configuration: Configuration): number {
  return duration(configuration["delta.deletedFileRetentionDuration"]) ?? 7 * DAY;
}

/** How long commits are kept. Property `delta.logRetentionDuration`, thirty days by default. */
export function logRetention(configuration: Configuration): number {
  return duration(configuration["delta.logRetentionDuration"]) ?? 30 * DAY;
}

/** How long streams' progress is kept. Property `delta.setTransactionRetentionDuration`; for ever by default. */
export function transactionRetention(configuration: Configuration): number | undefined {
  return duration(configuration["delta.setTransactionRetentionDuration"]);
}

/** Milliseconds of an interval such as `interval 1 week 2 days`; `undefined` for anything else. */
function duration(interval: string | undefined): number | undefined {
  const text = (interval ?? "").trim().replace(/^interval\s+/i, "");
  if (!/^(\d+(\.\d+)?\s+[a-z]+\s*)+$/i.test(text)) return undefined;
  let total = 0;
  for (const [, amount, word = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s+([a-z]+)/gi)) {
    const unit = UNITS[word.toLowerCase().replace(/s$/, "")];
    if (unit === undefined) return undefined;
    total += Number(amount) * unit;
  }
  return Math.floor(total);
}
