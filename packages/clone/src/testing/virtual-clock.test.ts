import { expect, test } from "vitest";
import { virtualClock } from "./virtual-clock.ts";

test("whoever sleeps wakes in the order of time, and time stands still while somebody works", async () => {
  const clock = virtualClock(1000);
  const told: string[] = [];
  const every = async (name: string, milliseconds: number, times: number) => {
    for (let i = 0; i < times; i++) {
      await clock.sleep(milliseconds);
      // Work that takes turns of the real event loop, and no time.
      await new Promise((next) => setImmediate(next));
      told.push(`${name} at ${clock.now()}`);
    }
  };
  const both = [clock.works(() => every("a", 30, 3)), clock.works(() => every("b", 50, 1))];
  await clock.advance(1060);
  expect(told).toEqual(["a at 1030", "b at 1050", "a at 1060"]);
  expect(clock.now()).toBe(1060);
  await clock.advance(2000);
  await Promise.all(both);
  expect(told.at(-1)).toBe("a at 1090");
});

test("a sleep that is ended rejects, at the time that it is", async () => {
  const clock = virtualClock(0);
  const ending = new AbortController();
  const sleeping = clock.works(() => clock.sleep(100, ending.signal));
  await clock.advance(40);
  ending.abort();
  await expect(sleeping).rejects.toThrow("The sleep was ended.");
  expect(clock.now()).toBe(40);
});
