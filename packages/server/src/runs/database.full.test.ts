import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { facts, temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";
import { openStreamStore } from "../streams/store.ts";

/** Another process that opens the file, counts the runs and closes it again, as every command of the command line does. */
function countedElsewhere(directory: string): number {
  const program = `
    import Database from "libsql";
    const database = new Database(${JSON.stringify(join(directory, "runs.db"))});
    console.log(database.prepare("SELECT count(*) AS runs FROM runs").all()[0].runs);
    database.close();`;
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd }));
}

it("stays whole for a process that has it open twice, while others open and close it", () => {
  const directory = temporaryDirectory();
  const store = temporaryStore(directory);
  const streams = openStreamStore(directory);
  onTestFinished(() => streams.close());
  const insert = (id: string) => store.insert({ id, request: {}, facts, at: 1 });
  insert("aaaaaaaa");
  expect(countedElsewhere(directory)).toBe(1);
  insert("bbbbbbbb");
  expect(countedElsewhere(directory)).toBe(2);
  insert("cccccccc");
  expect(countedElsewhere(directory)).toBe(3);
  expect(store.list({ limit: 9 }).map(({ id }) => id)).toEqual(["cccccccc", "bbbbbbbb", "aaaaaaaa"]);
});
