/** `2026-01-31`, `2026-01-31 12:00:00.5`, `2026-01-31T12:00:00Z`, `… +01:00`. */
const MOMENT =
  /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(?: ?(?<zone>Z|[+-]\d\d:?\d\d))?$/iu;

/**
 * Epoch milliseconds of a timestamp as Databricks and ISO 8601 write it; without a zone it is UTC, as in a warehouse's session.
 * `undefined` when it is none.
 */
export function momentOf(text: string): number | undefined {
  const { day, time = "00:00:00", zone = "Z" } = MOMENT.exec(text.trim())?.groups ?? {};
  if (day === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  const isReal = !Number.isNaN(moment) && new Date(Date.parse(day)).toISOString().startsWith(day);
  return isReal ? moment : undefined;
}
