import { describe, expect, it } from "vitest";
import { cronWords } from "./cron-words.ts";

describe("cronWords", () => {
  it.each([
    ["0 2 * * *", "every day at 02:00"],
    ["  30   6 * * * ", "every day at 06:30"],
    ["0 2,14 * * *", "every day at 02:00 and 14:00"],
    ["15,45 8 * * *", "every day at 08:15 and 08:45"],
    ["* * * * *", "every minute"],
    ["*/1 * * * *", "every minute"],
    ["*/15 * * * *", "every 15 minutes"],
    ["*/15 8-17 * * 1-5", "every 15 minutes from 08:00 to 17:59, on working days"],
    ["* 9 * * *", "every minute from 09:00 to 09:59"],
    ["0 * * * *", "every hour"],
    ["20 * * * *", "every hour at 20 minutes past"],
    ["1 * * * *", "every hour at 1 minute past"],
    ["0 */6 * * *", "every 6 hours"],
    ["30 */12 * * *", "every 12 hours, at 30 minutes past"],
    ["0 2 * * 1", "every Monday at 02:00"],
    ["0 2 * * MON-FRI", "on working days at 02:00"],
    ["0 2 * * 7", "every Sunday at 02:00"],
    ["0 2 * * 0,6", "on weekends at 02:00"],
    ["0 2 * * sun,wed", "on Wednesday and Sunday at 02:00"],
    ["0 2 1 * *", "on the 1st of the month at 02:00"],
    ["0 2 1,15 * *", "on the 1st and 15th of the month at 02:00"],
    ["0 2 11,22,23 * *", "on the 11th, 22nd and 23rd of the month at 02:00"],
    ["0 2 L * *", "on the last day of the month at 02:00"],
    ["0 0 1 1 *", "on the 1st of January at 00:00"],
    ["0 3 * JUN,dec *", "every day in June and December at 03:00"],
    ["0 3 * 6 2", "every Tuesday in June at 03:00"],
    ["@daily", "every day at 00:00"],
    ["@Weekly", "every Sunday at 00:00"],
    ["@hourly", "every hour"],
  ])("%s: %s", (cron, words) => {
    expect(cronWords(cron)).toBe(words);
  });

  it.each([
    "0 0 1 * 1",
    "*/7 * * * *",
    "0 */5 * * *",
    "0 2 * * 1#1",
    "0 2 15W * *",
    "0,10,20,30,40 1,2 * * *",
    "*/15 */2 * * *",
    "61 * * * *",
    "0 2 * *",
    "0 0 2 * * *",
    "hello",
    "",
  ])("leaves %j as it is", (cron) => {
    expect(cronWords(cron)).toBe(cron);
  });
});
