import * as fc from "fast-check";
import { expect, it } from "vitest";
import { adaptiveLimiter } from "./limiter.ts";

function limiterAt(most: number) {
  let now = 0;
  const limiter = adaptiveLimiter(most, { now: () => now });
  return { ...limiter, later: (milliseconds: number) => void (now += milliseconds) };
}

it("halves once for refusals that come together, and again for later ones", () => {
  const { limit, pressed, later } = limiterAt(10);
  pressed("throttled");
  pressed("throttled");
  expect(limit()).toBe(5);
  later(1000);
  pressed("throttled");
  expect(limit()).toBe(2);
});

it("takes back one place after about as many successes as there are places", () => {
  const { limit, pressed, eased } = limiterAt(8);
  pressed("throttled");
  for (let n = 0; n < 5; n += 1) eased();
  expect(limit()).toBe(5);
});

it("gives up places one by one while statements wait, and no more than half of them", () => {
  const { limit, pressed, later } = limiterAt(6);
  const seen = [1, 2, 3, 4, 5].map(() => {
    pressed("queued");
    later(1000);
    return limit();
  });
  expect(seen).toEqual([5, 4, 3, 3, 3]);
});

it("stays between one and what was asked for", () => {
  const events = fc.array(fc.constantFrom("eased", "throttled", "queued", "later"));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), events, (most, happened) => {
      const limiter = limiterAt(most);
      for (const event of happened) {
        if (event === "later") limiter.later(1000);
        else if (event === "eased") limiter.eased();
        else limiter.pressed(event);
      }
      expect(limiter.limit()).toBeGreaterThanOrEqual(1);
      expect(limiter.limit()).toBeLessThanOrEqual(most);
    }),
  );
});
