import { expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";

test("results come in the order of the items, and no more than the limit are under way", async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 4, 3, 2, 1], 2, async (n) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < n; turn++) await Promise.resolve();
    running--;
    return n * 10;
  });
  expect(results).toEqual([50, 40, 30, 20, 10]);
  expect(most).toBe(2);
});

test("after a failure nothing more is begun, and the first failure is what it rejects with", async () => {
  const begun: number[] = [];
  const attempt = inParallel([1, 2, 3, 4, 5], 1, async (n) => {
    begun.push(n);
    if (n >= 2) throw new Error(`item ${n}`);
  });
  await expect(attempt).rejects.toThrow("item 2");
  expect(begun).toEqual([1, 2]);
});

test("nothing to do gives nothing", async () => {
  expect(await inParallel([], 4, async () => 1)).toEqual([]);
});
