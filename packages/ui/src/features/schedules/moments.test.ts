import { describe, expect, it } from "vitest";
import { momentIn, timeZones, until } from "./moments.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

describe("momentIn", () => {
  it.each([
    ["2026-11-24T01:00:00.000Z", "Europe/Berlin", "Tue 24 Nov, 02:00"],
    ["2026-11-24T01:00:00.000Z", "America/New_York", "Mon 23 Nov, 20:00"],
    ["2026-12-31T23:30:00.000Z", "Europe/Berlin", "Fri 1 Jan 2027, 00:30"],
    ["2026-11-24T01:00:00.000Z", "Asia/Kolkata", "Tue 24 Nov, 06:30"],
  ])("%s in %s: %s", (iso, zone, text) => {
    expect(momentIn(iso, zone, now)).toBe(text);
  });
});

describe("until", () => {
  it.each([
    ["2026-11-23T12:00:20Z", "in a moment"],
    ["2026-11-23T11:00:00Z", "in a moment"],
    ["2026-11-23T12:05:00Z", "in 5 min"],
    ["2026-11-23T14:00:00Z", "in 2 h"],
    ["2026-11-26T12:00:00Z", "in 3 d"],
  ])("%s: %s", (iso, text) => {
    expect(until(iso, now)).toBe(text);
  });
});

it("offers UTC first, once", () => {
  expect(timeZones().filter((zone) => zone === "UTC")).toEqual(["UTC"]);
  expect(timeZones()[0]).toBe("UTC");
  expect(timeZones()).toContain("Europe/Berlin");
});
