/**
 * The value between the quotes of a string literal, escapes undone.
 * Source: STRING type of the Databricks SQL reference; `\uXXXX`, `\UXXXXXXXX` and octal `\ooo` as Spark's parser has them;
 * a doubled quote is one quote.
 */
export function unescapeString(inner: string, quote: string): string {
  if (!inner.includes("\\") && !inner.includes(quote)) return inner;
  return inner.replace(ESCAPE, (whole) => {
    if (whole === "''" || whole === '""') return whole[0] === quote ? quote : whole;
    return escapeValue(whole);
  });
}

const ESCAPE = /''|""|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[01][0-7]{2}|[\s\S])/g;

const SINGLE: Readonly<Record<string, string>> = {
  "0": "\u0000",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\u001a",
  "%": "\\%",
  _: "\\_",
};

function escapeValue(escape: string): string {
  if (escape.length === 2) {
    const character = escape.charAt(1);
    return SINGLE[character] ?? character;
  }
  const kind = escape.charAt(1);
  if (kind !== "u" && kind !== "U") return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
  const code = Number.parseInt(escape.slice(2), 16);
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}
