import { WorkspaceError } from "@clone-xs/unity";
import type { z } from "zod";
import type { HttpClient } from "../http/client.ts";

export interface Listing<Page extends { next_page_token?: string | undefined }, Item> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly answer: z.ZodType<Page>;
  /** As of a request. */
  readonly exactNumbers?: boolean;
  readonly items: (page: Page) => readonly Item[] | undefined;
}

/** All items of a paged listing. */
export async function listPages<Page extends { next_page_token?: string | undefined }, Item>(
  http: HttpClient,
  listing: Listing<Page, Item>,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pagesOf(http, listing)) for (const item of page) all.push(item);
  return all;
}

/**
 * The items of a paged listing, page by page: the next is asked for when it is taken. Only the token says whether there is more: a page may be short or empty in
 * the middle (97 of 99 pages were, once), and the last one has no token or an empty one.
 */
export async function* pagesOf<Page extends { next_page_token?: string | undefined }, Item>(
  http: HttpClient,
  { path, query = {}, answer, items, exactNumbers = false }: Listing<Page, Item>,
): AsyncGenerator<readonly Item[], void> {
  const seen = new Set<string>();
  for (let page_token: string | undefined; ; ) {
    const page: Page = await http.call({
      method: "GET",
      path,
      query: { ...query, page_token },
      effect: "read",
      answer,
      exactNumbers,
    });
    yield items(page) ?? [];
    page_token = page.next_page_token;
    if (page_token === undefined || page_token === "") return;
    if (seen.has(page_token))
      throw new WorkspaceError("INTERNAL", `GET ${path} gives the same page token again and again.`);
    seen.add(page_token);
  }
}
