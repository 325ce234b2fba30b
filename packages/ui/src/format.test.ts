import { describe, expect, it } from "vitest";
import { ago, bytes, duration, plural, roughly } from "./format.ts";

describe("format", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [1536, "1.5 kB"],
    [99_950, "100 kB"],
    [999_499, "999 kB"],
    [999_999, "1.0 MB"],
    [3_400_000_000, "3.4 GB"],
    [5e18, "5000 PB"],
  ])("%d bytes: %s", (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0.0404, "40 ms"],
    [0.9996, "1.0 s"],
    [9.94, "9.9 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [75, "1 min 15 s"],
    [3700, "1 h 1 min"],
  ])("%d seconds: %s", (value, text) => {
    expect(duration(value)).toBe(text);
  });

  it.each([
    [10, "just now"],
    [50, "1 min ago"],
    [3569, "59 min ago"],
    [3571, "1 h ago"],
    [84_601, "1 d ago"],
  ])("%d seconds ago: %s", (seconds, text) => {
    expect(ago("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:00:00Z") + seconds * 1000)).toBe(text);
  });

  it.each([
    [0, "0 s"],
    [4.26, "4.3 s"],
    [90, "1.5 min"],
    [7200, "2 h"],
    [129_600, "1.5 d"],
  ])("%d seconds, roughly: %s", (seconds, text) => {
    expect(roughly(seconds)).toBe(text);
  });

  it("counts nouns", () => {
    expect([plural(1, "table"), plural(1200, "table")]).toEqual(["1 table", "1,200 tables"]);
  });
});
