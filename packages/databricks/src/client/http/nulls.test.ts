import { expect, it } from "vitest";
import { dropNulls } from "./nulls.ts";

it("drops null members and keeps NULL cells", () => {
  const body = {
    a: null,
    b: { c: null, d: 0 },
    e: [{ f: null, g: "" }],
    data_array: [[null, "x"], [null]],
    n: [],
  };
  dropNulls(body);
  expect(body).toEqual({ b: { d: 0 }, e: [{ g: "" }], data_array: [[null, "x"], [null]], n: [] });
  expect("a" in body).toBe(false);
});
