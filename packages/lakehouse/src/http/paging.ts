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

/**
 * One page of a sorted list. `max_results` unset is everything at once, 0 the server's own page size, more is capped by it. A token names
 * the last item that was given, so that changes between pages neither skip nor repeat others.
 */
export function pageOf<T>(
  items: readonly T[],
  { max_results, page_token: token = "", empty = false }: PageQuery,
  { keyOf, pageSize }: { readonly keyOf: (item: T) => string; readonly pageSize: number },
): Page<T> {
  const wanted = max_results === undefined ? undefined : Number(max_results);
  if (wanted !== undefined && (!Number.isInteger(wanted) || wanted < 0))
    throw invalidParameter(`max_results must be a whole number that is not negative, not ${max_results}.`);
  const [, emptyBefore = "0", page_token = token] = /^(\d+)\.(.*)$/su.exec(token) ?? [];
  if (empty) return { items: [], next_page_token: `${Number(emptyBefore) + 1}.${page_token}` };
  const rest = page_token === "" ? items : after(items, page_token, keyOf);
  const size = wanted === undefined ? rest.length : wanted === 0 ? pageSize : Math.min(wanted, pageSize);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  if (last === undefined || rest.length <= size) return { items: page };
  return { items: page, next_page_token: Buffer.from(keyOf(last)).toString("base64url") };
}

/** Lists are in byte order, as the metastore sorts. */
function after<T>(items: readonly T[], token: string, keyOf: (item: T) => string): readonly T[] {
  const last = Buffer.from(token, "base64url");
  if (last.length === 0 || last.toString("base64url") !== token)
    throw invalidParameter(`page_token '${token}' is not one that this list gave.`);
  const first = items.findIndex((item) => Buffer.from(keyOf(item)).compare(last) > 0);
  return first === -1 ? [] : items.slice(first);
}
