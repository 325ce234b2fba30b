/** A pattern of LIKE … ESCAPE '\' that finds a text anywhere, whatever signs are in it. */
export function like(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;
}
