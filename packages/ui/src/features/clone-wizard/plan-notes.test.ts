import type { ClonePlan } from "@clone-xs/server/contract";
import { expect, it } from "vitest";
import { groupedNotes } from "./plan-notes.ts";

const step = (kind: string, object: string) => ({ kind, object }) as ClonePlan["steps"][number];
const steps = [
  step("table", "dev.a.one"),
  step("table", "dev.a.two: three"),
  step("function", "dev.a.shout"),
  step("governance", "dev.a.one"),
];
const dropped = "is dropped and made again.";

it("says once what is true of many objects, and keeps their names", () => {
  const notes = [
    "prod belongs to ada: what grace may not see is not counted.",
    `dev.a.one: ${dropped}`,
    "dev.a.shout: replacing a function drops the grants on it.",
    `dev.a.two: three: ${dropped}`,
  ];
  expect(groupedNotes({ notes, steps })).toEqual([
    { title: notes[0], objects: [] },
    { title: `2 tables: each ${dropped}`, objects: ["dev.a.one", "dev.a.two: three"] },
    { title: notes[2], objects: [] },
  ]);
});

it("keeps what is said of different kinds apart", () => {
  const notes = [`dev.a.one: ${dropped}`, `dev.a.shout: ${dropped}`];
  expect(groupedNotes({ notes, steps }).map(({ title }) => title)).toEqual(notes);
});
