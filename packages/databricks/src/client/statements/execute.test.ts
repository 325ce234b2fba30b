import { expect, it } from "vitest";
import { pollDelay, requestFor } from "./execute.ts";

it("pitfall 29: polls the service ever more slowly, every five seconds in the end", () => {
  expect(Array.from({ length: 9 }, (_, poll) => pollDelay(poll, false))).toEqual([
    250, 500, 1000, 2000, 3000, 4000, 5000, 5000, 5000,
  ]);
});

it("does not wait for a clone to be submitted", () => {
  const clone = { text: "CREATE TABLE a DEEP CLONE b", kind: "clone", effect: "write" } as const;
  expect(requestFor(clone, "w").wait_timeout).toBe("0s");
  expect(requestFor({ ...clone, kind: "write" }, "w").wait_timeout).toBe("10s");
});
