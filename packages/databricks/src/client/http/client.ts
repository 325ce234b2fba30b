import { WorkspaceError } from "@clone-xs/unity";
import { z } from "zod";
import type { Endpoint } from "../../contract/index.ts";
import type { Authorizer } from "../auth/authorizer.ts";
import { jsonText, parseExact } from "./json.ts";
import { dropNulls } from "./nulls.ts";
import type { Outage } from "./outage.ts";
import { type Effects, type Patience, sendWithRetry } from "./retry.ts";
import { bodyOf, type BytesAnswer, type SendBytes } from "./bytes.ts";
import type { Attempt, Send } from "./transport.ts";

interface HttpRequest<T> {
  readonly method: Endpoint["method"];
  /** Absolute path on the host, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Whether it may be sent twice. */
  readonly effect: "read" | "write";
  readonly answer: z.ZodType<T>;
  /** The answer has 64-bit numbers: those that a JavaScript number cannot hold are given to `answer` as text. */
  readonly exactNumbers?: boolean;
  /** Ends the request wherever it is. */
  readonly signal?: AbortSignal | undefined;
  /** Ends it only between attempts: what is under way is still heard out. */
  readonly betweenAttempts?: AbortSignal | undefined;
  /** Once aborted, a host that does not answer is not waited for. */
  readonly hurry?: AbortSignal | undefined;
  readonly patience?: Patience;
  /** Called for each refusal because of too many requests. */
  readonly throttled?: (() => void) | undefined;
}

export interface HttpClient {
  /** Sends one request with authentication and retries. Throws {@link WorkspaceError} for every answer that is not the expected one. */
  call<T>(request: HttpRequest<T>): Promise<T>;
  /**
   * As `call`, for bodies that are bytes. Content is read once: when it had begun to flow, the request is not sent again. What the content
   * itself throws is thrown.
   */
  bytes(request: BytesRequest): Promise<BytesAnswer>;
}

type BytesRequest = Pick<HttpRequest<unknown>, "method" | "path" | "query" | "effect" | "signal"> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: AsyncIterable<Uint8Array>;
  /** Refusals that are an answer to this request. */
  readonly takes?: readonly number[];
};

export interface HttpOptions {
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly authorizer: Authorizer;
  readonly send: Send;
  readonly sendBytes: SendBytes;
  readonly effects: Effects;
  readonly patience: Patience;
  readonly outage: Outage;
  /** As `hurry` of every request that has none of its own. */
  readonly hurry?: AbortSignal | undefined;
}

export function createHttpClient({
  host,
  headers,
  authorizer,
  send,
  sendBytes,
  effects,
  patience,
  outage,
  hurry,
}: HttpOptions): HttpClient {
  const attempt = async (request: HttpRequest<unknown>, authorization: string, cut?: AbortSignal) =>
    send({
      method: request.method,
      url: host + request.path + queryText(request.query),
      headers: {
        ...headers,
        authorization,
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: jsonText(request.body) }),
      ...signalOf(request.signal ?? cut),
    });

  /** Once more with other credentials when the first ones were refused and others are to be had. */
  const authorized = async <A extends Attempt>(
    attempt: (authorization: string) => Promise<A>,
    again: () => boolean = () => true,
  ): Promise<A> => {
    const authorization = await authorizer.header();
    const outcome = await attempt(authorization);
    const refused =
      outcome.kind === "answer" &&
      (outcome.status === 401 || (outcome.status === 403 && /invalid access token/iu.test(outcome.text)));
    return refused && again() && authorizer.renew(authorization)
      ? attempt(await authorizer.header())
      : outcome;
  };

  return {
    async call<T>(request: HttpRequest<T>): Promise<T> {
      const what = `${request.method} ${request.path}`;
      const once = (cut?: AbortSignal) => authorized((authorization) => attempt(request, authorization, cut));
      const text = await sendWithRetry(once, {
        what,
        host,
        effect: request.effect,
        effects,
        patience: request.patience ?? patience,
        signal: request.signal ?? request.betweenAttempts,
        hurry: request.hurry ?? hurry,
        outage,
        throttled: request.throttled,
      });
      return decode(request, text, `${what} on ${host}`);
    },
    async bytes({ method, path, query, effect, signal, content, headers: more, takes = [] }) {
      const body = content === undefined ? undefined : bodyOf(content);
      let answer: BytesAnswer | undefined;
      const once = async () => {
        const attempted = await authorized(
          (authorization) =>
            sendBytes({
              method,
              url: host + path + queryText(query),
              headers: { ...headers, ...more, authorization },
              ...(body === undefined ? {} : { body: body.stream() }),
              ...signalOf(signal),
            }),
          () => body?.begun() !== true,
        );
        if (attempted.kind === "answer") answer = attempted;
        const taken = attempted.kind === "answer" && takes.includes(attempted.status);
        return taken ? { ...attempted, status: 200 } : attempted;
      };
      try {
        await sendWithRetry(once, {
          what: `${method} ${path}`,
          host,
          effect,
          effects,
          patience: body === undefined ? patience : { totalMs: 0, unreachableMs: 0 },
          signal,
          hurry,
          outage,
        });
      } catch (error) {
        throw body?.failure() ?? error;
      }
      if (answer === undefined) throw new Error(`${method} ${path} was accepted without an answer`);
      return answer;
    },
  };
}

function signalOf(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function decode<T>({ answer, effect, exactNumbers }: HttpRequest<T>, text: string, where: string): T {
  const body = parseJson(text, { where, effect, parse: exactNumbers === true ? parseExact : JSON.parse });
  dropNulls(body);
  const read = answer.safeParse(body);
  if (read.success) return read.data;
  throw new WorkspaceError(
    lostOr(effect, "INTERNAL"),
    `The answer of ${where} is not of the documented form: ${z.prettifyError(read.error)}`,
  );
}

function parseJson(
  text: string,
  { where, effect, parse }: { where: string; effect: "read" | "write"; parse: (text: string) => unknown },
): unknown {
  try {
    return parse(text === "" ? "{}" : text);
  } catch (cause) {
    throw new WorkspaceError(
      lostOr(effect, "INVALID_REQUEST"),
      `${where} did not answer with JSON. Is this the address of a Databricks workspace?`,
      { cause },
    );
  }
}

/** An unreadable answer to a write tells nothing about whether it was carried out. */
function lostOr(effect: "read" | "write", code: "INTERNAL" | "INVALID_REQUEST") {
  return effect === "write" ? "UNKNOWN_RESULT" : code;
}

function queryText(query: HttpRequest<unknown>["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}
