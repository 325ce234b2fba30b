import { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import { type Answer, type Failure, failureOf, INACTIVITY_MS, type RawRequest } from "./transport.ts";

/** An answer whose body is read by the caller; `text` is that of a refusal and else empty. */
export interface BytesAnswer extends Answer {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** To be read to its end, or left by `break`: only then the connection is free again. */
  readonly content: AsyncIterable<Uint8Array>;
}

export type SendBytes = (
  request: Omit<RawRequest, "body"> & { readonly body?: Readable },
) => Promise<BytesAnswer | Failure>;

/** As `openTransport`, for bodies that are bytes and may be larger than memory. */
export function openByteTransport(dispatcher: Dispatcher): SendBytes {
  return async ({ method, url, headers, body, signal }) => {
    try {
      const answer = await request(url, {
        dispatcher,
        method,
        headers: { ...headers, "accept-encoding": "identity" },
        headersTimeout: INACTIVITY_MS,
        bodyTimeout: INACTIVITY_MS,
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      const answered = Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, [value].flat()[0]]),
      );
      const retryAfter = answered["retry-after"];
      return {
        kind: "answer",
        status: answer.statusCode,
        text: answer.statusCode < 300 ? "" : await answer.body.text(),
        headers: answered,
        content: answer.body,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      };
    } catch (cause) {
      return failureOf(cause, signal?.aborted ?? false);
    }
  };
}

/** Content that can be sent once, and what became of it. */
export interface SentBody {
  readonly stream: () => Readable;
  /** Whether any of it was read. */
  readonly begun: () => boolean;
  /** What reading the content threw. */
  readonly failure: () => unknown;
}

export function bodyOf(content: AsyncIterable<Uint8Array>): SentBody {
  let begun = false;
  let failure: unknown;
  async function* watched(): AsyncGenerator<Uint8Array> {
    begun = true;
    try {
      yield* content;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return {
    stream: () => Readable.from(watched(), { objectMode: false }),
    begun: () => begun,
    failure: () => failure,
  };
}
