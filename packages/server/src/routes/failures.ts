import { problem } from "../contract/index.ts";

/** Why a request may fail, as the API's document words it. */
const DESCRIPTIONS = {
  400: "The request cannot be read, or there is nothing to do.",
  401: "The server asks for a token, and none that it knows was sent.",
  403: "Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it.",
  404: "There is no such thing, or you may not see it.",
  409: "Not possible now: something else is in the way.",
  413: "The body is larger than this server reads.",
  422: "A field cannot be used; `errors` names each.",
  429: "Too many requests; Retry-After says how many seconds to wait.",
  502: "The workspace answered with an error.",
  503: "The workspace cannot be reached.",
} as const;

type Failure = keyof typeof DESCRIPTIONS;

/** The answers of a route that are errors, for its schema: all in the one shape of errors. */
export function failures<Status extends Failure>(...statuses: readonly Status[]) {
  const content = { "application/problem+json": { schema: problem } };
  const entries = statuses.map((status) => [status, { description: DESCRIPTIONS[status], content }]);
  return Object.fromEntries(entries) as Record<Status, { description: string; content: typeof content }>;
}
