import type { RunMessage } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import type { RunStanding } from "../../api/runs.ts";
import { parseEvents } from "../../api/stream.ts";
import { fold, pictureOf } from "./fold.ts";

const standing = {
  job_id: "0a1b2c3d",
  status: "running",
  progress: null,
  result: null,
  summary: null,
  last_event: 3,
  standing: [],
  guard_lines: [],
  objects: 0,
  log_lines: 1,
} as Partial<RunStanding> as RunStanding;
const log = (id: number, line: string): RunMessage => ({
  event: "event",
  id,
  data: { at: 10, type: "log", level: "info", line },
});
const target = (id: number, name: string, state: "running" | "failed"): RunMessage => ({
  event: "event",
  id,
  data: { at: 1, type: "target", target: { name, destination: "dev", state } },
});
const messages: RunMessage[] = [
  log(4, "one"),
  log(5, "Quiesce: revoked [MODIFY] from reader on SCHEMA prod.a"),
  target(6, "east", "running"),
  target(7, "west", "running"),
  target(8, "east", "failed"),
  { event: "end", data: { status: "failed" } },
];

describe("fold", () => {
  it("goes on from how the run stood", () => {
    expect(fold(pictureOf(standing), messages)).toMatchObject({
      status: "failed",
      over: true,
      last_event: 8,
      log_lines: 3,
      guard_lines: ["Quiesce: revoked [MODIFY] from reader on SCHEMA prod.a"],
      standing: [
        { name: "west", state: "running" },
        { name: "east", state: "failed" },
      ],
    });
  });

  it("gives the same picture however the messages arrive", () => {
    const oneByOne = messages.reduce((picture, message) => fold(picture, [message]), pictureOf(standing));
    expect(oneByOne).toEqual(fold(pictureOf(standing), messages));
  });

  it.each([
    ["running", false],
    ["completed", true],
    ["cancelled", true],
  ] as const)("takes a run that is %s for over: %s", (status, over) => {
    expect(pictureOf({ ...standing, status }).over).toBe(over);
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
