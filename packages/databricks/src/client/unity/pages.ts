import { WorkspaceError } from "@clone-xs/unity";
import type { z } from "zod";
import type { HttpClient } from "../http/client.ts";

export interface Listing<Page extends { next_page_token?: string | undefined }, Item> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly answer: z.ZodType<Page>;
  readonly items: (page: Page) => readonly Item[] | undefined;
}

/**
 * All items of a paged listing. Only the token says whether there is more: a page may be short or empty in the middle
 * (97 of 99 pages were, once), and the last one has no token or an empty one.
 */
export async function listPages<Page extends { next_page_token?: string | undefined }, Item>(
  http: HttpClient,
  listing: Listing<Page, Item>,
): Promise<Item[]> {
  const { path, query = {}, answer, items } = listing;
  const all: Item[] = [];
  const seen = new Set<string>();
  for (let page_token: string | undefined; ; ) {
    const page: Page = await http.call({
      method: "GET",
      path,
      query: { ...query, page_token },
      effect: "read",
      answer,
    });
    for (const item of items(page) ?? []) all.push(item);
    page_token = page.next_page_token;
    if (page_token === undefined || page_token === "") return all;
    if (seen.has(page_token))
      throw new WorkspaceError("INTERNAL", `GET ${path} gives the same page token again and again.`);
    seen.add(page_token);
  }
}
