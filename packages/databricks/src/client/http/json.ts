/** What a JavaScript number holds exactly has at most 16 digits. */
const LONG_NUMBER = /\d{16}/u;

/** A string, or a whole number of 16 digits and more; the first keeps digits inside of strings from being taken for the second. */
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/gu;

/**
 * Parses JSON; whole numbers that a JavaScript number would round become their digits as text: ids of the service are 64-bit. Throws as
 * JSON.parse does.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(LONG_NUMBER.test(text) ? text.replace(STRING_OR_LONG_INTEGER, exact) : text);
}

function exact(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}

/** JSON of plain data; a bigint is a number with all its digits. */
export function jsonText(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`).join(",")}}`;
}
