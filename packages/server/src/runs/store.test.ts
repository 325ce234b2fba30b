import { NO_PROGRESS } from "@clone-xs/clone";
import { describe, expect, it } from "vitest";
import { body, facts, line, summaryOf, temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";

const insert = (store: ReturnType<typeof temporaryStore>, id: string, at = 1) =>
  store.insert({ id, request: body, facts, at });

describe("the run store", () => {
  it("gives back what was put in, also to another process", () => {
    const directory = temporaryDirectory();
    const store = temporaryStore(directory, "1/a");
    insert(store, "aaaaaaaa", 5);
    store.move("aaaaaaaa", "start", { at: 6 });
    const result = summaryOf("aaaaaaaa");
    store.move("aaaaaaaa", "succeed", { at: 7, result });
    expect(temporaryStore(directory, "2/b").get("aaaaaaaa")).toEqual({
      id: "aaaaaaaa",
      state: "completed",
      holder: null,
      request: body,
      facts,
      createdAt: 5,
      startedAt: 6,
      completedAt: 7,
      progress: null,
      outcome: { status: "success", tables: result.tables, bytes_copied: 0 },
      result,
      error: null,
      revision: 3,
      position: null,
      retries: 0,
      notBefore: null,
    });
  });

  it("numbers the events of each run from 1 without gaps", () => {
    const store = temporaryStore();
    insert(store, "aaaaaaaa");
    insert(store, "bbbbbbbb");
    const numbers = ["aaaaaaaa", "bbbbbbbb", "aaaaaaaa", "aaaaaaaa"].map((id) => store.append(id, line(id)));
    expect(numbers).toEqual([1, 1, 2, 3]);
    expect(store.eventsAfter("aaaaaaaa", 1, 10).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(store.eventsAfter("aaaaaaaa", 0, 2).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("pitfall 28: keeps log lines apart by run, in order, and without colours", () => {
    const store = temporaryStore();
    insert(store, "aaaaaaaa");
    insert(store, "bbbbbbbb");
    store.append("aaaaaaaa", line("\u001b[1;31mSchema\u001b[0m bronze"));
    store.append("bbbbbbbb", line("other"));
    store.append("aaaaaaaa", line("second"));
    expect(store.logs("aaaaaaaa")).toEqual(["Schema bronze", "second"]);
  });

  it("keeps the newest progress and no others", () => {
    const store = temporaryStore();
    insert(store, "aaaaaaaa");
    const progress = {
      phase: "executing" as const,
      objectsDone: 1,
      objectsTotal: 2,
      objectsFailed: 0,
      bytesCopied: 0,
      bytesTotal: null,
      running: [],
    };
    store.append("aaaaaaaa", { at: 1, type: "progress", progress });
    store.append("aaaaaaaa", { at: 2, type: "progress", progress: { ...progress, objectsDone: 2 } });
    expect(store.get("aaaaaaaa")?.progress?.objectsDone).toBe(2);
    expect(store.eventsAfter("aaaaaaaa", 0, 10)).toEqual([]);
  });

  it("lets one of two processes start a run", () => {
    const directory = temporaryDirectory();
    const [first, second] = [temporaryStore(directory, "1/a"), temporaryStore(directory, "2/b")];
    insert(first, "aaaaaaaa");
    expect(second.move("aaaaaaaa", "start", { at: 2 })).toBe("running");
    expect(first.move("aaaaaaaa", "start", { at: 3 })).toBeUndefined();
    expect(first.get("aaaaaaaa")?.holder).toBe("2/b");
  });

  it("leaves a run to its holder when somebody else asks for a cancel", () => {
    const directory = temporaryDirectory();
    const [first, second] = [temporaryStore(directory, "1/a"), temporaryStore(directory, "2/b")];
    insert(first, "aaaaaaaa");
    first.move("aaaaaaaa", "start", { at: 2 });
    expect(first.changedElsewhere()).toBe(false);
    expect(second.move("aaaaaaaa", "cancel", { at: 3 })).toBe("cancelling");
    expect(first.entry("aaaaaaaa")).toMatchObject({ state: "cancelling", holder: "1/a" });
    expect([first.changedElsewhere(), first.changedElsewhere()]).toEqual([true, false]);
  });

  it("tells who follows all runs what changed, those too that moved up in the queue", () => {
    const store = temporaryStore();
    for (const [at, id] of ["aaaaaaaa", "bbbbbbbb", "cccccccc"].entries()) insert(store, id, at);
    const seen = store.revision();
    const changed: string[] = [];
    const unwatch = store.watch((id) => changed.push(id));
    expect(store.list({ limit: 9 }).map(({ id, position }) => `${id} ${position}`)).toEqual([
      "cccccccc 3",
      "bbbbbbbb 2",
      "aaaaaaaa 1",
    ]);
    store.move("bbbbbbbb", "start", { at: 5 });
    unwatch();
    store.append("bbbbbbbb", { at: 6, type: "progress", progress: NO_PROGRESS });
    expect(changed).toEqual(["bbbbbbbb", "aaaaaaaa", "cccccccc"]);
    const since = store.changedSince(seen, 9).map(({ id, position }) => `${id} ${position}`);
    expect(since).toEqual(["aaaaaaaa 1", "cccccccc 2", "bbbbbbbb null"]);
    expect(store.changedSince(store.revision(), 9)).toEqual([]);
  });

  it("puts a run that failed for now back until later, its summary forgotten", () => {
    const store = temporaryStore();
    insert(store, "aaaaaaaa");
    expect(store.retry("aaaaaaaa", { at: 2, notBefore: 9 })).toBe(false);
    store.move("aaaaaaaa", "start", { at: 2 });
    expect(store.retry("aaaaaaaa", { at: 3, notBefore: 9 })).toBe(true);
    expect(store.get("aaaaaaaa")).toMatchObject({
      state: "queued",
      retries: 1,
      notBefore: 9,
      startedAt: 2,
      result: null,
    });
    store.move("aaaaaaaa", "start", { at: 9 });
    store.move("aaaaaaaa", "cancel", { at: 10 });
    expect(store.retry("aaaaaaaa", { at: 11, notBefore: 20 })).toBe(false);
  });

  it("forgets a run that is over with its events, never one that is not, nor the newest change", () => {
    const store = temporaryStore();
    for (const id of ["aaaaaaaa", "bbbbbbbb"]) insert(store, id);
    store.append("aaaaaaaa", line("a"));
    expect(store.remove("aaaaaaaa")).toBe(false);
    store.move("aaaaaaaa", "start", { at: 2 });
    store.move("aaaaaaaa", "succeed", { at: 3, result: summaryOf("aaaaaaaa") });
    expect(store.remove("aaaaaaaa")).toBe(false);
    store.move("bbbbbbbb", "start", { at: 4 });
    expect(store.remove("aaaaaaaa")).toBe(true);
    expect([store.get("aaaaaaaa"), store.logs("aaaaaaaa"), store.lastEvent("aaaaaaaa")]).toEqual([
      undefined,
      [],
      0,
    ]);
  });

  it("lists newest first, page by page", () => {
    const store = temporaryStore();
    for (const [at, id] of ["aaaaaaaa", "bbbbbbbb", "cccccccc"].entries()) insert(store, id, at);
    const first = store.list({ limit: 2 }).map((run) => run.id);
    expect(first).toEqual(["cccccccc", "bbbbbbbb"]);
    expect(store.list({ limit: 2, before: "bbbbbbbb" }).map((run) => run.id)).toEqual(["aaaaaaaa"]);
  });
});
