import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { ConnectionConfig } from "../src/client/index.ts";
import { Secret } from "../src/client/index.ts";

/** A request as the scripted service received it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What it answers: JSON, text, or a connection that breaks after the request was read. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string }
  | "reset";

export interface ScriptedService extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly received: Received[];
  /** `METHOD path` of everything received so far, without the identity request of connecting. */
  calls(): string[];
}

/** Plays a foreign service on a real socket of this machine: protocol tests speak to it as they would to Databricks. */
export async function startService(play: (request: Received) => Reply): Promise<ScriptedService> {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    const serve = async () => {
      const request = await read(message);
      received.push(request);
      answer(play(request), response);
    };
    void serve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `http://127.0.0.1:${port}`,
    port,
    received,
    calls: () =>
      received.map(({ method, path }) => `${method} ${path}`).filter((call) => !call.endsWith("/Me")),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers the identity request, and everything else by the given replies in turn; the last one is repeated. */
export function inTurn(...replies: Reply[]): (request: Received) => Reply {
  let turn = 0;
  return (request) => {
    if (request.path.endsWith("/Me")) return me;
    const reply = replies[Math.min(turn, replies.length - 1)];
    turn += 1;
    return (
      reply ?? {
        status: 404,
        json: { error_code: "ENDPOINT_NOT_FOUND", message: "No script for this request." },
      }
    );
  };
}

export const me: Reply = { json: { id: "1", userName: "ada@example.com", active: true } };

/** A clock that only sleeping moves, and that notes every sleep. */
export function fakeEffects() {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    random: () => 0,
    sleep: async (ms: number) => {
      slept.push(ms);
      time += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A configuration with a token for the service. */
export function configFor(
  { host }: { host: string },
  changes: Partial<ConnectionConfig> = {},
): ConnectionConfig {
  return {
    host,
    auth: { type: "pat", token: new Secret("dapi-secret-1234") },
    warehouseId: "abcdef0123456789",
    network: { certificates: [] },
    sources: { token: "DATABRICKS_TOKEN" },
    ...changes,
  };
}

async function read(message: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const url = new URL(message.url ?? "/", "http://service");
  return {
    method: message.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    text: Buffer.concat(parts).toString("utf8"),
  };
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === "reset") {
    response.destroy();
    return;
  }
  const text = "json" in reply ? JSON.stringify(reply.json) : reply.text;
  const body = reply.headers?.["content-encoding"] === "gzip" ? gzipSync(text) : text;
  const type = "json" in reply ? "application/json" : "text/html";
  response.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers });
  response.end(body);
}
