import { expect, it } from "vitest";
import { jsonLog, type LogLevel, textLog } from "./log.ts";

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

it.each<[LogLevel | undefined, readonly LogLevel[]]>([
  [undefined, ["info", "warn", "error"]],
  ["debug", levels],
  ["error", ["error"]],
])("from level %s writes %j, for people and for machines", (least, written) => {
  const [texts, documents]: string[][] = [[], []];
  const text = textLog((line) => texts?.push(line), least);
  const json = jsonLog((line) => documents?.push(line), least);
  for (const level of levels) for (const log of [text, json]) log.line(level, level);
  expect(texts).toEqual(written);
  expect(documents?.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(written);
});

it("writes one line of JSON, whatever the message holds", () => {
  let text = "";
  jsonLog((line) => (text += line)).line("info", "two\nlines", {
    run: "1a2b3c4d",
    ms: 12,
    caller: undefined,
  });
  expect(text.split("\n")).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({
    level: "info",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/u) as string,
    run: "1a2b3c4d",
    ms: 12,
    msg: "two\nlines",
  });
});
