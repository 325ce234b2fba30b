import { describe, expect, it } from "vitest";
import { table } from "../../test/inventories.ts";
import { checkRetention, secondsOf } from "./retention.ts";

describe("secondsOf", () => {
  it.each([
    ["interval 7 days", 604_800],
    ["INTERVAL 1 week", 604_800],
    ["168 hours", 604_800],
    ["interval 1 hour 30 minutes", 5400],
    ["0 seconds", 0],
    ["interval 1 fortnight", undefined],
    ["soon", undefined],
    ["3 days or so", undefined],
  ])("%s", (interval, seconds) => {
    expect(secondsOf(interval)).toBe(seconds);
  });
});

describe("checkRetention", () => {
  const kept = (deleted: string) =>
    table("a", "t", { properties: { "delta.deletedFileRetentionDuration": deleted } });
  const terabytes = 1e12;

  it.each([
    ["the defaults and a small catalog", table("a", "t"), 1e9, "pass"],
    ["no retention at all", kept("interval 0 hours"), 0, "block"],
    ["less than an hour", kept("interval 30 minutes"), 1e9, "warn"],
    ["less than the clone may take", kept("interval 5 hours"), terabytes, "block"],
    ["less than twice of it", kept("interval 10 hours"), terabytes, "warn"],
    ["the default and more than a week of copying", table("a", "t"), 40 * terabytes, "block"],
    ["an interval that nobody can read", kept("for ever"), 1e9, "pass"],
  ])("%s", (_, one, bytes, state) => {
    expect(checkRetention([one], bytes, "prod").map((check) => check.state)).toEqual([state]);
  });
});
