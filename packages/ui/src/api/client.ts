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

let out = false;
const listeners = new Set<() => void>();

/** Whether the server has refused a call because it does not know who asks. */
export function isOut(): boolean {
  return out;
}

/** Calls `listener` when {@link isOut} changes. Returns the unsubscribe. */
export function onOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Somebody has signed in. */
export function letIn(): void {
  setOut(false);
}

/** Somebody has signed out, or his session is over. */
export function shutOut(): void {
  setOut(true);
}

function setOut(value: boolean): void {
  out = value;
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

/** Sends a request of the API; the browser adds the cookie of the session. Throws an ApiError unless the answer is a success. */
export async function send(request: Request): Promise<Response> {
  const response = await fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw new ApiError("The server does not answer. Is it still running?");
  });
  if (response.ok) return response;
  if (response.status === 401) shutOut();
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
