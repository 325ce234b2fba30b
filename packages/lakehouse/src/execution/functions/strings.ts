import { coerce, toText } from "../translate/casts.ts";
import { quoteText } from "../translate/quote.ts";
import { raise } from "../translate/raise.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { array, BINARY, BOOLEAN, INT, isPrimitive, isString, LONG, STRING } from "../types/types.ts";
import { alikeOrFail } from "./alike.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";
import { upper } from "./upper.ts";

/** Text and binary. Regular expressions are RE2's: what only Java's know fails with the engine's message. */
export const STRINGS: FunctionFamily = {
  concat: scalar(0, Number.POSITIVE_INFINITY, concat),
  concat_ws: scalar(1, Number.POSITIVE_INFINITY, concatWithSeparator),
  length: length(),
  len: length(),
  char_length: length(),
  character_length: length(),
  octet_length: scalar(1, 1, (site) => typed(`CAST(octet_length(${binary(site, 0)}) AS INTEGER)`, INT)),
  bit_length: scalar(1, 1, (site) => typed(`CAST(octet_length(${binary(site, 0)}) * 8 AS INTEGER)`, INT)),
  lower: of("lower"),
  lcase: of("lower"),
  upper: scalar(1, 1, (site) => upper(string(site, 0))),
  ucase: scalar(1, 1, (site) => upper(string(site, 0))),
  trim: trimmed("trim"),
  btrim: trimmed("trim"),
  ltrim: trimmed("ltrim", true),
  rtrim: trimmed("rtrim", true),
  substr: scalar(2, 3, substring),
  substring: scalar(2, 3, substring),
  left: scalar(2, 2, (site) =>
    typed(
      once(
        [string(site, 0), int(site, 1)],
        (s, n) => `CASE WHEN ${n} <= 0 AND ${s} IS NOT NULL THEN '' ELSE left(${s}, ${n}) END`,
      ),
      STRING,
    ),
  ),
  right: scalar(2, 2, (site) =>
    typed(
      once(
        [string(site, 0), int(site, 1)],
        (s, n) => `CASE WHEN ${n} <= 0 AND ${s} IS NOT NULL THEN '' ELSE right(${s}, ${n}) END`,
      ),
      STRING,
    ),
  ),
  replace: scalar(2, 3, (site) =>
    typed(
      once(
        [string(site, 0), string(site, 1), ...(site.args.length > 2 ? [string(site, 2)] : [])],
        (s, from, to = "''") => `CASE WHEN ${from} = '' THEN ${s} ELSE replace(${s}, ${from}, ${to}) END`,
      ),
      STRING,
    ),
  ),
  repeat: scalar(2, 2, (site) =>
    typed(`repeat(${string(site, 0).sql}, greatest(${int(site, 1).sql}, 0))`, STRING),
  ),
  reverse: scalar(1, 1, (site) => {
    const value = arg(site, 0);
    if (value.type.kind === "array") return typed(`list_reverse(${value.sql})`, value.type);
    return typed(`reverse(${string(site, 0).sql})`, STRING);
  }),
  lpad: padded("lpad"),
  rpad: padded("rpad"),
  instr: scalar(2, 2, (site) =>
    typed(`CAST(instr(${string(site, 0).sql}, ${string(site, 1).sql}) AS INTEGER)`, INT),
  ),
  locate: scalar(2, 3, locate),
  position: scalar(2, 3, locate),
  charindex: scalar(2, 3, locate),
  startswith: test("starts_with"),
  endswith: test("ends_with"),
  contains: test("contains"),
  split: scalar(2, 2, (site) => {
    const pattern = arg(site, 1).literal;
    if (pattern === undefined || pattern === "")
      throw site.unsupported("a pattern that is no literal, or empty");
    return typed(`string_split_regex(${string(site, 0).sql}, ${quoteText(pattern)})`, array(STRING));
  }),
  split_part: scalar(3, 3, (site) =>
    typed(
      once(
        [string(site, 0), string(site, 1), int(site, 2)],
        (s, d, n) =>
          `CASE WHEN ${n} = 0 THEN ${raise("INVALID_INDEX_OF_ZERO", "22003", ["The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1)."])} ELSE split_part(${s}, ${d}, ${n}) END`,
      ),
      STRING,
    ),
  ),
  substring_index: scalar(3, 3, (site) =>
    typed(
      once([string(site, 0), string(site, 1), int(site, 2)], (s, d, n) => {
        const parts = `string_split(${s}, ${d})`;
        return `CASE WHEN ${n} = 0 OR ${d} = '' THEN '' WHEN ${n} > 0 THEN array_to_string(${parts}[1:${n}], ${d}) ELSE array_to_string(${parts}[greatest(len(${parts}) + ${n} + 1, 1):], ${d}) END`;
      }),
      STRING,
    ),
  ),
  initcap: scalar(1, 1, (site) =>
    typed(
      `array_to_string(list_transform(string_split(lower(${string(site, 0).sql}), ' '), lambda w: upper(left(w, 1)) || substring(w, 2)), ' ')`,
      STRING,
    ),
  ),
  translate: scalar(3, 3, (site) =>
    typed(`translate(${string(site, 0).sql}, ${string(site, 1).sql}, ${string(site, 2).sql})`, STRING),
  ),
  ascii: scalar(1, 1, (site) => typed(`ascii(${string(site, 0).sql})`, INT)),
  chr: character(),
  char: character(),
  space: scalar(1, 1, (site) => typed(`repeat(' ', greatest(${int(site, 0).sql}, 0))`, STRING)),
  regexp_replace: scalar(3, 3, regexpReplace),
  regexp_extract: scalar(2, 3, (site) => {
    const group = site.args[2] === undefined ? "1" : int(site, 2).sql;
    const pattern = literal(site, 1, "a pattern");
    return typed(`regexp_extract(${string(site, 0).sql}, ${quoteText(pattern)}, ${group})`, STRING);
  }),
  regexp_like: matches(),
  regexp: matches(),
  rlike: matches(),
  md5: scalar(1, 1, (site) => typed(`md5(${binary(site, 0)})`, STRING)),
  sha: scalar(1, 1, (site) => typed(`sha1(${binary(site, 0)})`, STRING)),
  sha1: scalar(1, 1, (site) => typed(`sha1(${binary(site, 0)})`, STRING)),
  sha2: scalar(2, 2, (site) => {
    const bits = site.call.arguments[1]?.value;
    if (bits?.kind !== "number" || !["0", "256"].includes(bits.text))
      throw site.unsupported("a size other than 256");
    return typed(`sha256(${binary(site, 0)})`, STRING);
  }),
  base64: scalar(1, 1, (site) => typed(`base64(${binary(site, 0)})`, STRING)),
  unbase64: scalar(1, 1, (site) => typed(`from_base64(${string(site, 0).sql})`, BINARY)),
  unhex: scalar(1, 1, (site) => typed(`unhex(${string(site, 0).sql})`, BINARY)),
  encode: scalar(2, 2, (site) => {
    if (literal(site, 1, "a character set").toUpperCase() !== "UTF-8")
      throw site.unsupported("a character set other than UTF-8");
    return typed(`encode(${string(site, 0).sql})`, BINARY);
  }),
  levenshtein: scalar(2, 2, (site) =>
    typed(`CAST(levenshtein(${string(site, 0).sql}, ${string(site, 1).sql}) AS INTEGER)`, INT),
  ),
  string: scalar(1, 1, (site) => coerce(arg(site, 0), STRING)),
};

function string(site: CallSite, index: number): Typed {
  return coerce(arg(site, index), STRING);
}

function int(site: CallSite, index: number): Typed {
  return coerce(arg(site, index), INT);
}

function binary(site: CallSite, index: number): string {
  const value = arg(site, index);
  return isPrimitive(value.type, "binary") ? value.sql : `encode(${string(site, index).sql})`;
}

function literal(site: CallSite, index: number, what: string): string {
  const value = arg(site, index).literal;
  if (value === undefined) throw site.unsupported(`${what} that is no string literal`);
  return value;
}

function of(name: string) {
  return scalar(1, 1, (site) => typed(`${name}(${string(site, 0).sql})`, STRING));
}

function test(name: string) {
  return scalar(2, 2, (site) => {
    if (isPrimitive(arg(site, 0).type, "binary")) throw site.unsupported("binary");
    return typed(`${name}(${string(site, 0).sql}, ${string(site, 1).sql})`, BOOLEAN);
  });
}

/** NULL when any part is; arrays are joined end to end. */
function concat(site: CallSite): Typed {
  if (site.args.length === 0) return typed("''", STRING);
  if (site.args.some((a) => a.type.kind === "array")) {
    const lists = alikeOrFail(site, site.args);
    const type = lists[0]?.type ?? array(STRING);
    if (site.args.some((a) => a.type.kind !== "array"))
      throw site.mismatch("Input to the function should all be of the ARRAY type.");
    return typed(
      once(
        lists,
        (...names) =>
          `CASE WHEN ${names.map((n) => `${n} IS NULL`).join(" OR ")} THEN NULL ELSE ${names.reduce((a, b) => `list_concat(${a}, ${b})`)} END`,
      ),
      type,
    );
  }
  if (site.args.every((a) => isPrimitive(a.type, "binary")))
    return typed(`(${site.args.map((a) => a.sql).join(" || ")})`, BINARY);
  return typed(`(${site.args.map((_, i) => string(site, i).sql).join(" || ")})`, STRING);
}

/** NULL parts are left out; arrays give their elements. */
function concatWithSeparator(site: CallSite): Typed {
  const [separator, ...parts] = site.args.map((value) =>
    value.type.kind === "array" ? value : typed(toTextOrNull(value), STRING),
  );
  const lists = parts.map((part) =>
    part.type.kind === "array"
      ? `list_filter(${coerce(part, array(STRING)).sql}, lambda e: e IS NOT NULL)`
      : `[${part.sql}]`,
  );
  const joined = lists.reduce((a, b) => `list_concat(${a}, ${b})`, "CAST([] AS VARCHAR[])");
  return typed(
    `CASE WHEN ${separator?.sql} IS NOT NULL THEN coalesce(array_to_string(list_filter(${joined}, lambda e: e IS NOT NULL), ${separator?.sql}), '') END`,
    STRING,
  );
}

function toTextOrNull(value: Typed): string {
  return coerce({ ...value, sql: isString(value.type) ? value.sql : value.sql }, STRING).sql;
}

function length() {
  return scalar(1, 1, (site) => {
    const value = arg(site, 0);
    if (isPrimitive(value.type, "binary")) return typed(`CAST(octet_length(${value.sql}) AS INTEGER)`, INT);
    return typed(`CAST(length(${toText(coerce(value, STRING))}) AS INTEGER)`, INT);
  });
}

/** Only the space, unless told which characters: btrim(s, characters) but ltrim(characters, s). */
function trimmed(name: string, charactersFirst = false) {
  return scalar(1, 2, (site) => {
    if (site.args.length === 1) return typed(`${name}(${string(site, 0).sql}, ' ')`, STRING);
    const [value, characters] = charactersFirst
      ? [string(site, 1), string(site, 0)]
      : [string(site, 0), string(site, 1)];
    return typed(`${name}(${value.sql}, ${characters.sql})`, STRING);
  });
}

/** From 1; 0 means the start too; a negative place counts from the end, and what lies before the start still uses up the length. */
function substring(site: CallSite): Typed {
  const value = arg(site, 0);
  if (isPrimitive(value.type, "binary")) throw site.unsupported("binary");
  const args = [
    string(site, 0),
    coerce(arg(site, 1), LONG),
    ...(site.args[2] === undefined ? [] : [coerce(site.args[2], LONG)]),
  ];
  const sql = once(args, (s, p, l = "2147483647") => {
    const start = `CASE WHEN ${p} > 0 THEN ${p} - 1 WHEN ${p} < 0 THEN length(${s}) + ${p} ELSE 0 END`;
    return `substring(${s}, greatest(${start}, 0) + 1, greatest(greatest(${start} + ${l}, 0) - greatest(${start}, 0), 0))`;
  });
  return typed(sql, STRING);
}

function padded(name: string) {
  return scalar(2, 3, (site) => {
    const fill = site.args[2] === undefined ? "' '" : string(site, 2).sql;
    return typed(
      once(
        [string(site, 0), int(site, 1)],
        (s, n) =>
          `CASE WHEN ${fill} = '' THEN left(${s}, greatest(${n}, 0)) ELSE ${name}(${s}, greatest(${n}, 0), ${fill}) END`,
      ),
      STRING,
    );
  });
}

/** locate(part, text[, from]): 0 when it is not there. */
function locate(site: CallSite): Typed {
  if (site.args.length === 2)
    return typed(`CAST(instr(${string(site, 1).sql}, ${string(site, 0).sql}) AS INTEGER)`, INT);
  return typed(
    once([string(site, 0), string(site, 1), int(site, 2)], (part, s, from) => {
      const found = `instr(substring(${s}, ${from}), ${part})`;
      return `CAST(CASE WHEN ${from} < 1 THEN 0 WHEN ${found} = 0 THEN 0 ELSE ${found} + ${from} - 1 END AS INTEGER)`;
    }),
    INT,
  );
}

function character() {
  return scalar(1, 1, (site) =>
    typed(
      once(
        [coerce(arg(site, 0), LONG)],
        (n) => `CASE WHEN ${n} < 0 THEN '' ELSE chr(CAST(${n} % 256 AS INTEGER)) END`,
      ),
      STRING,
    ),
  );
}

function matches() {
  return scalar(2, 2, (site) =>
    typed(`regexp_matches(${string(site, 0).sql}, ${string(site, 1).sql})`, BOOLEAN),
  );
}

/** All matches. `$1` of Java is `\1` here. */
function regexpReplace(site: CallSite): Typed {
  const pattern = literal(site, 1, "a pattern");
  const replacement = literal(site, 2, "a replacement").replace(
    /\\\$|\$(\d)|\\/g,
    (found, group: string | undefined) => {
      if (found === "\\$") return "$";
      return group === undefined ? "\\\\" : `\\${group}`;
    },
  );
  return typed(
    `regexp_replace(${string(site, 0).sql}, ${quoteText(pattern)}, ${quoteText(replacement)}, 'g')`,
    STRING,
  );
}
