import { describe, expect, it } from "vitest";
import { rhythmProblems, timeAfter, timesAfter, timesBetween } from "./times.ts";

const at = (iso: string) => Date.parse(iso);
const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16));

describe("timesAfter", () => {
  it.each<[string, string, string, string, string[]]>([
    [
      "02:30 comes right after the gap where Berlin skips it",
      "30 2 * * *",
      "Europe/Berlin",
      "2026-03-28T12:00:00Z",
      ["2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"],
    ],
    [
      "02:30 comes once where Berlin has it twice",
      "30 2 * * *",
      "Europe/Berlin",
      "2026-10-24T12:00:00Z",
      ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"],
    ],
    [
      "02:30 comes right after the gap where New York skips it",
      "30 2 * * *",
      "America/New_York",
      "2026-03-07T12:00:00Z",
      ["2026-03-08T07:00", "2026-03-09T06:30", "2026-03-10T06:30"],
    ],
    [
      "01:30 comes once where New York has it twice",
      "30 1 * * *",
      "America/New_York",
      "2026-10-31T12:00:00Z",
      ["2026-11-01T05:30", "2026-11-02T06:30", "2026-11-03T06:30"],
    ],
    [
      "two hours of a list come once each in the night that has one of them twice",
      "0 2,3 * * *",
      "Europe/Berlin",
      "2026-10-24T22:30:00Z",
      ["2026-10-25T00:00", "2026-10-25T02:00", "2026-10-26T01:00"],
    ],
    [
      "what comes every half hour keeps coming through the repeated hour",
      "*/30 * * * *",
      "Europe/Berlin",
      "2026-10-25T00:10:00Z",
      ["2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30"],
    ],
    [
      "a zone half an hour off",
      "0 9 * * 1-5",
      "Asia/Kolkata",
      "2026-01-02T12:00:00Z",
      ["2026-01-05T03:30", "2026-01-06T03:30", "2026-01-07T03:30"],
    ],
  ])("%s", (_, cron, timeZone, after, expected) => {
    expect(iso(timesAfter({ cron, timeZone }, at(after), 3))).toEqual(expected);
  });

  it("never gives the time itself", () => {
    const daily = { cron: "@daily", timeZone: "UTC" };
    expect(timeAfter(daily, at("2026-01-01T00:00:00Z"))).toBe(at("2026-01-02T00:00:00Z"));
    expect(timeAfter(daily, at("2026-01-01T00:00:00Z") - 1)).toBe(at("2026-01-01T00:00:00Z"));
  });
});

describe("timesBetween", () => {
  const hourly = { cron: "0 * * * *", timeZone: "UTC" };

  it("gives what came, the end included", () => {
    const times = timesBetween(hourly, {
      after: at("2026-01-01T00:00Z"),
      until: at("2026-01-01T03:00Z"),
      limit: 9,
    });
    expect(iso(times)).toEqual(["2026-01-01T01:00", "2026-01-01T02:00", "2026-01-01T03:00"]);
  });

  it("stops counting", () => {
    const times = timesBetween(hourly, {
      after: at("2026-01-01T00:00Z"),
      until: at("2027-01-01T00:00Z"),
      limit: 2,
    });
    expect(iso(times)).toEqual(["2026-01-01T01:00", "2026-01-01T02:00"]);
  });
});

describe("rhythmProblems", () => {
  const now = at("2026-01-01T00:00:00Z");
  const problems = (cron: string, timeZone = "UTC") =>
    rhythmProblems({ cron, timeZone }, now).map(({ path, message }) => `${path}: ${message}`);

  it.each(["0 2 * * *", " 0  2 * * * ", "@daily", "*/5 8-18 * * MON-FRI", "0 0 29 2 *", "0 0 L * *"])(
    "takes %j",
    (cron) => {
      expect(problems(cron)).toEqual([]);
    },
  );

  it.each([
    ["", "has 0"],
    ["0 2 * *", "has 4"],
    ["0 0 2 * * *", "seconds cannot be told"],
    ["2026-04-01T00:00:00", "has 1"],
    ["@reboot", "knows @hourly"],
    ["61 * * * *", "Invalid value for minute: 61"],
    ["a b c d e", "cron cannot be read"],
    ["0 0 31 2 *", "never comes"],
  ])("says what is wrong with %j", (cron, reason) => {
    const found = problems(cron);
    expect(found).toEqual([expect.stringContaining(reason)]);
    expect(found[0]).toMatch(/^cron: cron /u);
  });

  it.each(["Mars/Olympus", "+02:00", "", "Europe/"])("knows that %j is no time zone", (timeZone) => {
    expect(problems("0 2 * * *", timeZone)).toEqual([expect.stringContaining("is no time zone")]);
  });
});
