import type { Problem } from "@clone-xs/server/contract";

/** An answer that is no success. `problem` is the server's own words; absent when it could not be reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem | undefined;

  constructor(message: string, problem?: Problem) {
    super(message);
    this.problem = problem;
  }
}

/** Held by this page only: never in the browser's storage. */
let token: string | undefined;
let missing = false;
const listeners = new Set<() => void>();

export function setToken(next: string): void {
  token = next;
  setMissing(false);
}

export function hasToken(): boolean {
  return token !== undefined;
}

/** Whether the server has refused the last call for want of its token. */
export function tokenIsMissing(): boolean {
  return missing;
}

/** Calls `listener` when {@link tokenIsMissing} changes. Returns the unsubscribe. */
export function onTokenRefused(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function setMissing(value: boolean): void {
  missing = value;
  for (const each of listeners) each();
}

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** One call of the API. Throws an ApiError unless the answer is a success. */
export function call(path: string, { method = "GET", body, headers, signal }: Call = {}): Promise<Response> {
  return send(
    new Request(path, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** Sends a request of the API with what lets it in. Throws an ApiError unless the answer is a success. */
export async function send(request: Request): Promise<Response> {
  if (token !== undefined) request.headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw new ApiError("The server does not answer. Is it still running?");
  });
  if (response.ok) return response;
  if (response.status === 401) setMissing(true);
  throw await errorOf(response);
}

async function errorOf(response: Response): Promise<ApiError> {
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/problem+json")) {
    return new ApiError(`The server answered ${response.status} ${response.statusText}.`);
  }
  const problem = (await response.json()) as Problem;
  return new ApiError(problem.detail, problem);
}

/** The JSON of an answer, as the contract types it. */
export async function json<T>(path: string, options?: Call): Promise<T> {
  return (await (await call(path, options)).json()) as T;
}
