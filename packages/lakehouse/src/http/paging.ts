import { invalidParameter } from "./refusal.ts";

export interface PageQuery {
  readonly max_results?: string;
  readonly page_token?: string;
  /** Gives no items, and a token that goes on from here: as the service does now and then. */
  readonly empty?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next_page_token?: string;
}

/** A part of a list behind a key, and the key of its last item when there is more. */
export interface ListPart<T> {
  readonly items: readonly T[];
  readonly last?: string;
}

/**
 * One page of a list. `max_results` unset is everything at once, 0 the server's own page size, more is capped by it. A token names the last
 * item that was given, so that changes between pages neither skip nor repeat others; before the dot it counts the empty pages.
 */
export function partOf<T>(
  { max_results, page_token = "", empty = false }: PageQuery,
  pageSize: number,
  read: (part: { readonly after: string; readonly limit: number }) => ListPart<T>,
): Page<T> {
  const wanted = max_results === undefined ? undefined : Number(max_results);
  if (wanted !== undefined && (!Number.isInteger(wanted) || wanted < 0))
    throw invalidParameter(`max_results must be a whole number that is not negative, not ${max_results}.`);
  const [, emptyBefore = "0", token = page_token] = /^(\d+)\.(.*)$/su.exec(page_token) ?? [];
  if (empty) return { items: [], next_page_token: `${Number(emptyBefore) + 1}.${token}` };
  const limit =
    wanted === undefined ? Number.MAX_SAFE_INTEGER - 1 : wanted === 0 ? pageSize : Math.min(wanted, pageSize);
  const { items, last } = read({ after: keyOfToken(token), limit });
  return last === undefined ? { items } : { items, next_page_token: Buffer.from(last).toString("base64url") };
}

/** As {@link partOf}, of a list that is there already, in byte order, as the metastore sorts. */
export function pageOf<T>(
  items: readonly T[],
  query: PageQuery,
  { keyOf, pageSize }: { readonly keyOf: (item: T) => string; readonly pageSize: number },
): Page<T> {
  return partOf(query, pageSize, ({ after, limit }) => {
    const key = Buffer.from(after);
    const first = after === "" ? 0 : items.findIndex((item) => Buffer.from(keyOf(item)).compare(key) > 0);
    const rest = first === -1 ? [] : items.slice(first);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return { items: page, ...(last !== undefined && rest.length > limit ? { last: keyOf(last) } : {}) };
  });
}

function keyOfToken(token: string): string {
  if (token === "") return "";
  const key = Buffer.from(token, "base64url");
  if (key.length === 0 || key.toString("base64url") !== token)
    throw invalidParameter(`page_token '${token}' is not one that this list gave.`);
  return key.toString();
}
