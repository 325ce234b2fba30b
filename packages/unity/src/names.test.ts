import { describe, expect, it } from "vitest";
import { fullName, invalidNameReason, localName, sameName } from "./names.ts";

const events = { catalog: "demo", schema: "bronze", name: "events" };

describe("names", () => {
  it("are written in full, and without their catalog", () => {
    expect(fullName(events)).toBe("demo.bronze.events");
    expect(fullName({ catalog: "demo", schema: "bronze" })).toBe("demo.bronze");
    expect(localName(events)).toBe("bronze.events");
  });

  it("are the same whatever their case", () => {
    expect(sameName(events, { ...events, name: "EVENTS" })).toBe(true);
    expect(sameName(events, { ...events, name: "event" })).toBe(false);
  });

  it.each([
    ["", "is empty"],
    ["a".repeat(256), "is longer than 255 characters"],
    ["a b", "contains a space, period, forward slash or control character"],
    ["a.b", "contains a space, period, forward slash or control character"],
    ["a/b", "contains a space, period, forward slash or control character"],
    ["a\u0000b", "contains a space, period, forward slash or control character"],
    ["a\u007fb", "contains a space, period, forward slash or control character"],
  ])("refuse %j because it %s", (name, reason) => {
    expect(invalidNameReason(name)).toBe(reason);
  });

  it.each(["a".repeat(255), "back`tick", "quo'te", "emoji_🦆", "ünïcode", "dash-ed"])("accept %j", (name) => {
    expect(invalidNameReason(name)).toBeUndefined();
  });
});
