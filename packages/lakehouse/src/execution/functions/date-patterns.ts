import type { CallSite } from "./entry.ts";

/** A datetime pattern in DuckDB's terms: for strftime and strptime, and the exact shape a text must have to be read by it. */
export interface Pattern {
  readonly format: string;
  readonly shape: string;
}

const TOKENS: Readonly<Record<string, readonly [format: string, shape: string]>> = {
  yyyy: ["%Y", "[0-9]{4}"],
  y: ["%Y", "[0-9]{4}"],
  yy: ["%y", "[0-9]{2}"],
  MMMM: ["%B", "[A-Za-z]+"],
  MMM: ["%b", "[A-Za-z]{3}"],
  MM: ["%m", "[0-9]{2}"],
  M: ["%-m", "[0-9]{1,2}"],
  dd: ["%d", "[0-9]{2}"],
  d: ["%-d", "[0-9]{1,2}"],
  DDD: ["%j", "[0-9]{3}"],
  EEEE: ["%A", "[A-Za-z]+"],
  EEE: ["%a", "[A-Za-z]{3}"],
  E: ["%a", "[A-Za-z]{3}"],
  HH: ["%H", "[0-9]{2}"],
  H: ["%-H", "[0-9]{1,2}"],
  hh: ["%I", "[0-9]{2}"],
  h: ["%-I", "[0-9]{1,2}"],
  mm: ["%M", "[0-9]{2}"],
  m: ["%-M", "[0-9]{1,2}"],
  ss: ["%S", "[0-9]{2}"],
  s: ["%-S", "[0-9]{1,2}"],
  SSS: ["%g", "[0-9]{3}"],
  SSSSSS: ["%f", "[0-9]{6}"],
  a: ["%p", "[AP]M"],
};

/** Spark's pattern letters, the ones that mean the same in DuckDB. Throws UNSUPPORTED_FEATURE for others. */
export function pattern(text: string, site: CallSite): Pattern {
  if (/[[\]#{}]/.test(text.replaceAll(/'[^']*'/g, "")))
    throw site.unsupported("optional sections of a pattern");
  let format = "";
  let shape = "";
  for (const [found, quoted, letters, other] of [
    ...text.matchAll(/'((?:[^']|'')*)'|(([A-Za-z])\3*)|[^A-Za-z']/g),
  ].map(parts)) {
    if (letters !== undefined) {
      const token = TOKENS[letters];
      if (token === undefined) throw site.unsupported(`pattern letters ${letters}`);
      format += token[0];
      shape += token[1];
    } else {
      const literal =
        quoted === undefined ? (other ?? found) : quoted === "" ? "'" : quoted.replaceAll("''", "'");
      format += literal.replaceAll("%", "%%");
      shape += literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    }
  }
  return { format, shape };
}

function parts(
  match: RegExpExecArray,
): readonly [string, string | undefined, string | undefined, string | undefined] {
  return [
    match[0],
    match[1],
    match[2],
    match[1] === undefined && match[2] === undefined ? match[0] : undefined,
  ];
}
