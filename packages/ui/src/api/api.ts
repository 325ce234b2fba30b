import createClient from "openapi-fetch";
import { send } from "./client.ts";
import type { components, paths } from "./openapi.ts";

/** The API as its document describes it. An answer that is no success is thrown as an ApiError. */
export const api = createClient<paths>({ fetch: (request) => send(request) });

/** The shapes of the API by their names in its document: `Shape<"Run">`. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** The body of an answer: `await got(api.GET("/api/whoami"))`. */
export async function got<T>(answer: Promise<{ readonly data?: T }>): Promise<T> {
  // A failure was thrown by then, so there is what the document promises.
  return (await answer).data as T;
}
