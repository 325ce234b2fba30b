import { expect, it } from "vitest";
import { pollDelay, requestFor } from "./execute.ts";

it("pitfall 29: polls the service ever more slowly, every five seconds in the end", () => {
  const delays = Array.from({ length: 14 }, (_, poll) => pollDelay(poll, false));
  expect(delays.slice(0, 6)).toEqual([250, 250, 250, 375, 562.5, 843.75]);
  expect(delays.toSorted((a, b) => a - b)).toEqual(delays);
  expect(delays.at(-1)).toBe(5000);
});

it("does not wait for a clone to be submitted", () => {
  const clone = { text: "CREATE TABLE a DEEP CLONE b", kind: "clone", effect: "write" } as const;
  expect(requestFor(clone, "w").wait_timeout).toBe("0s");
  expect(requestFor({ ...clone, kind: "write" }, "w").wait_timeout).toBe("10s");
});
