import { get } from "node:http";

/** What one watcher of a run saw. */
interface Watched {
  /** Number of the newest event that it has. */
  last: number;
  /** Events that were left out, sent twice or out of order. */
  wrong: number;
  /** Milliseconds from each event to its arrival, of those that happened while it watched. */
  readonly delays: number[];
  ended: boolean;
}

export interface Watching {
  readonly watchers: readonly Watched[];
  /** Resolves when every watcher was sent the end of the run. */
  readonly ended: Promise<unknown>;
}

/** Opens so many streams of the events of a run, each from the first. */
export async function watch(url: string, run: string, count: number): Promise<Watching> {
  const since = Date.now();
  const streams = await Promise.all(
    Array.from({ length: count }, () => open(`${url}/api/clone/${run}/events`, since)),
  );
  return {
    watchers: streams.map(({ watched }) => watched),
    ended: Promise.all(streams.map(({ done }) => done)),
  };
}

function open(address: string, since: number): Promise<{ watched: Watched; done: Promise<void> }> {
  const watched: Watched = { last: 0, wrong: 0, delays: [], ended: false };
  return new Promise((resolve, reject) => {
    const request = get(address, { agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${address}: ${response.statusCode}`));
      response.setEncoding("utf8");
      let rest = "";
      response.on("data", (text: string) => {
        const blocks = `${rest}${text}`.split("\n\n");
        rest = blocks.pop() ?? "";
        const now = Date.now();
        for (const block of blocks) note(block, { watched, since, now });
      });
      const done = new Promise<void>((over) => response.on("close", () => over()));
      resolve({ watched, done });
    });
    request.on("error", reject);
  });
}

const EVENT = /^id: (\d+)\nevent: event\ndata: .*?"at":(\d+)/u;

function note(
  block: string,
  { watched, since, now }: { watched: Watched; since: number; now: number },
): void {
  const [, id, at] = EVENT.exec(block) ?? [];
  if (id === undefined) {
    if (block.startsWith("event: end")) watched.ended = true;
    return;
  }
  if (Number(id) !== watched.last + 1) watched.wrong += 1;
  watched.last = Number(id);
  if (Number(at) >= since) watched.delays.push(now - Number(at));
}
