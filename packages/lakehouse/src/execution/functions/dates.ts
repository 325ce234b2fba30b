import { cast, coerce } from "../translate/casts.ts";
import { quoteText } from "../translate/quote.ts";
import { raise } from "../translate/raise.ts";
import { once, text, type Typed, typed } from "../translate/typed.ts";
import { typeText } from "../types/text.ts";
import {
  DATE,
  DOUBLE,
  INT,
  isDateTime,
  isPrimitive,
  isString,
  LONG,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../types/types.ts";
import { pattern } from "./date-patterns.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Dates and timestamps. The session's time zone is UTC. */
export const DATES: FunctionFamily = {
  current_date: scalar(0, 0, (site) => coerce(now(site), DATE)),
  curdate: scalar(0, 0, (site) => coerce(now(site), DATE)),
  current_timestamp: scalar(0, 0, now),
  now: scalar(0, 0, now),
  current_timezone: scalar(0, 0, () => text("UTC")),
  date: scalar(1, 1, (site) => coerce(arg(site, 0), DATE)),
  timestamp: scalar(1, 1, (site) => coerce(arg(site, 0), TIMESTAMP)),
  year: part("year"),
  quarter: part("quarter"),
  month: part("month"),
  day: part("day"),
  dayofmonth: part("day"),
  dayofyear: part("dayofyear"),
  weekofyear: part("week"),
  hour: part("hour"),
  minute: part("minute"),
  second: part("second"),
  extract: field(),
  date_part: field(),
  datepart: field(),
  dayofweek: scalar(1, 1, (site) => typed(`CAST(dayofweek(${moment(site).sql}) + 1 AS INTEGER)`, INT)),
  weekday: scalar(1, 1, (site) => typed(`CAST(isodow(${moment(site).sql}) - 1 AS INTEGER)`, INT)),
  date_add: scalar(2, 3, (site) => (site.args.length === 3 ? addUnits(site) : addDays(site, "+"))),
  dateadd: scalar(2, 3, (site) => (site.args.length === 3 ? addUnits(site) : addDays(site, "+"))),
  timestampadd: scalar(3, 3, addUnits),
  date_sub: scalar(2, 2, (site) => addDays(site, "-")),
  datediff: scalar(2, 3, (site) => (site.args.length === 3 ? unitsBetween(site) : daysBetween(site))),
  date_diff: scalar(2, 3, (site) => (site.args.length === 3 ? unitsBetween(site) : daysBetween(site))),
  timestampdiff: scalar(3, 3, unitsBetween),
  add_months: scalar(2, 2, (site) =>
    typed(`CAST(${date(site, 0).sql} + to_months(${coerce(arg(site, 1), INT).sql}) AS DATE)`, DATE),
  ),
  last_day: scalar(1, 1, (site) => typed(`last_day(${date(site, 0).sql})`, DATE)),
  trunc: scalar(2, 2, (site) => {
    const unit = TRUNCATIONS[literal(site, 1).toLowerCase()];
    if (unit === undefined || !["year", "quarter", "month", "week"].includes(unit))
      throw site.unsupported(`unit ${literal(site, 1)}`);
    return typed(`CAST(date_trunc('${unit}', ${date(site, 0).sql}) AS DATE)`, DATE);
  }),
  date_trunc: scalar(2, 2, (site) => {
    const unit = TRUNCATIONS[literal(site, 0).toLowerCase()];
    if (unit === undefined) throw site.unsupported(`unit ${literal(site, 0)}`);
    const value = isPrimitive(arg(site, 1).type, "timestamp_ntz")
      ? arg(site, 1)
      : coerce(arg(site, 1), TIMESTAMP);
    return typed(`date_trunc('${unit}', ${value.sql})`, value.type);
  }),
  make_date: scalar(3, 3, (site) => {
    const parts = site.args.map((value) => coerce(value, INT).sql);
    return typed(`make_date(${parts.join(", ")})`, DATE);
  }),
  to_date: scalar(1, 2, (site) => {
    if (site.args.length > 1) literal(site, 1);
    if (site.args.length === 1 || !isString(arg(site, 0).type)) return coerce(arg(site, 0), DATE);
    return coerce(parsed(site), DATE);
  }),
  to_timestamp: scalar(1, 2, (site) => {
    if (site.args.length > 1) literal(site, 1);
    if (site.args.length === 1 || !isString(arg(site, 0).type)) return coerce(arg(site, 0), TIMESTAMP);
    return coerce(parsed(site), TIMESTAMP);
  }),
  try_to_timestamp: scalar(1, 2, (site) =>
    cast(site.args.length === 1 ? arg(site, 0) : parsed(site, true), TIMESTAMP, "try"),
  ),
  try_to_date: scalar(1, 2, (site) =>
    cast(site.args.length === 1 ? arg(site, 0) : parsed(site, true), DATE, "try"),
  ),
  date_format: scalar(2, 2, (site) => {
    const { format } = pattern(literal(site, 1), site);
    return typed(`strftime(CAST(${timestamp(site, 0).sql} AS TIMESTAMP), ${quoteText(format)})`, STRING);
  }),
  unix_timestamp: scalar(0, 2, unixSeconds),
  to_unix_timestamp: scalar(1, 2, unixSeconds),
  from_unixtime: scalar(1, 2, (site) => {
    const { format } = pattern(site.args.length > 1 ? literal(site, 1) : "yyyy-MM-dd HH:mm:ss", site);
    return typed(
      `strftime(CAST(to_timestamp(${coerce(arg(site, 0), LONG).sql}) AS TIMESTAMP), ${quoteText(format)})`,
      STRING,
    );
  }),
  timestamp_seconds: scalar(1, 1, (site) =>
    typed(`to_timestamp(${coerce(arg(site, 0), DOUBLE).sql})`, TIMESTAMP),
  ),
  timestamp_millis: scalar(1, 1, (site) =>
    typed(`make_timestamptz(${coerce(arg(site, 0), LONG).sql} * 1000)`, TIMESTAMP),
  ),
  timestamp_micros: scalar(1, 1, (site) =>
    typed(`make_timestamptz(${coerce(arg(site, 0), LONG).sql})`, TIMESTAMP),
  ),
  unix_seconds: scalar(1, 1, (site) =>
    typed(`CAST(floor(epoch_us(${timestamp(site, 0).sql}) / 1000000) AS BIGINT)`, LONG),
  ),
  unix_millis: scalar(1, 1, (site) =>
    typed(`CAST(floor(epoch_us(${timestamp(site, 0).sql}) / 1000) AS BIGINT)`, LONG),
  ),
  unix_micros: scalar(1, 1, (site) => typed(`epoch_us(${timestamp(site, 0).sql})`, LONG)),
  unix_date: scalar(1, 1, (site) => typed(`CAST(${date(site, 0).sql} - DATE '1970-01-01' AS INTEGER)`, INT)),
  date_from_unix_date: scalar(1, 1, (site) =>
    typed(`CAST(DATE '1970-01-01' + ${coerce(arg(site, 0), INT).sql} AS DATE)`, DATE),
  ),
};

/** One moment for the whole statement. */
function now(site: CallSite): Typed {
  return {
    ...typed(`make_timestamptz(${site.environment.session.now * 1000}::BIGINT)`, TIMESTAMP),
    simple: true,
  };
}

function literal(site: CallSite, index: number): string {
  const { type, literal: value } = arg(site, index);
  if (!isString(type))
    throw site.mismatch(
      `A format or unit requires the "STRING" type, however it has the type "${typeText(type)}".`,
    );
  if (value === undefined) throw site.unsupported("a format or unit that is no string literal");
  return value;
}

function date(site: CallSite, index: number): Typed {
  return coerce(arg(site, index), DATE);
}

/** TIMESTAMP, or TIMESTAMP_NTZ as it is. */
function timestamp(site: CallSite, index: number): Typed {
  const value = arg(site, index);
  return isPrimitive(value.type, "timestamp_ntz") ? value : coerce(value, TIMESTAMP);
}

function moment(site: CallSite, index = 0): Typed {
  const value = arg(site, index);
  if (isDateTime(value.type)) return value;
  if (isString(value.type)) return coerce(value, TIMESTAMP);
  throw site.mismatch(
    `The first parameter requires the "DATE" type, however it has the type "${typeText(value.type)}".`,
  );
}

function part(unit: string) {
  return scalar(1, 1, (site) => typed(`CAST(date_part('${unit}', ${moment(site).sql}) AS INTEGER)`, INT));
}

const FIELDS: Readonly<Record<string, string>> = {
  YEAR: "year",
  YEARS: "year",
  QUARTER: "quarter",
  MONTH: "month",
  MONTHS: "month",
  WEEK: "week",
  DAY: "day",
  DAYS: "day",
  DOY: "dayofyear",
  HOUR: "hour",
  HOURS: "hour",
  MINUTE: "minute",
  MINUTES: "minute",
};

/** EXTRACT(DAY FROM x), date_part('DAY', x). */
function field() {
  return scalar(2, 2, (site) => {
    const name = FIELDS[literal(site, 0).toUpperCase()];
    if (name === undefined) throw site.unsupported(`field ${literal(site, 0)}`);
    return typed(`CAST(date_part('${name}', ${moment(site, 1).sql}) AS INTEGER)`, INT);
  });
}

function addDays(site: CallSite, sign: "+" | "-"): Typed {
  return typed(`CAST(${date(site, 0).sql} ${sign} ${coerce(arg(site, 1), INT).sql} AS DATE)`, DATE);
}

const UNITS: Readonly<Record<string, { readonly maker: string; readonly date: boolean }>> = {
  YEAR: { maker: "to_years", date: true },
  QUARTER: { maker: "to_quarters", date: true },
  MONTH: { maker: "to_months", date: true },
  WEEK: { maker: "to_weeks", date: true },
  DAY: { maker: "to_days", date: true },
  DAYOFYEAR: { maker: "to_days", date: true },
  HOUR: { maker: "to_hours", date: false },
  MINUTE: { maker: "to_minutes", date: false },
  SECOND: { maker: "to_seconds", date: false },
  MILLISECOND: { maker: "to_milliseconds", date: false },
  MICROSECOND: { maker: "to_microseconds", date: false },
};

/** The unit word before the first comma: `dateadd(DAY, 1, d)`. */
function unit(site: CallSite): string {
  const node = site.call.arguments[0]?.value;
  const word =
    node?.kind === "column" ? node.name.parts[0]?.text : node?.kind === "string" ? node.value : undefined;
  if (word === undefined) throw site.unsupported("a unit that is no word");
  return word.toUpperCase();
}

/** A date stays a date for whole days, as in Databricks' dateadd. */
function addUnits(site: CallSite): Typed {
  const found = UNITS[unit(site)];
  if (found === undefined) throw site.unsupported(`unit ${unit(site)}`);
  const amount = coerce(arg(site, 1), INT).sql;
  const value = moment(site, 2);
  const sum = `${value.sql} + ${found.maker}(${amount})`;
  if (isPrimitive(value.type, "date")) return typed(`CAST(${sum} AS TIMESTAMPTZ)`, TIMESTAMP);
  return typed(`(${sum})`, value.type);
}

function daysBetween(site: CallSite): Typed {
  return typed(`CAST(${date(site, 0).sql} - ${date(site, 1).sql} AS INTEGER)`, INT);
}

/** Whole units from the second argument to the third. */
function unitsBetween(site: CallSite): Typed {
  const name = unit(site);
  if (!(name in UNITS) || name === "DAYOFYEAR") throw site.unsupported(`unit ${name}`);
  const [from, to] = [coerce(arg(site, 1), TIMESTAMP), coerce(arg(site, 2), TIMESTAMP)];
  const months = MONTHS[name];
  if (months === undefined) return typed(`date_sub('${name.toLowerCase()}', ${from.sql}, ${to.sql})`, LONG);
  return typed(
    once([from, to], (x, y) => `(${wholeMonths(x, y)} // ${months})`),
    LONG,
  );
}

/** Months that each unit made of months has. */
const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Java's reckoning: a month is whole when day and time of day are reached again, also where the month has no such day. DuckDB's date_sub takes its last day for that. */
function wholeMonths(from: string, to: string): string {
  const month = 32n * 86_400_000_000n;
  const place = (at: string) =>
    `((year(${at}) * 12 + month(${at})) * ${month} + epoch_us(${at}) - epoch_us(date_trunc('month', ${at})))`;
  return `((${place(to)} - ${place(from)}) // ${month})`;
}

const TRUNCATIONS: Readonly<Record<string, string>> = {
  year: "year",
  yyyy: "year",
  yy: "year",
  quarter: "quarter",
  month: "month",
  mon: "month",
  mm: "month",
  week: "week",
  day: "day",
  dd: "day",
  hour: "hour",
  minute: "minute",
  second: "second",
  millisecond: "millisecond",
  microsecond: "microsecond",
};

/** A text read by a pattern. Throws CANNOT_PARSE_TIMESTAMP at run time. */
function parsed(site: CallSite, lenient = false): Typed {
  const { format, shape } = pattern(literal(site, 1), site);
  if (!/%[Yy]/.test(format)) throw site.unsupported("a pattern without a year");
  const sql = once([coerce(arg(site, 0), STRING)], (s) => {
    const error = raise("CANNOT_PARSE_TIMESTAMP", "22007", [
      "Text '",
      { sql: s },
      `' could not be parsed by the pattern ${literal(site, 1)}. Use \`try_to_timestamp\` to tolerate invalid input string and return NULL instead.`,
    ]);
    const value = `CASE WHEN regexp_full_match(${s}, ${quoteText(shape)}) THEN try_strptime(${s}, ${quoteText(format)}) END`;
    return lenient ? value : `CASE WHEN ${s} IS NOT NULL THEN coalesce(${value}, ${error}) END`;
  });
  return typed(sql, TIMESTAMP_NTZ);
}

function unixSeconds(site: CallSite): Typed {
  if (site.args.length === 0) return typed(`CAST(floor(epoch(${now(site).sql})) AS BIGINT)`, LONG);
  const value =
    site.args.length > 1 && isString(arg(site, 0).type)
      ? coerce(parsed(site), TIMESTAMP)
      : timestampOrDefault(site);
  return typed(`CAST(floor(epoch(${value.sql})) AS BIGINT)`, LONG);
}

function timestampOrDefault(site: CallSite): Typed {
  if (isString(arg(site, 0).type)) throw site.unsupported("text without a pattern");
  return coerce(arg(site, 0), TIMESTAMP);
}
