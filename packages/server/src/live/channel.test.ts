import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type Batch, type Channel, openChannel, type Position } from "./channel.ts";

/** A source of the numbers up to a limit that grows, and a count of how often it was asked. */
function numbers() {
  let limit = 0;
  let over = false;
  const asked: number[] = [];
  const next = ({ seq, revision }: Position): Batch | undefined => {
    asked.push(seq);
    if (seq === limit) return undefined;
    return {
      to: { seq: seq + 1, revision },
      bytes: Buffer.from(`${seq + 1} `),
      last: over && seq + 1 === limit,
    };
  };
  const upTo = (channel: Channel, last: number, { end = false } = {}) => {
    limit = last;
    over = end;
    channel.wake();
  };
  return { next, asked, upTo };
}

/** Takes nothing but what `take` lets it take. */
function reader({ slow = false } = {}) {
  let text = "";
  const held: (() => void)[] = [];
  const out = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      if (slow) held.push(done);
      else done();
    },
  });
  return { out, text: () => text, take: () => held.shift()?.() };
}

const start = { seq: 0, revision: 0 };
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("a channel", () => {
  it("reads what comes once for all who are up to date", async () => {
    const { next, asked, upTo } = numbers();
    const channel = openChannel({ next, restMs: 0 });
    const readers = Array.from({ length: 50 }, () => reader());
    for (const { out } of readers) channel.join(out, start);
    asked.length = 0;
    upTo(channel, 1);
    await settled();
    expect(readers.map(({ text }) => text())).toEqual(readers.map(() => "1 "));
    expect(asked.filter((seq) => seq === 0)).toHaveLength(1);
  });

  it("sends a slow reader no more than it takes, and in the end everything in order", async () => {
    const { next, upTo } = numbers();
    const channel = openChannel({ next, restMs: 0 });
    const [slow, fast] = [reader({ slow: true }), reader()];
    for (const { out } of [slow, fast]) channel.join(out, start);
    upTo(channel, 9);
    await settled();
    expect([slow.text(), fast.text()]).toEqual(["1 ", "1 2 3 4 5 6 7 8 9 "]);
    expect(slow.out.writableLength).toBeLessThanOrEqual(2);
    for (let n = 0; n < 9; n += 1) {
      slow.take();
      await settled();
    }
    expect(slow.text()).toBe(fast.text());
  });

  it("ends with the last message, and forgets who has gone", async () => {
    const { next, upTo } = numbers();
    let empty = 0;
    const channel = openChannel({ next, restMs: 0, onEmpty: () => (empty += 1) });
    const [one, other] = [reader(), reader()];
    channel.join(one.out, start);
    channel.join(other.out, start);
    other.out.destroy();
    await settled();
    expect(channel.watchers).toBe(1);
    upTo(channel, 2, { end: true });
    await settled();
    expect([one.text(), one.out.writableFinished, channel.watchers, empty]).toEqual(["1 2 ", true, 0, 1]);
  });

  it("lets go of a reader that takes nothing for long, and tells the others that they are connected", async () => {
    const { next, upTo } = numbers();
    const channel = openChannel({ next, restMs: 0 });
    const [stuck, fine] = [reader({ slow: true }), reader()];
    for (const { out } of [stuck, fine]) channel.join(out, start);
    upTo(channel, 1);
    await settled();
    for (let beat = 0; beat < 8; beat += 1) {
      channel.beat();
      await settled();
    }
    expect([stuck.out.destroyed, fine.out.destroyed, channel.watchers]).toEqual([true, false, 1]);
    expect(fine.text()).toBe(`1 ${":\n\n".repeat(8)}`);
  });
});
