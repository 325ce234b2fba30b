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
      result,
      error: null,
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

  it("lists newest first, page by page", () => {
    const store = temporaryStore();
    for (const [at, id] of ["aaaaaaaa", "bbbbbbbb", "cccccccc"].entries()) insert(store, id, at);
    const first = store.list({ limit: 2 }).map((run) => run.id);
    expect(first).toEqual(["cccccccc", "bbbbbbbb"]);
    expect(store.list({ limit: 2, before: "bbbbbbbb" }).map((run) => run.id)).toEqual(["aaaaaaaa"]);
  });
});
