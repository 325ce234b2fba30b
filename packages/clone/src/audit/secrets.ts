/**
 * What must never stand in a table that others read: tokens of Databricks, bearer tokens, signatures and keys in addresses, and
 * passwords beside their names. Messages of servers quote requests, and requests may hold them.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\bdapi[0-9a-f]{32}(?:-\d+)?\b/giu, "[secret]"],
  [/\b(?:dose|dkea)[0-9a-f]{32}\b/giu, "[secret]"],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/gu, "[secret]"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/giu, "$1 [secret]"],
  [
    /([?&](?:sig|signature|x-amz-(?:signature|credential|security-token)|token|code)=)[^&\s"']+/giu,
    "$1[secret]",
  ],
  [
    /\b((?:client_?secret|password|passwd|secret|access_?key|api_?key|token)["']?\s*[:=]\s*["']?)[^\s"',;)}]+/giu,
    "$1[secret]",
  ],
  [/(:\/\/[^\s:/@]+:)[^\s@/]+@/gu, "$1[secret]@"],
];

/** The same text with every secret that can be recognised taken out. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
