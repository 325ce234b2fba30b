import type { RunMessage } from "@clone-xs/server/contract";
import { ApiError, call } from "./client.ts";

export interface FollowOptions {
  readonly onMessage: (message: RunMessage) => void;
  /** The connection was lost and is tried again (true), or is back (false). */
  readonly onInterrupted: (interrupted: boolean) => void;
  readonly signal: AbortSignal;
}

/**
 * Follows a run until its end or until `signal` aborts, over lost connections: from the event after `after`, then each time from the event
 * after the last one seen. Throws an ApiError when there is no such run.
 */
export function followRun(
  id: string,
  { after, ...options }: FollowOptions & { readonly after: number },
): Promise<void> {
  return follow(`/api/clone/${encodeURIComponent(id)}/events`, after, options);
}

/** Hears of every run that changes, from now until `signal` aborts. What changed while the connection was lost is not told. */
export function followRuns(options: FollowOptions): Promise<void> {
  return follow("/api/events", 0, options);
}

/** EventSource cannot send the token, so the stream is read by hand. */
async function follow(
  path: string,
  after: number,
  { onMessage, onInterrupted, signal }: FollowOptions,
): Promise<void> {
  let last = after;
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const response = await call(path, {
        headers: last > 0 ? { "last-event-id": String(last) } : {},
        signal,
      });
      onInterrupted(false);
      for await (const message of messagesOf(response)) {
        attempt = 0;
        if (message.event === "event") last = message.id;
        onMessage(message);
        if (message.event === "end") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.problem !== undefined) throw error;
    }
    onInterrupted(true);
    await pause(Math.min(10_000, 500 * 2 ** attempt), signal);
  }
}

async function* messagesOf(response: Response): AsyncGenerator<RunMessage> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const { messages, rest: after } = parseEvents(rest + value);
    rest = after;
    yield* messages;
  }
}

/** The whole messages at the start of `text`, and what is left for the next time. */
export function parseEvents(text: string): { messages: RunMessage[]; rest: string } {
  const blocks = text.split("\n\n");
  const rest = blocks.pop() ?? "";
  return { messages: blocks.flatMap(parseBlock), rest };
}

function parseBlock(block: string): RunMessage[] {
  const fields = new Map(
    block.split("\n").map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  const data = fields.get("data");
  if (data === undefined) return [];
  const id = fields.get("id");
  return [
    {
      event: fields.get("event"),
      data: JSON.parse(data),
      ...(id === undefined ? {} : { id: Number(id) }),
    } as RunMessage,
  ];
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
