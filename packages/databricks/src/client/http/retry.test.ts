import { assert, double, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterMs, retryDelay } from "./retry.ts";

describe("retryDelay", () => {
  it.each([
    [1, 0, undefined, 1050],
    [2, 0, undefined, 2050],
    [10, 0, undefined, 10_050],
    [50, 0, undefined, 10_050],
    [1, 0.999, undefined, 1749],
    [1, 0, "5", 5050],
    [6, 0, "5", 6050],
  ])("attempt %i, chance %f, Retry-After %s: %i ms", (attempt, random, retryAfter, expected) => {
    expect(retryDelay({ attempt, now: 0, random, retryAfter })).toBe(expected);
  });

  it("never is shorter than the server asked for, nor than the jitter", () => {
    assert(
      property(
        integer({ min: 1, max: 1000 }),
        double({ min: 0, max: 0.999, noNaN: true }),
        nat(600),
        (attempt, random, seconds) => {
          const delay = retryDelay({ attempt, now: 0, random, retryAfter: String(seconds) });
          expect(delay).toBeGreaterThanOrEqual(Math.max(seconds * 1000, 1000) + 50);
          expect(delay).toBeLessThan(Math.max(seconds * 1000, 10_000) + 750);
        },
      ),
    );
  });
});

describe("retryAfterMs", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each([
    ["0", 0],
    [" 120 ", 120_000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["-5", undefined],
    ["1.5", undefined],
    ["soon", undefined],
    ["Thursday or so", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s is %s ms", (value, expected) => {
    expect(retryAfterMs(value, now)).toBe(expected);
  });
});
