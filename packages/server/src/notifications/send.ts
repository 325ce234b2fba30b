import { lookup as systemLookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isForbiddenHost } from "../access/forbidden-hosts.ts";
import type { Message } from "./message.ts";

/** What came of one try. `detail` holds no part of the address. */
export interface Sent {
  readonly ok: boolean;
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  readonly detail: string | null;
}

export interface SendOptions {
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Tells that it was given up for having taken too long. */
  readonly timedOut: () => boolean;
}

/**
 * Posts a message. Any 2xx is a success; a redirect is not followed, since it would take the message, and its signature, elsewhere.
 * Addresses that a name stands for are judged as they are connected to. Never throws.
 */
export function send(url: string, { headers, body }: Message, options: SendOptions): Promise<Sent> {
  const target = new URL(url);
  if (isForbiddenHost(target.hostname))
    return Promise.resolve(failed("An address of this network's own services: nothing is sent there."));
  const request = target.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const sending = request(
      target,
      {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        lookup: judgedLookup,
        signal: options.signal,
        agent: false,
      },
      (answer) => {
        // What it says is of no use; an answer without an end must not keep anything waiting.
        answer.destroy();
        resolve(answered(answer.statusCode ?? 0));
      },
    );
    sending.on("error", (error: NodeJS.ErrnoException) => resolve(failed(reasonOf(error, options))));
    sending.end(body);
  });
}

function answered(status: number): Sent {
  if (status >= 200 && status < 300) return { ok: true, status, detail: null };
  const redirect = status >= 300 && status < 400;
  return {
    ok: false,
    status,
    detail: redirect ? `Answered ${status}: redirects are not followed.` : `Answered ${status}.`,
  };
}

function failed(detail: string): Sent {
  return { ok: false, status: null, detail };
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens there.",
  ENOTFOUND: "There is no such host.",
  EAI_AGAIN: "The host's name could not be looked up now.",
  ECONNRESET: "The connection was closed before there was an answer.",
  EFORBIDDEN: "The name stands for an address of this network's own services: nothing is sent there.",
};

/** Messages of the system name addresses; codes do not. */
function reasonOf({ code = "" }: NodeJS.ErrnoException, { timedOut, signal }: SendOptions): string {
  if (timedOut()) return "There was no answer within 10 seconds.";
  if (signal.aborted) return "The server was stopped meanwhile.";
  return REASONS[code] ?? `It could not be sent (${code === "" ? "unknown reason" : code}).`;
}

const judgedLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, options, (error, address, family) => {
    const addresses = Array.isArray(address) ? address.map((each) => each.address) : [address];
    const wrong = error === null && addresses.some((each) => isForbiddenHost(bracketed(each)));
    if (!wrong) return callback(error, address, family);
    const refusal: NodeJS.ErrnoException = new Error("A forbidden address.");
    refusal.code = "EFORBIDDEN";
    callback(refusal, address, family);
  });
};

function bracketed(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}
