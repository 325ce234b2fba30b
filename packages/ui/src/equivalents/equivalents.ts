/** One action by the other front ends, ready to paste. Nothing in them is secret. */
export interface Equivalents {
  readonly cli: string;
  /** Present where the action has a configuration file. */
  readonly yaml?: string;
  readonly curl: string;
}

export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** The call as `curl` makes it against this server. `needsToken`: it asks for one, which the shell holds. */
export function curlOf(
  { method, path, body }: ApiCall,
  { origin, needsToken }: { readonly origin: string; readonly needsToken: boolean },
): string {
  return [
    `curl -X ${method} ${quoted(`${origin}${path}`)}`,
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'"]),
    ...(needsToken ? ['-H "Authorization: Bearer $CLXS_TOKEN"'] : []),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(" \\\n  ");
}

/** For a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
