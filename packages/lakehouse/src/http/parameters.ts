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

/** A wire model, as far as it is needed to read one. */
interface Model<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** The body of a request. Throws INVALID_PARAMETER_VALUE with the first member that does not fit. */
export function body<T>(model: Model<T>, request: FastifyRequest): T {
  const parsed = model.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  throw invalidParameter(`${path}: ${issue?.message ?? "is not valid"}`);
}
