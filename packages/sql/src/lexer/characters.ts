/** Character classes of Databricks SQL, by UTF-16 code. */

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** ASCII letter, digit or underscore: all an unquoted identifier may have. */
export function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

/** Anything above ASCII except spaces: lexed as part of a word, so that the parser can name the whole word it refuses. */
export function isForeignLetter(code: number): boolean {
  return code > 127 && !isSpace(code);
}

export function isSpace(code: number): boolean {
  if (code <= 32) return true;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
