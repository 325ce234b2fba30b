import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long each answer took, in milliseconds, from when its request was due; and those that were no 200. */
export interface Answers {
  readonly times: number[];
  failed: number;
}

/**
 * Asks the addresses in turn, so many times a second, whether or not the answers before have come: a server that stands still is asked all
 * the same, and the wait counts.
 */
export async function ask(
  addresses: readonly string[],
  { perSecond, until }: { readonly perSecond: number; readonly until: () => boolean },
): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const answers: Answers = { times: [], failed: 0 };
  const open: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; !until(); n += 1) {
    const due = start + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    open.push(one(addresses[n % addresses.length] ?? "", due, { agent, answers }));
  }
  await Promise.all(open);
  agent.destroy();
  return answers;
}

/** Milliseconds until the last byte of one answer. */
export async function timed(address: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  const started = performance.now();
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const { byteLength: bytes } = await answer.arrayBuffer();
  return { ms: performance.now() - started, bytes };
}

function one(
  address: string,
  due: number,
  { agent, answers }: { readonly agent: Agent; readonly answers: Answers },
): Promise<void> {
  return new Promise((resolve) => {
    const failed = () => {
      answers.failed += 1;
      resolve();
    };
    get(address, { agent }, (response) => {
      response.resume();
      response.on("error", failed);
      response.on("end", () => {
        answers.times.push(performance.now() - due);
        if (response.statusCode !== 200) answers.failed += 1;
        resolve();
      });
    }).on("error", failed);
  });
}
