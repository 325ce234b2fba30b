import { NO_PROGRESS } from "@clone-xs/clone";
import { WorkspaceError } from "@clone-xs/unity";
import { describe, expect, it } from "vitest";
import {
  body,
  facts,
  line,
  queueOf,
  summaryOf,
  temporaryDirectory,
  temporaryStore,
} from "../../test/fixtures.ts";
import type { ExecuteRun } from "./queue.ts";

/** Runs that go on until they are let go or cancelled. */
function heldRuns() {
  const started: string[] = [];
  const letGo = new Map<string, () => void>();
  const execute: ExecuteRun = ({ id }, { signal }) =>
    new Promise((resolve) => {
      started.push(id);
      letGo.set(id, () => resolve(summaryOf(id)));
      signal.addEventListener("abort", () => resolve(summaryOf(id, { status: "cancelled" })));
    });
  return { started, execute, finish: (id: string) => letGo.get(id)?.() };
}

const into = (destinationCatalog: string) => ({ ...facts, destinationCatalog });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the queue of runs", () => {
  it("runs at most so many at once, in order of submission", async () => {
    const { started, execute, finish } = heldRuns();
    const queue = queueOf(temporaryStore(), execute, { maxParallel: 2 });
    const ids = ["a", "b", "c"].map((destination) => queue.submit(body, into(destination)));
    await settled();
    expect(started).toEqual(ids.slice(0, 2));
    finish(ids[1] ?? "");
    await settled();
    expect(started).toEqual(ids);
  });

  it("lets a run wait for one that writes to the same place, and not for the same catalog in another workspace", async () => {
    const to = (...hosts: readonly string[]) => ({
      ...facts,
      targets: hosts.map((host) => ({ name: host, destinationCatalog: "dev", place: `https://${host}/dev` })),
    });
    const { started, execute, finish } = heldRuns();
    const store = temporaryStore();
    const queue = queueOf(store, execute, { maxParallel: 9 });
    const [own, eu, , both] = [facts, to("eu"), to("us"), to("us", "eu")].map((each) =>
      queue.submit(body, each),
    );
    await settled();
    expect(started).toHaveLength(3);
    expect(store.logs(both ?? "")).toEqual([
      expect.stringMatching(/^Waits for run \w+, which has the same/u),
    ]);
    finish(own ?? "");
    finish(eu ?? "");
    await settled();
    expect(started).not.toContain(both);
    for (const id of started) finish(id);
    await settled();
    expect(started).toContain(both);
  });

  it.each([
    [{ ...body, strict: true }, "failed", "Strict: 1 thing could not be copied, which the summary names."],
    [body, "completed", null],
  ])("judges what could not be copied as %j asks", async (request, state, error) => {
    const store = temporaryStore();
    const residue = [{ object: "a.b", what: "mask", reason: "It is masked." }];
    const queue = queueOf(store, async ({ id }) => summaryOf(id, { residue }));
    const id = queue.submit(request, facts);
    await settled();
    await queue.ended(id);
    expect(store.get(id)).toMatchObject({ state, error, result: { status: "success" } });
  });

  it("goes on with a run that failed in its turn, and with no other", async () => {
    const store = temporaryStore();
    const asked: boolean[] = [];
    const queue = queueOf(store, async ({ id, resumed }) => {
      asked.push(resumed);
      return summaryOf(id, { status: asked.length === 1 ? "failed" : "success" });
    });
    const id = queue.submit(body, facts);
    expect(() => queue.resume(id)).toThrow("is not over");
    await settled();
    await queue.ended(id);
    expect(queue.resume(id)).toBe("queued");
    expect(store.get(id)).toMatchObject({ state: "queued", result: null, error: null });
    await settled();
    await queue.ended(id);
    expect(store.get(id)).toMatchObject({ state: "completed", startedAt: expect.any(Number) as number });
    expect(() => queue.resume(id)).toThrow("is not over");
    expect(asked).toEqual([false, false]);
  });

  it("runs one after another into the same destination, and others beside them", async () => {
    const { started, execute, finish } = heldRuns();
    const store = temporaryStore();
    const queue = queueOf(store, execute, { maxParallel: 3 });
    const destinations = ["dev", "DEV", "dev", "other"];
    const [first = "", second = "", third = "", other = ""] = destinations.map((destination) =>
      queue.submit(body, into(destination)),
    );
    await settled();
    expect(started).toEqual([first, other]);
    expect(store.logs(second)).toEqual([`Waits for run ${first}, which has the same destination.`]);
    finish(first);
    await queue.ended(first);
    await settled();
    expect(started).toEqual([first, other, second]);
    expect(store.logs(third)).toEqual([
      `Waits for run ${first}, which has the same destination.`,
      `Waits for run ${second}, which has the same destination.`,
    ]);
    finish(second);
    await queue.ended(second);
    await settled();
    expect(started).toEqual([first, other, second, third]);
  });

  it("waits for a run of another living process into the same destination", async () => {
    const directory = temporaryDirectory();
    const other = temporaryStore(directory, "2/b");
    other.insert({ id: "aaaaaaaa", request: body, facts, at: 1 });
    other.move("aaaaaaaa", "start", { at: 2 });
    const { started, execute } = heldRuns();
    const queue = queueOf(temporaryStore(directory, "2/b"), execute, { holder: "2/b", maxParallel: 2 });
    const id = queue.submit(body, facts);
    await settled();
    expect(started).toEqual([]);
    other.move("aaaaaaaa", "succeed", { at: 3 });
    queue.adopt();
    await settled();
    expect(started).toEqual([id]);
  });

  it("pitfall 17: never starts a run that was cancelled while it waited", async () => {
    const { started, execute, finish } = heldRuns();
    const store = temporaryStore();
    const queue = queueOf(store, execute);
    const [first, second] = [queue.submit(body, facts), queue.submit(body, facts)];
    await settled();
    expect(queue.cancel(second)).toBe("cancelled");
    finish(first);
    await queue.ended(first);
    await settled();
    expect(started).toEqual([first]);
    expect(store.get(second)?.state).toBe("cancelled");
    expect(store.logs(second).at(-1)).toBe("A cancel was asked for.");
  });

  it("aborts what a cancelled run does", async () => {
    const { execute } = heldRuns();
    const store = temporaryStore();
    const queue = queueOf(store, execute);
    const id = queue.submit(body, facts);
    await settled();
    expect(queue.cancel(id)).toBe("cancelling");
    await queue.ended(id);
    expect(store.get(id)).toMatchObject({ state: "cancelled", result: { status: "cancelled" } });
  });

  it("ends a partial run as failed, its summary present", async () => {
    const error = { object: "dev.a.b", operation: "clone", code: "X", message: "cannot be read" };
    const store = temporaryStore();
    const queue = queueOf(store, async ({ id }) => summaryOf(id, { status: "partial", errors: [error] }));
    const id = queue.submit(body, facts);
    await settled();
    await queue.ended(id);
    expect(store.get(id)).toMatchObject({
      state: "failed",
      error: "dev.a.b: cannot be read",
      result: { status: "partial", errors: [error] },
    });
  });

  it("says why a run could not be carried out, also in its log", async () => {
    const store = temporaryStore();
    const queue = queueOf(store, async () => {
      throw new Error("There is no catalog prod.");
    });
    const id = queue.submit(body, facts);
    await settled();
    await queue.ended(id);
    expect(store.get(id)).toMatchObject({ state: "failed", error: "There is no catalog prod." });
    expect(store.logs(id)).toEqual(["There is no catalog prod."]);
  });

  it("keeps the logs of runs side by side apart", async () => {
    const store = temporaryStore();
    const queue = queueOf(
      store,
      async ({ id }, { emit }) => {
        for (const n of [1, 2]) {
          emit(line(`${id} ${n}`));
          await settled();
        }
        return summaryOf(id);
      },
      { maxParallel: 2 },
    );
    const ids = [queue.submit(body, into("a")), queue.submit(body, into("b"))];
    await settled();
    await Promise.all(ids.map((id) => queue.ended(id)));
    expect(ids.map((id) => store.logs(id))).toEqual(ids.map((id) => [`${id} 1`, `${id} 2`]));
  });

  it("pitfall 19: after a crash ends what ran as failed, and takes up what waited", async () => {
    const directory = temporaryDirectory();
    const crashed = temporaryStore(directory, "1/a");
    const before = queueOf(crashed, heldRuns().execute);
    const [ran, waited] = [before.submit(body, facts), before.submit(body, facts)];
    await settled();
    const progress = { ...NO_PROGRESS, phase: "executing", objectsTotal: 2, running: ["dev.a.b"] } as const;
    crashed.append(ran, { at: 1, type: "progress", progress });

    const store = temporaryStore(directory, "2/b");
    const { started, execute } = heldRuns();
    const after = queueOf(store, execute, { holder: "2/b" });
    after.adopt();
    after.adopt();
    await settled();
    expect(store.get(ran)?.state).toBe("failed");
    expect(store.get(ran)?.error).toMatch(/ended before the run did/);
    expect(store.get(ran)?.progress).toEqual({ ...progress, running: [] });
    expect(store.logs(ran).at(-1)).toBe(store.get(ran)?.error);
    expect(started).toEqual([waited]);
  });

  it("leaves alone what a living process runs or has waiting", async () => {
    const directory = temporaryDirectory();
    const other = temporaryStore(directory, "2/b");
    const [ran, waits] = ["aaaaaaaa", "bbbbbbbb"];
    for (const id of [ran, waits]) other.insert({ id, request: body, facts, at: 1 });
    other.move(ran, "start", { at: 2 });

    const { started, execute } = heldRuns();
    const store = temporaryStore(directory, "1/a");
    const queue = queueOf(store, execute, { holder: "2/b" });
    queue.adopt();
    await settled();
    expect(started).toEqual([]);
    expect([store.get(ran)?.state, store.get(waits)?.state]).toEqual(["running", "queued"]);
  });

  it("cancels by the process that has the run, and waits for its end there", async () => {
    const directory = temporaryDirectory();
    const [here, elsewhere] = ["1/a", "2/b"].map((holder) => temporaryStore(directory, holder));
    if (here === undefined || elsewhere === undefined) throw new Error("unexpected");
    const everybody = () => true;
    const running = queueOf(elsewhere, heldRuns().execute, { isHolderAlive: everybody });
    const queue = queueOf(here, heldRuns().execute, { isHolderAlive: everybody });
    const id = running.submit(body, facts);
    await settled();
    expect(queue.cancel(id)).toBe("cancelling");
    const ended = queue.ended(id);
    expect(elsewhere.entry(id)?.state).toBe("cancelling");
    running.look();
    await running.ended(id);
    queue.look();
    await ended;
    expect(here.get(id)).toMatchObject({ state: "cancelled", result: { status: "cancelled" } });
    expect(here.logs(id)).toEqual(["A cancel was asked for."]);
  });

  it("ends a cancelled run whose process is dead as it would be at the next start", async () => {
    const directory = temporaryDirectory();
    const dead = temporaryStore(directory, "2/b");
    dead.insert({ id: "aaaaaaaa", request: body, facts, at: 1 });
    dead.move("aaaaaaaa", "start", { at: 2 });
    const store = temporaryStore(directory);
    const queue = queueOf(store, heldRuns().execute);
    expect(queue.cancel("aaaaaaaa")).toBe("failed");
    expect(store.get("aaaaaaaa")?.error).toMatch(/ended before the run did/u);
    expect(queue.cancel("bbbbbbbb")).toBeUndefined();
  });

  describe("a run that failed for now", () => {
    const unavailable = new WorkspaceError("UNAVAILABLE", "Nobody answers.");
    const retryable = (outcomes: readonly (Error | undefined)[]) => {
      const store = temporaryStore();
      const left = [...outcomes];
      let at = 0;
      const execute: ExecuteRun = async ({ id }) => {
        const error = left.shift();
        if (error !== undefined) throw error;
        return summaryOf(id);
      };
      const retry = { times: 2, isPossible: () => Promise.resolve(true) };
      const queue = queueOf(store, execute, { now: () => at, retry });
      const pass = async (milliseconds: number) => {
        at += milliseconds;
        queue.look();
        await settled();
      };
      return { store, queue, pass };
    };

    it("is begun again after a while, and completes", async () => {
      const { store, queue, pass } = retryable([unavailable, unavailable]);
      const id = queue.submit(body, facts);
      await settled();
      expect(store.get(id)).toMatchObject({ state: "queued", retries: 1, position: 1 });
      await pass(29_999);
      expect(store.entry(id)?.retries).toBe(1);
      await pass(1);
      expect(store.entry(id)).toMatchObject({ state: "queued", retries: 2 });
      await pass(60_000);
      expect(store.get(id)).toMatchObject({ state: "completed", error: null });
      expect(store.logs(id)).toEqual([
        "Failed for now (Nobody answers.). Retry 1 of 2 in 30 s.",
        "Failed for now (Nobody answers.). Retry 2 of 2 in 60 s.",
      ]);
    });

    it("fails when it had its tries", async () => {
      const { store, queue, pass } = retryable([unavailable, unavailable, unavailable]);
      const id = queue.submit(body, facts);
      await settled();
      await pass(30_000);
      await pass(60_000);
      expect(store.get(id)).toMatchObject({ state: "failed", error: "Nobody answers." });
    });

    it("fails at once for a reason that does not pass, and is cancelled while it waits", async () => {
      const refused = retryable([new WorkspaceError("PERMISSION_DENIED", "No.")]);
      const one = refused.queue.submit(body, facts);
      await settled();
      expect(refused.store.entry(one)?.state).toBe("failed");
      const waiting = retryable([unavailable]);
      const other = waiting.queue.submit(body, facts);
      await settled();
      expect(waiting.queue.cancel(other)).toBe("cancelled");
      await waiting.pass(60_000);
      expect(waiting.store.entry(other)?.state).toBe("cancelled");
    });
  });

  it("closing cancels what runs and leaves the waiting for the next start", async () => {
    const store = temporaryStore();
    const queue = queueOf(store, heldRuns().execute);
    const [ran, waited] = [queue.submit(body, facts), queue.submit(body, facts)];
    await settled();
    await queue.close();
    expect([store.get(ran)?.state, store.get(waited)?.state]).toEqual(["cancelled", "queued"]);
    expect(store.logs(ran)).toEqual(["The server is stopping: the run is cancelled."]);
  });
});
