import type { FastifyRequest } from "fastify";
import type { PageQuery } from "./paging.ts";
import { invalidParameter } from "./refusal.ts";

/** A page under its key, with the token of the next one when there is one. */
export function answer<T, Wire>(
  key: string,
  { items, next_page_token }: { readonly items: readonly T[]; readonly next_page_token?: string },
  toWire: (item: T) => Wire,
) {
  const list = { [key]: items.map(toWire) };
  return next_page_token === undefined ? list : { ...list, next_page_token };
}

/** What a request says of pages. */
export function pageQuery(request: FastifyRequest): PageQuery {
  return { ...(request.query as PageQuery), empty: request.emptyPage };
}

/** A parameter of the path. */
export function param(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? "";
}

/** A parameter of the query. */
export function optional(request: FastifyRequest, name: string): string | undefined {
  return (request.query as Readonly<Record<string, string | undefined>>)[name];
}

/** As `optional`. Throws when it is missing or empty. */
export function required(request: FastifyRequest, name: string): string {
  const value = optional(request, name);
  if (value === undefined || value === "") throw invalidParameter(`${name} is required.`);
  return value;
}
