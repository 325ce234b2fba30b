import { expect, it } from "vitest";
import { withNews } from "./runs-news.ts";

const run = (job_id: string, created_at: string, status = "queued") => ({ job_id, created_at, status });
const pages = [[run("c", "3"), run("b", "2")], [run("a", "1")]];

it("changes a run where it stands", () => {
  expect(withNews(pages, run("a", "1", "running"), true)).toEqual([pages[0], [run("a", "1", "running")]]);
});

it("puts a newer run first", () => {
  expect(withNews(pages, run("d", "4"), true)).toEqual([[run("d", "4"), ...(pages[0] ?? [])], pages[1]]);
  expect(withNews([], run("d", "4"), true)).toEqual([[run("d", "4")]]);
});

it.each([
  ["older than the list", run("0", "0"), true],
  ["new, where it may not belong to the list", run("d", "4"), false],
])("leaves a run that is %s to be asked for", (_, news, add) => {
  expect(withNews(pages, news, add)).toBeUndefined();
});
