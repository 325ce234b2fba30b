import { expect, it } from "vitest";
import { NODE } from "./layout.ts";
import { pathThrough } from "./path.ts";

it("goes straight from node to node, with its word half way", () => {
  expect(pathThrough({ x: 0, y: 0 }, [], { x: 100, y: 40 })).toEqual({
    path: "M0,0 C50,0 50,40 100,40",
    middle: { x: 50, y: 20 },
  });
});

it("keeps to its lanes, with its word before the first", () => {
  const { path, middle } = pathThrough({ x: 0, y: 0 }, [{ x: 100, y: 10 }], { x: 500, y: 20 });
  expect(path).toContain(`100,10 L${100 + NODE.width},10`);
  expect(path.endsWith("500,20")).toBe(true);
  expect(middle).toEqual({ x: 50, y: 5 });
});
