import type { RunListItem, RunMessage } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import { parseEvents } from "../../api/stream.ts";
import { emptyPicture, fold, logText } from "./fold.ts";

const run = { job_id: "0a1b2c3d", status: "running", progress: null } as RunListItem;
const step = { id: "s1", kind: "table", object: "dev.a.b", operation: "clone_table", reason: "never_cloned" };
const messages: RunMessage[] = [
  { event: "event", id: 1, data: { at: 10, type: "log", level: "info", line: "one" } },
  { event: "event", id: 2, data: { at: 20, type: "step", step: { ...step, state: "started" } } },
  { event: "run", data: run },
  { event: "event", id: 3, data: { at: 30, type: "log", level: "error", line: "two" } },
  {
    event: "event",
    id: 4,
    data: { at: 40, type: "step", step: { ...step, state: "succeeded", seconds: 0.02 } },
  },
  { event: "end", data: { status: "completed" } },
];

describe("fold", () => {
  it("keeps each step once, with its newest state and when it began", () => {
    const { steps } = fold(emptyPicture, messages);
    expect([...steps.values()]).toEqual([{ ...step, state: "succeeded", seconds: 0.02, startedAt: 20 }]);
  });

  it("gives the same picture however the messages arrive", () => {
    const oneByOne = messages.reduce((picture, message) => fold(picture, [message]), emptyPicture);
    expect(oneByOne).toEqual(fold(emptyPicture, messages));
    expect(oneByOne).toMatchObject({ run: { ...run, status: "completed" }, over: true });
    expect(oneByOne.log.map(({ line }) => line)).toEqual(["one", "two"]);
  });

  it.each<[string, RunMessage]>([
    ["its end", { event: "end", data: { status: "failed" } }],
    ["a final status", { event: "run", data: { ...run, status: "failed" } }],
  ])("shows nothing as running after %s", (_, last) => {
    const started = fold(emptyPicture, messages.slice(0, 3));
    expect(started.steps.get(" s1")?.state).toBe("started");
    const picture = fold(started, [last]);
    expect(picture.steps.get(" s1")?.state).toBe("unfinished");
    expect(picture.run?.status).toBe("failed");
  });

  it("tells the steps of one target from those of another, and how each target stands", () => {
    const at = (target: string, state: "started" | "failed"): RunMessage => ({
      event: "event",
      id: 1,
      data: { at: 1, type: "step", step: { ...step, target, state } },
    });
    const stands = (name: string, state: "running" | "failed"): RunMessage => ({
      event: "event",
      id: 1,
      data: { at: 1, type: "target", target: { name, destination: "dev", state } },
    });
    const { steps, targets } = fold(emptyPicture, [
      stands("east", "running"),
      stands("west", "running"),
      at("east", "started"),
      at("west", "failed"),
      stands("west", "failed"),
    ]);
    expect([...steps.values()].map(({ target, state }) => [target, state])).toEqual([
      ["east", "started"],
      ["west", "failed"],
    ]);
    expect([...targets.values()].map(({ name, state }) => [name, state])).toEqual([
      ["east", "running"],
      ["west", "failed"],
    ]);
  });

  it("writes the log as a file", () => {
    expect(logText(fold(emptyPicture, messages).log)).toBe(
      "1970-01-01T00:00:00.010Z one\n1970-01-01T00:00:00.030Z two\n",
    );
  });
});

describe("parseEvents", () => {
  const wire = messages
    .map(
      (message) =>
        `${message.event === "event" ? `id: ${message.id}\n` : ""}event: ${message.event}\ndata: ${JSON.stringify(message.data)}\n\n`,
    )
    .join(":\n\n");

  it.each([1, 7, 64, 10_000])("reads the stream in pieces of %d characters", (size) => {
    let rest = "";
    const found: RunMessage[] = [];
    for (let from = 0; from < wire.length; from += size) {
      const parsed = parseEvents(rest + wire.slice(from, from + size));
      found.push(...parsed.messages);
      rest = parsed.rest;
    }
    expect(found).toEqual(messages);
    expect(rest).toBe("");
  });
});
