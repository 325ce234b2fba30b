import { createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../../test/fixtures.ts";
import { secretKeys } from "../connections/secret-keys.ts";
import type { Notification } from "../contract/index.ts";
import { notificationBook } from "./book.ts";
import { testNews } from "./news.ts";
import { postDue } from "./post.ts";
import { type NotificationStore, openNotificationStore } from "./store.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook that answers as it is told; `hang`: it never does. */
async function receiver(answer: () => number | "hang", location?: string) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const status = answer();
      if (status === "hang") return;
      response.writeHead(status, location === undefined ? {} : { location }).end("whatever it says");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/planted-address`,
    received,
  };
}

/** A clock that stands still until it is set; whoever sleeps waits for `ring`. */
function virtualClock() {
  let at = 1_767_225_600_000;
  const asleep = new Set<() => void>();
  return {
    now: () => at,
    set: (next: number) => (at = next),
    ring: () => {
      for (const wake of asleep) wake();
    },
    asleep,
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const wake = () => {
          asleep.delete(wake);
          resolve();
        };
        asleep.add(wake);
        signal?.addEventListener("abort", () => {
          asleep.delete(wake);
          reject(new Error("aborted"));
        });
      }),
  };
}

function opened(home = temporaryDirectory()) {
  const store = openNotificationStore(home, { keys: secretKeys(home, { randomBytes }), randomBytes });
  onTestFinished(() => store.close());
  const clock = virtualClock();
  const posting = { store, clock, signal: new AbortController().signal };
  return { home, store, clock, posting, book: notificationBook({ ...posting, publicUrl: undefined }) };
}

const newsOf = (channel: string): Notification => ({
  id: "",
  ...testNews(channel, 0, undefined),
  event: "run_failed",
});

function tell(store: NotificationStore, channel: string, at: number, key = "run 1"): void {
  store.tell([{ key, deliveries: [{ channel, notification: newsOf(channel) }] }], { at });
}

describe("deliveries", () => {
  it("are signed so that the receiver can tell", async () => {
    const { store, clock, posting, book } = opened();
    const there = await receiver(() => 204);
    book.add({ name: "ops", kind: "webhook", url: there.url, secret: "planted-secret" });
    tell(store, "ops", clock.now());
    await postDue(posting);
    const [{ headers, body } = { headers: {}, body: "" }] = there.received;
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(String(headers["x-clxs-signature"])) ?? [];
    expect(v1).toBe(createHmac("sha256", "planted-secret").update(`${t}.${body}`).digest("hex"));
    expect(Number(t)).toBe(clock.now() / 1000);
    expect(JSON.parse(body)).toMatchObject({ id: "run 1#0", event: "run_failed", run: null });
    expect(book.deliveries("ops")).toMatchObject([{ state: "delivered", status: 204, attempts: 1 }]);
    await postDue(posting);
    expect(there.received).toHaveLength(1);
  });

  it("are sent again later when the receiver fails, under the same id", async () => {
    const { store, clock, posting, book } = opened();
    let status = 500;
    const there = await receiver(() => status);
    book.add({ name: "ops", kind: "webhook", url: there.url });
    tell(store, "ops", clock.now());
    await postDue(posting);
    expect(book.deliveries("ops")).toMatchObject([
      { state: "pending", status: 500, detail: "Answered 500." },
    ]);
    clock.set(clock.now() + 29_000);
    await postDue(posting);
    expect(there.received).toHaveLength(1);
    status = 200;
    clock.set(clock.now() + 1_000);
    await postDue(posting);
    expect(book.deliveries("ops")).toMatchObject([{ state: "delivered", attempts: 2, detail: null }]);
    expect(new Set(there.received.map(({ headers }) => headers["x-clxs-delivery"]))).toEqual(
      new Set(["run 1#0"]),
    );
  });

  it("give up on a receiver that never answers", async () => {
    const { store, clock, posting, book } = opened();
    const there = await receiver(() => "hang");
    book.add({ name: "ops", kind: "webhook", url: there.url });
    tell(store, "ops", clock.now());
    const posted = postDue(posting);
    await expect.poll(() => there.received.length).toBe(1);
    clock.ring();
    await posted;
    expect(book.deliveries("ops")).toMatchObject([
      { state: "pending", status: null, detail: "There was no answer within 10 seconds." },
    ]);
  });

  it("do not follow a redirect", async () => {
    const { store, clock, posting, book } = opened();
    const elsewhere = await receiver(() => 200);
    const there = await receiver(() => 307, elsewhere.url);
    book.add({ name: "ops", kind: "webhook", url: there.url, secret: "planted-secret" });
    tell(store, "ops", clock.now());
    await postDue(posting);
    expect(elsewhere.received).toEqual([]);
    expect(book.deliveries("ops")).toMatchObject([
      { state: "pending", status: 307, detail: "Answered 307: redirects are not followed." },
    ]);
  });

  it("say why nothing was sent, without the address", async () => {
    const { book } = opened();
    book.add({ name: "closed", kind: "webhook", url: "http://127.0.0.1:9/planted-address" });
    expect(await book.test("closed")).toEqual({ ok: false, status: null, message: "Nothing listens there." });
    book.add({ name: "nowhere", kind: "webhook", url: "https://does-not-exist.invalid/planted-address" });
    const { message } = await book.test("nowhere");
    expect(message).not.toContain("planted");
  });

  it("are kept once for the same news, whoever works it out", async () => {
    const { store, clock, book } = opened();
    book.add({ name: "ops", kind: "webhook", url: "https://hooks.example.com/planted-address" });
    tell(store, "ops", clock.now());
    tell(store, "ops", clock.now());
    expect(book.deliveries("ops")).toHaveLength(1);
  });

  it("taken by a process that died are sent by another a minute later", async () => {
    const { store, clock, posting, book } = opened();
    const there = await receiver(() => 200);
    book.add({ name: "ops", kind: "webhook", url: there.url });
    tell(store, "ops", clock.now());
    expect(store.take(clock.now(), clock.now() + 60_000, 8)).toHaveLength(1);
    await postDue(posting);
    expect(there.received).toEqual([]);
    clock.set(clock.now() + 60_000);
    await postDue(posting);
    expect(there.received).toHaveLength(1);
  });
});

it("keeps addresses and secrets in no file, and shows them to nobody", async () => {
  const { home, store, clock, posting, book } = opened();
  const there = await receiver(() => 500);
  book.add({ name: "ops", kind: "webhook", url: there.url, secret: "planted-secret" });
  tell(store, "ops", clock.now());
  await postDue(posting);
  await book.test("ops");
  const shown = JSON.stringify([book.list(), book.deliveries("ops")]);
  const kept = readdirSync(home)
    .map((file) => readFileSync(join(home, file), "latin1"))
    .join("\n");
  for (const planted of ["planted-address", "planted-secret"]) {
    expect(shown).not.toContain(planted);
    expect(kept).not.toContain(planted);
  }
  expect(book.list()).toMatchObject([{ host: new URL(there.url).host, ends_with: "ress", signed: true }]);
});

it("opens sealed addresses with their own key only", () => {
  const { home, store, book } = opened();
  book.add({ name: "ops", kind: "slack", url: "https://hooks.slack.com/services/planted-address" });
  const other = openNotificationStore(home, {
    keys: secretKeys(temporaryDirectory(), { randomBytes }),
    randomBytes,
  });
  onTestFinished(() => other.close());
  expect(store.secrets("ops").url).toContain("planted-address");
  expect(other.channel("ops")?.readable).toBe(false);
  expect(() => other.secrets("ops")).toThrow("was sealed with another key");
});
