import { expect, test } from "vitest";
import { type ConnectionNotice, outageOf } from "./outage.ts";

function watched() {
  const notices: ConnectionNotice[] = [];
  return { notices, outage: outageOf("http://here", (notice) => notices.push(notice)) };
}

test("misses of many requests are one outage, told once, that begins with the first", () => {
  const { notices, outage } = watched();
  expect(outage.since()).toBeUndefined();
  expect([outage.missed(100, 50), outage.missed(120, 50), outage.missed(160, 50)]).toEqual([100, 100, 100]);
  expect(outage.since()).toBe(100);
  expect(notices).toEqual([{ host: "http://here", until: 150 }]);
});

test("an answer ends it: the next miss is told again", () => {
  const { notices, outage } = watched();
  outage.missed(100, 50);
  outage.ended();
  expect(outage.since()).toBeUndefined();
  expect(outage.missed(120, 50)).toBe(120);
  expect(notices).toHaveLength(2);
});

test("a miss long after the last one begins a new outage", () => {
  const { notices, outage } = watched();
  outage.missed(100, 50);
  expect(outage.missed(151, 50)).toBe(151);
  expect(notices).toHaveLength(2);
});
