import { quoteText } from "../translate/quote.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { STRING } from "../types/types.ts";

/** Where Unicode has letters that become several in upper case: Latin, Greek, Armenian, ligatures. Source: SpecialCasing.txt. */
const RANGES: readonly (readonly [from: number, to: number])[] = [
  [0xdf, 0xdf],
  [0x149, 0x1f0],
  [0x390, 0x3b0],
  [0x587, 0x587],
  [0x1e96, 0x1e9a],
  [0x1f50, 0x1ffc],
  [0xfb00, 0xfb17],
];

const GROWING = RANGES.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
).filter((letter) => letter.toUpperCase().length > 1);

/** Upper case as Java's: `straße` becomes `STRASSE`, where the engine maps letter by letter. */
export function upper(value: Typed): Typed {
  const sql = once([value], (s) => {
    const spelled = GROWING.reduce(
      (text, letter) => `replace(${text}, ${quoteText(letter)}, ${quoteText(letter.toUpperCase())})`,
      s,
    );
    return `upper(CASE WHEN regexp_matches(${s}, ${quoteText(`[${GROWING.join("")}]`)}) THEN ${spelled} ELSE ${s} END)`;
  });
  return typed(sql, STRING);
}
